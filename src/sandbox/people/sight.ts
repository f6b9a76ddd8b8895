import { type APIApplicationCommand, type APIMessage, PermissionFlagsBits } from 'discord-api-types/v10'
import { canSend, may, permissionsIn } from '../discord/permissions.ts'
import type { Channel, StoredMessage } from '../discord/world/entities.ts'
import type { WorldEvent } from '../discord/world/events.ts'
import { isLoading, presentDirect, presentGuildChannel, presentMessage } from '../discord/world/present.ts'
import { channelOf, isDirect, type World } from '../discord/world/world.ts'
import type { PersonEvent, SeenChannel } from './protocol.ts'

/** What one person may see of the world. */

const seesChannel = (world: World, user: string, channel: Channel): boolean =>
  may(world, user, channel, 'ViewChannel')

const seenChannel = (world: World, user: string, channel: Channel): SeenChannel =>
  isDirect(channel)
    ? // Discord would let them write; but the bot has no intent for it, and nobody would read it.
      { ...presentDirect(world, channel, user), name: null, canSend: false }
    : { ...presentGuildChannel(world, channel, user), canSend: canSend(world, user, channel) }

/** The text channels in their order, the threads, oldest first, and the direct messages in which something was said. */
export const channelsSeenBy = (world: World, user: string): SeenChannel[] =>
  [
    ...world.textChannels.all().sort((a, b) => a.position - b.position),
    ...world.threads.all(),
    ...world.directChannels.all().filter(({ last_message_id }) => last_message_id !== null),
  ]
    .filter((channel) => seesChannel(world, user, channel))
    .map((channel) => seenChannel(world, user, channel))

/**
 * The commands that this person's roles allow. A guild's command stands before a global one of the same type and name.
 */
export const commandsFor = (world: World, user: string): APIApplicationCommand[] => {
  const permissions = permissionsIn(world, user)
  const allowed = world.commands.all().filter(({ default_member_permissions: needed }) => {
    if (needed === null) return true
    // 0 means: administrators only.
    const bits = BigInt(needed) || PermissionFlagsBits.Administrator
    return (permissions & bits) === bits
  })
  const byKey = new Map<string, APIApplicationCommand>()
  for (const command of allowed) {
    const key = `${command.type} ${command.name}`
    if (command.guild_id !== undefined || !byKey.has(key)) byKey.set(key, command)
  }
  return [...byKey.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export const seesMessage = (world: World, user: string, stored: StoredMessage): boolean => {
  if (stored.ephemeralTo !== undefined) return stored.ephemeralTo === user
  const channel = channelOf(world, stored.message.channel_id)
  return channel !== undefined && seesChannel(world, user, channel)
}

export const messageFor = (world: World, user: string, stored: StoredMessage): APIMessage =>
  presentMessage(world, stored, user)

const ofMessage = (
  world: World,
  user: string,
  name: 'message' | 'message_edited',
  stored: StoredMessage,
): PersonEvent[] => {
  // A deferred message is shown as "is thinking…" until it has its text.
  if (isLoading(stored) || !seesMessage(world, user, stored)) return []
  const message = messageFor(world, user, stored)
  return [{ name, message, ephemeral: stored.ephemeralTo !== undefined }]
}

const ofChannel = (world: World, user: string, channel: Channel): PersonEvent =>
  seesChannel(world, user, channel)
    ? { name: 'channel', channel: seenChannel(world, user, channel) }
    : { name: 'channel_deleted', channel: channel.id }

/** Direct messages show up when something is written in them. */
const ofDirect = (world: World, user: string, { message }: StoredMessage): PersonEvent[] => {
  const channel = world.directChannels.get(message.channel_id)
  return channel && seesChannel(world, user, channel) ? [ofChannel(world, user, channel)] : []
}

/** What an event of the world is to this person; nothing, when it is none of theirs. */
export const eventsFor = (world: World, user: string, event: WorldEvent): PersonEvent[] => {
  switch (event.name) {
    case 'message_created':
      return [...ofDirect(world, user, event.stored), ...ofMessage(world, user, 'message', event.stored)]
    case 'message_edited':
      return ofMessage(world, user, isLoading(event.before) ? 'message' : 'message_edited', event.stored)
    case 'reaction_added':
    case 'reaction_removed':
      return ofMessage(world, user, 'message_edited', event.stored)
    case 'messages_deleted': {
      const { channel, ids, ephemeralTo } = event
      const sees = ephemeralTo === undefined ? seesChannel(world, user, channel) : ephemeralTo === user
      return sees ? ids.map((message) => ({ name: 'message_deleted', channel: channel.id, message })) : []
    }
    case 'channel_updated': {
      const { channel } = event
      const threads = world.threads.all().filter(({ parent_id }) => parent_id === channel.id)
      return [channel, ...threads].map((changed) => ofChannel(world, user, changed))
    }
    case 'role_updated':
      return [...world.textChannels.all(), ...world.threads.all()].map((channel) =>
        ofChannel(world, user, channel),
      )
    case 'channel_deleted':
      return seesChannel(world, user, event.channel)
        ? [{ name: 'channel_deleted', channel: event.channel.id }]
        : []
    case 'thread_created':
    case 'thread_updated':
      return seesChannel(world, user, event.thread) ? [ofChannel(world, user, event.thread)] : []
    case 'thread_deleted':
      return seesChannel(world, user, event.thread)
        ? [{ name: 'channel_deleted', channel: event.thread.id }]
        : []
    case 'typing_started':
      return event.user !== user && seesChannel(world, user, event.channel)
        ? [{ name: 'typing', channel: event.channel.id, user: event.user }]
        : []
    case 'interaction_thinking': {
      const { interaction, ephemeral } = event
      const channel = channelOf(world, interaction.channel)
      const sees = ephemeral ? interaction.user === user : channel && seesChannel(world, user, channel)
      return sees
        ? [{ name: 'thinking', interaction: interaction.id, channel: interaction.channel, ephemeral }]
        : []
    }
    case 'interaction_failed': {
      const { id, user: whose, channel } = event.interaction
      return whose === user ? [{ name: 'interaction_failed', interaction: id, channel }] : []
    }
    case 'choices_offered': {
      const { id, user: whose } = event.interaction
      return whose === user ? [{ name: 'choices', interaction: id, choices: event.choices }] : []
    }
    case 'modal_opened': {
      const { id, user: whose, channel } = event.interaction
      return whose === user ? [{ name: 'modal', interaction: id, channel, modal: event.modal }] : []
    }
    case 'commands_changed':
      return [{ name: 'commands', commands: commandsFor(world, user) }]
    case 'bot_presence':
      return [{ name: 'bot', online: event.online }]
    default:
      return []
  }
}
