import {
  type APIMessage,
  GatewayIntentBits as Intent,
  GatewayDispatchEvents as T,
} from 'discord-api-types/v10'
import { may } from '../permissions.ts'
import type { Channel, StoredMessage } from '../world/entities.ts'
import type { WorldEvent } from '../world/events.ts'
import { concernsBot, presentMessage, presentThread, withoutContent } from '../world/present.ts'
import { channelOf, isDirect, type World } from '../world/world.ts'

/** One event for the bot. A session gets it when it has any of the intents; 0 is for all. */
export type Dispatch = {
  readonly t: string
  readonly intents: number
  /** Messages lose their content where the session lacks the intent for it. */
  readonly data: (intents: number) => unknown
}

const memberFields = (world: World, channel: Channel, user: string): { member?: unknown } => {
  const known = world.members.get(user)
  if (!known || isDirect(channel)) return {}
  const { user: _, ...member } = known
  return { member }
}

/** What happens in direct messages is told under intents of its own, and names no guild. */
const intentsIn = (channel: Channel) =>
  isDirect(channel)
    ? {
        messages: Intent.DirectMessages,
        reactions: Intent.DirectMessageReactions,
        typing: Intent.DirectMessageTyping,
      }
    : {
        messages: Intent.GuildMessages,
        reactions: Intent.GuildMessageReactions,
        typing: Intent.GuildMessageTyping,
      }

const guildFields = (world: World, channel: Channel) =>
  isDirect(channel) ? {} : { guild_id: world.ids.guild }

const placeOf = (world: World, channel: Channel) => ({
  channel_id: channel.id,
  ...guildFields(world, channel),
})

const messageFor = (world: World, message: APIMessage, intents: number): APIMessage =>
  intents & Intent.MessageContent || concernsBot(world, message) ? message : withoutContent(message)

const ofMessage = (world: World, t: string, stored: StoredMessage): Dispatch[] => {
  const { message } = stored
  const channel = channelOf(world, message.channel_id)
  // Ephemeral messages are between the interaction and its person: the gateway does not tell of them.
  if (!channel || stored.ephemeralTo !== undefined) return []
  return [
    {
      t,
      intents: intentsIn(channel).messages,
      data: (intents) => ({
        ...messageFor(world, presentMessage(world, stored, world.ids.bot), intents),
        ...guildFields(world, channel),
        channel_type: channel.type,
        ...memberFields(world, channel, message.author.id),
      }),
    },
  ]
}

const ofDeletion = (world: World, event: Extract<WorldEvent, { name: 'messages_deleted' }>): Dispatch[] => {
  const { channel, ids, bulk, ephemeralTo } = event
  if (ephemeralTo !== undefined) return []
  const place = placeOf(world, channel)
  const intents = intentsIn(channel).messages
  return bulk
    ? [{ t: T.MessageDeleteBulk, intents, data: () => ({ ids, ...place }) }]
    : ids.map((id) => ({ t: T.MessageDelete, intents, data: () => ({ id, ...place }) }))
}

const ofReaction = (
  world: World,
  event: Extract<WorldEvent, { name: 'reaction_added' | 'reaction_removed' }>,
): Dispatch[] => {
  const added = event.name === 'reaction_added'
  const { id, channel_id, author } = event.stored.message
  const channel = channelOf(world, channel_id)
  if (!channel) return []
  const member = isDirect(channel) ? {} : { member: world.members.get(event.user) }
  return [
    {
      t: added ? T.MessageReactionAdd : T.MessageReactionRemove,
      intents: intentsIn(channel).reactions,
      data: () => ({
        user_id: event.user,
        ...placeOf(world, channel),
        message_id: id,
        emoji: { id: null, name: event.emoji },
        burst: false,
        type: 0,
        ...(added ? { message_author_id: author.id, ...member, burst_colors: [] } : {}),
      }),
    },
  ]
}

const ofTyping = (world: World, event: Extract<WorldEvent, { name: 'typing_started' }>): Dispatch[] => {
  const { channel, user, at } = event
  return [
    {
      t: T.TypingStart,
      intents: intentsIn(channel).typing,
      data: () => ({
        ...placeOf(world, channel),
        user_id: user,
        timestamp: Math.floor(at / 1000),
        ...(isDirect(channel) ? {} : { member: world.members.get(user) }),
      }),
    },
  ]
}

const THREAD_EVENTS = {
  thread_created: T.ThreadCreate,
  thread_updated: T.ThreadUpdate,
  thread_deleted: T.ThreadDelete,
} as const

const channelOfEvent = (world: World, event: WorldEvent): Channel | undefined => {
  if ('stored' in event) return channelOf(world, event.stored.message.channel_id)
  if ('thread' in event) return event.thread
  return 'channel' in event && event.name !== 'channel_updated' && event.name !== 'channel_deleted'
    ? event.channel
    : undefined
}

/**
 * What the gateway tells the bot of an event; nothing of what happens where it cannot see. Of direct messages that are
 * opened it has told no application since version 8.
 */
export const dispatchesOf = (world: World, event: WorldEvent): Dispatch[] => {
  const { bot, guild } = world.ids
  const where = channelOfEvent(world, event)
  if (where && !may(world, bot, where, 'ViewChannel')) return []
  switch (event.name) {
    case 'message_created':
      return ofMessage(world, T.MessageCreate, event.stored)
    case 'message_edited':
      return ofMessage(world, T.MessageUpdate, event.stored)
    case 'messages_deleted':
      return ofDeletion(world, event)
    case 'reaction_added':
    case 'reaction_removed':
      return ofReaction(world, event)
    case 'channel_updated':
      return [{ t: T.ChannelUpdate, intents: Intent.Guilds, data: () => event.channel }]
    case 'channel_deleted':
      return [{ t: T.ChannelDelete, intents: Intent.Guilds, data: () => event.channel }]
    case 'thread_created':
    case 'thread_updated':
    case 'thread_deleted': {
      const { thread } = event
      const { id, guild_id, parent_id, type } = thread
      const data = () => {
        if (event.name === 'thread_deleted') return { id, guild_id, parent_id, type }
        const shown = presentThread(world, thread, bot)
        return event.name === 'thread_created' ? { ...shown, newly_created: true } : shown
      }
      return [{ t: THREAD_EVENTS[event.name], intents: Intent.Guilds, data }]
    }
    case 'thread_joined': {
      const { thread, user } = event
      const membership = world.memberships.get(thread.id, user)
      return [
        {
          t: T.ThreadMembersUpdate,
          // Of others' coming and going only applications with the members intent hear.
          intents: user === bot ? Intent.Guilds : Intent.GuildMembers,
          data: () => ({
            id: thread.id,
            guild_id: guild,
            member_count: Math.min(world.memberships.in(thread.id).size, 50),
            added_members: [{ ...membership, member: world.members.get(user), presence: null }],
            removed_member_ids: [],
          }),
        },
      ]
    }
    case 'role_updated':
      return [
        { t: T.GuildRoleUpdate, intents: Intent.Guilds, data: () => ({ guild_id: guild, role: event.role }) },
      ]
    case 'typing_started':
      return ofTyping(world, event)
    case 'interaction_created':
      return [{ t: T.InteractionCreate, intents: 0, data: () => event.payload }]
    default:
      return []
  }
}
