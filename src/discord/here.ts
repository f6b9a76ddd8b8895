import { type Interaction, PermissionFlagsBits } from 'discord.js'
import { SkeinError, UserFacingError } from '../kit/errors.ts'
import { personaOf } from '../story/cast.ts'
import type { Refusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef } from '../story/ref.ts'
import { isPaused } from '../turn/paused.ts'
import type { Face } from './command.ts'

/** The head of the story that this thread tells. Refused elsewhere. */
export const storyHere = async (
  { channelId }: Interaction<'cached'>,
  { threads, load, texts }: Face,
): Promise<Head> => {
  const ref = channelId === null ? undefined : await threads.storyIn(channelId)
  const head = ref && (await load(ref))
  if (!head) throw new UserFacingError('no_story_here', texts.noStoryHere)
  return head
}

/** Whoever started a story may change what belongs to all of its players, and so may moderators. */
export const isInCharge = ({ user, memberPermissions }: Interaction<'cached'>, { state }: Head): boolean =>
  user.id === state.premise?.author || memberPermissions?.has(PermissionFlagsBits.ManageMessages) === true

/** The story of this thread, for those who may change what belongs to all. Others are refused with `notYours`. */
export const ledHere = async (
  interaction: Interaction<'cached'>,
  face: Face,
  notYours: string,
): Promise<Head> => {
  const head = await storyHere(interaction, face)
  if (!isInCharge(interaction, head)) throw new UserFacingError('not_in_charge', notYours)
  return head
}

/** The story of this thread, for those who play in it or lead it. Others are refused with `notPlaying`. */
export const playedHere = async (
  interaction: Interaction<'cached'>,
  face: Face,
  notPlaying: string,
): Promise<Head> => {
  const head = await storyHere(interaction, face)
  if (!personaOf(head.state.cast, interaction.user.id) && !isInCharge(interaction, head))
    throw new UserFacingError('not_playing', notPlaying)
  return head
}

/** Refuses to go on with a story that is set aside, or paused. */
export const demandTold = async ({ story }: StoryRef, { admin, settings, texts }: Face): Promise<void> => {
  if (await admin.isArchived(story)) throw new UserFacingError('archived', texts.stories.isArchived)
  if (await isPaused(settings, story)) throw new UserFacingError('paused', texts.pause.isPaused)
}

/** The words for a refusal, from a table of those that are foreseen. */
export const inWords = (table: Readonly<Record<string, string>>, { refused }: Refusal): string => {
  const words = table[refused]
  if (words === undefined) throw new SkeinError('unforeseen_refusal', refused)
  return words
}
