import { type APIMessage, MessageType } from 'discord-api-types/v10'
import { madeAt } from '../snowflake.ts'
import type { Channel, StoredMessage, Thread } from '../world/entities.ts'
import { isDirect, isThread, nowIso, userOf, type World } from '../world/world.ts'
import type { Written } from './compose.ts'

const NO_FLAGS: number = 0

export const BLANK: Written = {
  content: '',
  embeds: [],
  attachments: [],
  components: [],
  mentions: [],
  mention_roles: [],
  mention_everyone: false,
}

export type Draft = {
  readonly author: string
  readonly channel: Channel
  readonly written: Written
  readonly type?: MessageType
  readonly flags?: number
  readonly tts?: boolean
  readonly nonce?: string | number | undefined
  readonly ephemeralTo?: string | undefined
  readonly extras?: Partial<APIMessage>
}

/** Puts a user into a thread that is not known to anyone yet. */
export const enrol = (world: World, thread: Thread, user: string): void => {
  const join_timestamp = nowIso(world)
  world.memberships.put(thread.id, user, { id: thread.id, user_id: user, join_timestamp, flags: NO_FLAGS })
}

/** Puts a user into a thread, as posting in it does. */
export const joinThread = (world: World, thread: Thread, user: string): void => {
  if (world.memberships.get(thread.id, user)) return
  enrol(world, thread, user)
  world.emit({ name: 'thread_joined', thread, user })
}

const countIn = (world: World, channel: Channel, message: APIMessage, author: string): void => {
  if (isDirect(channel)) {
    world.directChannels.put(channel.id, { ...channel, last_message_id: message.id })
    return
  }
  if (!isThread(channel)) {
    const fresh = world.textChannels.get(channel.id)
    if (fresh) world.textChannels.put(channel.id, { ...fresh, last_message_id: message.id })
    return
  }
  const before = world.threads.get(channel.id) ?? channel
  const counted = message.type === MessageType.ThreadStarterMessage ? 0 : 1
  const wasArchived = before.thread_metadata.archived
  const thread = world.threads.put(channel.id, {
    ...before,
    last_message_id: message.id,
    message_count: before.message_count + counted,
    total_message_sent: before.total_message_sent + counted,
    thread_metadata: wasArchived
      ? { ...before.thread_metadata, archived: false, archive_timestamp: message.timestamp }
      : before.thread_metadata,
  })
  if (wasArchived) world.emit({ name: 'thread_updated', thread })
  if (counted) joinThread(world, thread, author)
}

/** Makes the message exist and tells the world. An archived thread wakes; its author joins it. */
export const place = (world: World, draft: Draft): StoredMessage => {
  const id = world.newId()
  const message: APIMessage = {
    id,
    channel_id: draft.channel.id,
    author: userOf(world, draft.author),
    timestamp: new Date(madeAt(id)).toISOString(),
    edited_timestamp: null,
    tts: draft.tts ?? false,
    pinned: false,
    type: draft.type ?? MessageType.Default,
    flags: draft.flags ?? 0,
    ...draft.written,
    ...draft.extras,
  }
  const stored: StoredMessage = {
    message,
    reactions: {},
    ...(draft.ephemeralTo === undefined ? {} : { ephemeralTo: draft.ephemeralTo }),
    ...(draft.nonce === undefined ? {} : { nonce: draft.nonce }),
  }
  world.atomically(() => {
    world.messages.put(draft.channel.id, id, stored)
    if (draft.ephemeralTo === undefined) countIn(world, draft.channel, message, draft.author)
  })
  world.emit({ name: 'message_created', stored })
  return stored
}
