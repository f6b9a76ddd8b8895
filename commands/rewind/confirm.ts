import {
  type ButtonInteraction,
  ButtonStyle,
  type Interaction,
  type ModalSubmitInteraction,
} from 'discord.js'
import { button, row } from '../../src/discord/buttons.ts'
import type { ButtonHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { ledHere } from '../../src/discord/here.ts'
import { calledHere, showMove } from '../../src/discord/moved.ts'
import { UNDO_WINDOW } from '../../src/discord/redraw.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { type Head, markOf } from '../../src/story/head.ts'
import { stayed } from '../../src/turn/timeline.ts'

type Pressed = ButtonInteraction<'cached'>

/** The head that a button or a menu was about, for those who may move it. */
export const headFor = async (
  interaction: Interaction<'cached'>,
  [story = '', branch = '']: readonly string[],
  face: Face,
): Promise<Head> => {
  const head = await ledHere(interaction, face, face.texts.timelineNotYours)
  if (head.ref.story !== story || head.ref.branch !== branch)
    throw new UserFacingError('stale', face.texts.rewind.stale)
  return head
}

/** Says that a move was made. The way back stands under the reply for half a minute. */
export const offerUndo = async (
  interaction: Pressed | ModalSubmitInteraction<'cached'>,
  { ref }: Head,
  move: number,
  told: string,
  { clock, texts }: Face,
): Promise<void> => {
  const id = customId('undo', ref.story, ref.branch, move)
  const undoRow = row(button(texts.rewind.undo, id, { style: ButtonStyle.Primary }))
  await interaction.editReply({ content: told, components: [undoRow] })
  void clock
    .sleep(UNDO_WINDOW)
    .then(() => interaction.editReply({ components: [] }))
    .catch(() => {})
}

/** The question was answered with yes. */
export const confirm: ButtonHandler = async (interaction, args, face) => {
  const { timeline, texts } = face
  const head = await headFor(interaction, args, face)
  const [turn, seen = ''] = args.slice(2)
  if (seen !== markOf(head)) throw new UserFacingError('stale', texts.rewind.stale)
  await interaction.deferUpdate()
  const moved = await timeline.rewind(
    head.ref,
    { turn: Number(turn), seen },
    interaction.user.id,
    interaction.id,
  )
  if (moved === 'duplicate') return
  if (stayed(moved)) throw new UserFacingError(moved.stays, texts.stays[moved.stays])
  await offerUndo(interaction, head, moved.move, texts.rewind.done(Number(turn)), face)
  await showMove(head.ref, texts.rewind.divider(calledHere(interaction), Number(turn)), face)
}

/** The question was answered with no. */
export const cancel: ButtonHandler = async (interaction, _args, { texts }) => {
  await interaction.update({ content: texts.rewind.cancelled, components: [] })
}

const isInTime = async (head: Head, move: number, { past, clock }: Face): Promise<boolean> => {
  const kept = (await past.moves(head.ref, 1)).find(({ id }) => id === move)
  return kept !== undefined && clock.now() - kept.at <= UNDO_WINDOW
}

/** *Undo* under the reply to a rewind. */
export const undo: ButtonHandler = async (interaction, args, face) => {
  const { timeline, texts } = face
  const head = await headFor(interaction, args, face)
  const move = Number(args[2])
  if (!(await isInTime(head, move, face))) throw new UserFacingError('too_late', texts.rewind.tooLate)
  await interaction.deferUpdate()
  const undone = await timeline.undo(head.ref, move, interaction.user.id, interaction.id)
  if (undone === 'duplicate') return
  if (stayed(undone)) throw new UserFacingError(undone.stays, texts.stays[undone.stays])
  const { turn } = undone.to
  await interaction.editReply({ content: texts.undo.done(turn), components: [] })
  await showMove(head.ref, texts.rewind.undone(calledHere(interaction), turn), face)
}
