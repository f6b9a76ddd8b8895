import { type APIUser, ChannelType } from 'discord-api-types/v10'
import type { SeenChannel } from '../../people/protocol.ts'
import { compareIds } from './ids.ts'
import { displayName } from './world.ts'

const THREADS: readonly ChannelType[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]

export const isThread = (channel: SeenChannel): boolean => THREADS.includes(channel.type)

export const isDirect = (channel: SeenChannel): boolean => channel.type === ChannelType.DM

/** Whom the direct messages are with. */
const recipientOf = (channel: SeenChannel): APIUser | undefined =>
  'recipients' in channel ? channel.recipients?.[0] : undefined

export const channelName = (channel: SeenChannel): string => {
  const recipient = recipientOf(channel)
  return recipient ? displayName(recipient) : (channel.name ?? 'unnamed')
}

/** The name with the mark that says what kind of channel it is. */
export const markedName = (channel: SeenChannel): string => {
  if (isDirect(channel)) return `@${channelName(channel)}`
  return isThread(channel) ? channelName(channel) : `#${channelName(channel)}`
}

export const parentOf = (channel: SeenChannel): string | undefined =>
  'parent_id' in channel ? (channel.parent_id ?? undefined) : undefined

export const ownerOf = (channel: SeenChannel): string | undefined =>
  'owner_id' in channel ? channel.owner_id : undefined

export const topicOf = (channel: SeenChannel): string | undefined =>
  'topic' in channel ? (channel.topic ?? undefined) : undefined

export const lastMessageOf = (channel: SeenChannel): string | undefined =>
  'last_message_id' in channel ? (channel.last_message_id ?? undefined) : undefined

export const isArchived = (channel: SeenChannel): boolean =>
  'thread_metadata' in channel && channel.thread_metadata?.archived === true

const positionOf = (channel: SeenChannel): number => ('position' in channel ? channel.position : 0)

export type Branch = { readonly channel: SeenChannel; readonly threads: readonly SeenChannel[] }

/** Text channels in the server's order, each with its threads, newest first and archived ones last. */
export const channelTree = (channels: Iterable<SeenChannel>): Branch[] => {
  const all = [...channels]
  const threads = all.filter(isThread)
  return all
    .filter(
      (channel) => !isThread(channel) && !isDirect(channel) && channel.type !== ChannelType.GuildCategory,
    )
    .sort((a, b) => positionOf(a) - positionOf(b) || compareIds(a.id, b.id))
    .map((channel) => ({
      channel,
      threads: threads
        .filter((thread) => parentOf(thread) === channel.id)
        .sort((a, b) => Number(isArchived(a)) - Number(isArchived(b)) || compareIds(b.id, a.id)),
    }))
}

/** Channel ids as they stand in the list, from top to bottom. */
export const channelOrder = (channels: Iterable<SeenChannel>): string[] => {
  const all = [...channels]
  const tree = channelTree(all).flatMap(({ channel, threads }) => [channel, ...threads])
  return [...tree, ...all.filter(isDirect)].map(({ id }) => id)
}
