import { demand, enter } from '../permissions.ts'
import { refuse } from '../refusal.ts'
import type { StoredMessage } from '../world/entities.ts'
import { isArchived, type World } from '../world/world.ts'
import { findMessage } from './messages.ts'

const MAX_EMOJI = 20
const EMOJI = /^\p{RGI_Emoji}$/v

const checkEmoji = (emoji: string): void => {
  // Some clients leave out the variation selector of an emoji that has one.
  if (!EMOJI.test(emoji) && !EMOJI.test(`${emoji}\u{fe0f}`)) throw refuse(10014)
}

const withReactions = (
  world: World,
  stored: StoredMessage,
  emoji: string,
  users: readonly string[],
): StoredMessage => {
  const { [emoji]: _, ...others } = stored.reactions
  const reactions = users.length ? { ...stored.reactions, [emoji]: users } : others
  const { channel_id, id } = stored.message
  return world.messages.put(channel_id, id, { ...stored, reactions })
}

/** Needs READ_MESSAGE_HISTORY, and ADD_REACTIONS where nobody has used this emoji yet. At most 20 emoji a message. */
export const addReaction = (
  world: World,
  user: string,
  channelId: string,
  id: string,
  emoji: string,
): void => {
  const channel = enter(world, user, channelId)
  const stored = findMessage(world, channel, id)
  checkEmoji(emoji)
  demand(world, user, channel, 'ReadMessageHistory')
  const users = stored.reactions[emoji]
  if (!users) demand(world, user, channel, 'AddReactions')
  if (isArchived(channel)) throw refuse(50083)
  if (!users && Object.keys(stored.reactions).length >= MAX_EMOJI) throw refuse(30010)
  if (users?.includes(user)) return
  const changed = withReactions(world, stored, emoji, [...(users ?? []), user])
  world.emit({ name: 'reaction_added', stored: changed, user, emoji })
}

export const removeReaction = (
  world: World,
  actor: string,
  channelId: string,
  id: string,
  emoji: string,
  user: string = actor,
): void => {
  const channel = enter(world, actor, channelId)
  const stored = findMessage(world, channel, id)
  checkEmoji(emoji)
  if (user !== actor) demand(world, actor, channel, 'ManageMessages')
  if (isArchived(channel)) throw refuse(50083)
  const users = stored.reactions[emoji] ?? []
  if (!users.includes(user)) return
  const changed = withReactions(
    world,
    stored,
    emoji,
    users.filter((other) => other !== user),
  )
  world.emit({ name: 'reaction_removed', stored: changed, user, emoji })
}
