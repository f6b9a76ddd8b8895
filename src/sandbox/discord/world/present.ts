import {
  type APIAttachment,
  type APIDMChannel,
  type APIMessage,
  type APIReaction,
  ChannelType,
  MessageFlags,
} from 'discord-api-types/v10'
import type { Channel, DirectChannel, GuildChannel, StoredMessage, Thread } from './entities.ts'
import { unshownFiles, withOrigin } from './present-components.ts'
import { isDirect, isThread, userOf, type World } from './world.ts'

/** Entities as Discord shows them to one reader. */

const reactionsFor = (stored: StoredMessage, reader: string): APIReaction[] =>
  Object.entries(stored.reactions).map(([name, users]) => ({
    emoji: { id: null, name },
    count: users.length,
    count_details: { burst: 0, normal: users.length },
    me: users.includes(reader),
    me_burst: false,
    burst_colors: [],
  }))

export const isLoading = ({ message }: StoredMessage): boolean =>
  ((message.flags ?? 0) & MessageFlags.Loading) !== 0

export const presentThread = (world: World, thread: Thread, reader: string): Thread => {
  const members = world.memberships.in(thread.id)
  const own = members.get(reader)
  return {
    ...thread,
    // Discord stops counting at 50.
    member_count: Math.min(members.size, 50),
    ...(own ? { member: own } : {}),
  }
}

/** It has no name, and names only the other one. */
export const presentDirect = (
  world: World,
  { person, ...channel }: DirectChannel,
  reader: string,
): Omit<APIDMChannel, 'name'> => ({
  ...channel,
  recipients: [userOf(world, reader === person ? world.ids.bot : person)],
})

export const presentGuildChannel = (world: World, channel: GuildChannel, reader: string): GuildChannel =>
  isThread(channel) ? presentThread(world, channel, reader) : channel

export const presentChannel = (world: World, channel: Channel, reader: string) =>
  isDirect(channel) ? presentDirect(world, channel, reader) : presentGuildChannel(world, channel, reader)

/** The bot needs a whole address to fetch from; the page has its own origin, by whatever name it was opened. */
export const presentAttachment = (world: World, attachment: APIAttachment, reader: string): APIAttachment => {
  if (reader !== world.ids.bot) return attachment
  const url = `${world.origin()}${attachment.url}`
  return { ...attachment, url, proxy_url: url }
}

export const presentMessage = (
  world: World,
  stored: StoredMessage,
  reader: string,
  depth: 0 | 1 = 0,
): APIMessage => {
  const { message } = stored
  const reactions = reactionsFor(stored, reader)
  const thread = world.threads.get(message.id)
  const reference = message.message_reference
  const referenced =
    depth === 0 && reference?.message_id
      ? world.messages.get(reference.channel_id, reference.message_id)
      : undefined
  return {
    ...message,
    ...(message.components && reader === world.ids.bot
      ? { components: withOrigin(message.components, world.origin()) }
      : {}),
    attachments: unshownFiles(message).map((attachment) => ({
      ...presentAttachment(world, attachment, reader),
      ...(stored.ephemeralTo === undefined ? {} : { ephemeral: true }),
    })),
    ...(reactions.length ? { reactions } : {}),
    ...(thread ? { thread: presentThread(world, thread, reader) } : {}),
    ...(depth === 0 && reference?.message_id
      ? { referenced_message: referenced ? presentMessage(world, referenced, reader, 1) : null }
      : {}),
    ...(stored.nonce === undefined ? {} : { nonce: stored.nonce }),
  }
}

/** What an application without the message content intent gets of a message that does not concern it. */
export const withoutContent = (message: APIMessage): APIMessage => ({
  ...message,
  content: '',
  embeds: [],
  attachments: [],
  components: [],
})

/** The bot always gets its own messages, those that mention it and direct messages, whatever its intents. */
export const concernsBot = (world: World, message: APIMessage): boolean =>
  message.author.id === world.ids.bot ||
  message.mentions.some(({ id }) => id === world.ids.bot) ||
  world.directChannels.get(message.channel_id) !== undefined

/** The least of a channel, as interactions carry it. */
export const partialChannel = (channel: GuildChannel) => ({
  id: channel.id,
  type: channel.type,
  name: channel.name,
  guild_id: channel.guild_id,
  parent_id: channel.parent_id ?? null,
  last_message_id: channel.last_message_id ?? null,
  rate_limit_per_user: channel.rate_limit_per_user ?? 0,
  nsfw: false,
  flags: 0,
  ...(channel.type === ChannelType.PublicThread
    ? { thread_metadata: channel.thread_metadata, owner_id: channel.owner_id }
    : { topic: channel.topic ?? null, position: channel.position }),
})
