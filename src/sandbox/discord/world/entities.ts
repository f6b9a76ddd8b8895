import type {
  APIDMChannel,
  APIMessage,
  APIMessageInteractionMetadata,
  APIModalInteractionResponseCallbackData,
  APIOverwrite,
  APIPublicThreadChannel,
  APITextChannel,
  APIThreadMember,
  APIThreadMetadata,
  APIUser,
  InteractionType,
} from 'discord-api-types/v10'

export type TextChannel = APITextChannel & { permission_overwrites: APIOverwrite[]; guild_id: string }

export type Thread = APIPublicThreadChannel & {
  parent_id: string
  guild_id: string
  owner_id: string
  thread_metadata: APIThreadMetadata
  message_count: number
  total_message_sent: number
}

export type GuildChannel = TextChannel | Thread

/** Direct messages between the bot and one person. Whom it names depends on who reads it. */
export type DirectChannel = Required<Pick<APIDMChannel, 'id' | 'type' | 'last_message_id' | 'flags'>> & {
  readonly person: string
}

export type Channel = GuildChannel | DirectChannel

/** A person of the world, and what to call their part in it. */
export type Resident = APIUser & {
  readonly roleLabel: string
  /** Takes no direct messages of the bot. */
  readonly blocksBot?: boolean
}

export type StoredMessage = {
  /**
   * Without what depends on the reader or on other entities: reactions, the message replied to, the thread.
   * Attachments' addresses have no origin, since the port may be another one tomorrow.
   */
  readonly message: APIMessage
  /** Emoji → who reacted, in order. */
  readonly reactions: Readonly<Record<string, readonly string[]>>
  /** The only person who can see it. */
  readonly ephemeralTo?: string
  readonly nonce?: string | number
}

/**
 * `waiting`: for the first answer, 3 seconds. `thinking`: deferred, its message is to come. `answered`.
 * `failed`: nobody answered in time.
 */
export type InteractionState = 'waiting' | 'thinking' | 'answered' | 'failed'

export type Interaction = {
  readonly id: string
  readonly token: string
  readonly type: InteractionType
  readonly user: string
  readonly channel: string
  readonly state: InteractionState
  readonly metadata: APIMessageInteractionMetadata
  /** The message that `@original` names. */
  readonly original?: string
  /** The message whose component was used, also when a modal came in between. */
  readonly source?: string
  /** For a submitted form: the interaction that opened it. */
  readonly trigger?: string
  /** For typing: the type of the option that asks for choices. */
  readonly focused?: number
  /** The form that it opened, until the application has taken what was filled in. */
  readonly modal?: APIModalInteractionResponseCallbackData
}

export type ThreadMembership = Required<Pick<APIThreadMember, 'id' | 'user_id' | 'join_timestamp' | 'flags'>>
