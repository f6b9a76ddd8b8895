import type { Interaction } from 'discord.js'
import type { Face } from '../../src/discord/command.ts'
import { isInCharge } from '../../src/discord/here.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Reader } from '../../src/safety/readable.ts'
import { personaOf } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import type { TurnId } from '../../src/story/ref.ts'
import type { Turn } from '../../src/story/turn.ts'
import { turnOfMessage } from '../rewind/ask.ts'
import { isAdmin } from '../settings/admins.ts'

/** A turn that is looked into. `told`: as it stands at the head; undefined where it was taken back. */
export type Target = { readonly head: Head; readonly id: TurnId; readonly told: Turn | undefined }

/** What someone may know of what models are told. */
export const readerOf = (interaction: Interaction<'cached'>, head: Head): Reader => ({
  isInCharge: isInCharge(interaction, head) || isAdmin(interaction),
  persona: personaOf(head.state.cast, interaction.user.id)?.persona,
})

/** A turn by its number. Refused where the story has none here. */
export const turnNumbered = async (head: Head, number: number, { past, texts }: Face): Promise<Target> => {
  const { turn: newest } = head.state
  if (number === newest.number) return { head, id: newest.id, told: newest }
  const end = await past.endOfTurn(head, number)
  if (!end) throw new UserFacingError('unknown_turn', texts.stays.unknown_turn)
  const { turn } = await past.stateAt(head.ref.story, end)
  return { head, id: turn.id, told: turn }
}

/** A turn by its id. One that was taken back is for those who lead the story. */
export const turnWithId = async (
  interaction: Interaction<'cached'>,
  head: Head,
  id: TurnId,
  face: Face,
): Promise<Target> => {
  const number = await face.past.numberOf(head, id)
  if (number !== undefined) return turnNumbered(head, number, face)
  if (!readerOf(interaction, head).isInCharge)
    throw new UserFacingError('taken_back', face.texts.inspect.takenBack)
  return { head, id, told: undefined }
}

/** The turn that a message shows, or that it is a line of. */
export const turnOfTarget = async (
  interaction: Interaction<'cached'>,
  head: Head,
  message: string,
  face: Face,
): Promise<Target> => {
  const shown = await face.posts.turnOf(message)
  return shown?.story === head.ref.story
    ? turnWithId(interaction, head, shown.turn, face)
    : turnNumbered(head, await turnOfMessage(head, message, face), face)
}
