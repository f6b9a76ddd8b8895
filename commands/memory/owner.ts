import type { ChatInputCommandInteraction, Interaction } from 'discord.js'
import type { Face, Suggest } from '../../src/discord/command.ts'
import { isInCharge, storyHere } from '../../src/discord/here.ts'
import { castIn, shownAs, someoneNamed, suggestions } from '../../src/discord/names.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { isCast, personaOf } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'

/** Whether an owner is the persona that someone plays. */
export const isOwn = ({ user }: Interaction<'cached'>, { state }: Head, owner: EntityId): boolean =>
  personaOf(state.cast, user.id)?.persona === owner

/** A player reads and changes what their own persona remembers; those who lead the story, what anyone does. */
const isOpen = (interaction: Interaction<'cached'>, head: Head, owner: EntityId): boolean =>
  isOwn(interaction, head, owner) || isInCharge(interaction, head)

/** Refuses those who may not read and change what an owner remembers and knows. */
export const demandOpen = (
  interaction: Interaction<'cached'>,
  head: Head,
  owner: EntityId,
  { texts }: Pick<Face, 'texts'>,
): void => {
  const { memory: words } = texts
  const { cast } = head.state
  if (!isCast(cast, owner)) throw new UserFacingError('owner_gone', words.refused.unknown_entity)
  if (isOpen(interaction, head, owner)) return
  const own = personaOf(cast, interaction.user.id)?.persona
  throw new UserFacingError(
    'not_your_memory',
    own === undefined ? words.notYoursYet : words.notYours(shownAs(castIn(head, texts), own)),
  )
}

/** The story of this thread, and the owner whom a command names. */
export const ownerSaid = async (
  interaction: ChatInputCommandInteraction<'cached'>,
  face: Face,
): Promise<{ readonly head: Head; readonly owner: EntityId }> => {
  const head = await storyHere(interaction, face)
  const owner = someoneNamed(head, interaction.options.getString('owner', true), face.texts)
  demandOpen(interaction, head, owner, face)
  return { head, owner }
}

/** What an owner is called, as it may stand in a reply. */
export const nameIn = (head: Head, owner: EntityId, { texts }: Pick<Face, 'texts'>): string =>
  shownAs(castIn(head, texts), owner)

/** Suggests those whose memories someone may read and change. */
export const suggestOwner: Suggest = async (interaction, typed, face) => {
  const head = await storyHere(interaction, face)
  const open = castIn(head, face.texts).filter(({ id }) => isOpen(interaction, head, id))
  return suggestions(open, typed)
}
