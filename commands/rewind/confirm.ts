import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type ButtonInteraction,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import type { ButtonHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { ledHere } from '../../src/discord/here.ts'
import { calledHere, showMove } from '../../src/discord/moved.ts'
import { UNDO_WINDOW } from '../../src/discord/redraw.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Head } from '../../src/story/head.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import { stayed } from '../../src/turn/timeline.ts'

type Pressed = ButtonInteraction<'cached'>

const undoRow = (
  { story, branch }: StoryRef,
  move: number,
  { texts }: Face,
): APIActionRowComponent<APIButtonComponent> => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.Button,
      style: ButtonStyle.Primary,
      label: texts.rewind.undo,
      custom_id: customId('undo', story, branch, move),
    },
  ],
})

/** The head that a button was about, for those who may move it. */
const headFor = async (
  interaction: Pressed,
  [story = '', branch = '']: readonly string[],
  face: Face,
): Promise<Head> => {
  const head = await ledHere(interaction, face, face.texts.timelineNotYours)
  if (head.ref.story !== story || head.ref.branch !== branch)
    throw new UserFacingError('stale', face.texts.rewind.stale)
  return head
}

/** The way back stands under the reply for half a minute. */
const offerUndo = async (interaction: Pressed, head: Head, move: number, told: string, face: Face) => {
  await interaction.editReply({ content: told, components: [undoRow(head.ref, move, face)] })
  void face.clock
    .sleep(UNDO_WINDOW)
    .then(() => interaction.editReply({ components: [] }))
    .catch(() => {})
}

/** The question was answered with yes. */
export const confirm: ButtonHandler = async (interaction, args, face) => {
  const { timeline, texts } = face
  const head = await headFor(interaction, args, face)
  const [turn, seq] = args.slice(2).map(Number)
  if (turn === undefined || seq !== head.seq) throw new UserFacingError('stale', texts.rewind.stale)
  await interaction.deferUpdate()
  const moved = await timeline.rewind(head.ref, turn, interaction.user.id, interaction.id)
  if (moved === 'duplicate') return
  if (stayed(moved)) throw new UserFacingError(moved.stays, texts.stays[moved.stays])
  await offerUndo(interaction, head, moved.move, texts.rewind.done(turn), face)
  await showMove(head.ref, texts.rewind.divider(calledHere(interaction), turn), face)
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
