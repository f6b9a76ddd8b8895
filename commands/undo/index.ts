import { ButtonStyle, MessageFlags, TimestampStyles, time } from 'discord.js'
import { type ButtonRow, button, type MenuRow, menuRow, row } from '../../src/discord/buttons.ts'
import type {
  ButtonHandler,
  Command,
  CommandHandler,
  Face,
  SelectHandler,
} from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { ledHere } from '../../src/discord/here.ts'
import { calledHere, showMove } from '../../src/discord/moved.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { en } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import type { Move } from '../../src/turn/ports/timeline.ts'
import { type Moved, type Stay, stayed } from '../../src/turn/timeline.ts'
import { headFor } from '../rewind/confirm.ts'
import { slash } from '../slash.ts'

/** Discord's limit of options in a menu. */
const SHOWN = 25

const undoRow = ({ ref }: Head, move: Move, { texts }: Face): ButtonRow => {
  const id = customId('take-back', ref.story, ref.branch, move.id)
  return row(button(texts.rewind.undo, id, { style: ButtonStyle.Primary }))
}

const pastRow = ({ ref }: Head, moves: readonly Move[], { texts: { undo: words } }: Face): MenuRow => {
  const options = moves.slice(0, SHOWN).map(({ id, cause, from, at }) => ({
    value: String(id),
    label: words.entry(from.turn),
    description: words.when(words.cause[cause], new Date(at)),
  }))
  return menuRow(customId('past-head', ref.story, ref.branch), words.pick, options)
}

/** `/undo`: the newest move that can be taken back, and all points where the story stood before. */
const ask: CommandHandler = async (interaction, face) => {
  const { timeline, texts } = face
  const head = await ledHere(interaction, face, texts.timelineNotYours)
  const moves = await timeline.pastHeads(head.ref)
  const move = await timeline.undoable(head.ref)
  if (moves.length === 0) throw new UserFacingError('nothing_to_undo', texts.undo.nothing)
  await interaction.reply({
    content: move
      ? texts.undo.ask(move.from.turn, time(new Date(move.at), TimestampStyles.RelativeTime))
      : texts.undo.pickOnly,
    components: [...(move ? [undoRow(head, move, face)] : []), pastRow(head, moves, face)],
    flags: MessageFlags.Ephemeral,
  })
}

type Pressed = Parameters<ButtonHandler>[0] | Parameters<SelectHandler>[0]

const go = async (
  interaction: Pressed,
  args: readonly string[],
  told: (who: string, turn: number) => string,
  move: (head: Head) => Promise<Moved | Stay | 'duplicate'>,
  face: Face,
): Promise<void> => {
  const { texts } = face
  const head = await headFor(interaction, args, face)
  await interaction.deferUpdate()
  const moved = await move(head)
  if (moved === 'duplicate') return
  if (stayed(moved)) throw new UserFacingError(moved.stays, texts.stays[moved.stays])
  await interaction.editReply({ content: texts.undo.done(moved.to.turn), components: [] })
  await showMove(head.ref, told(calledHere(interaction), moved.to.turn), face)
}

const takeBack: ButtonHandler = (interaction, args, face) =>
  go(
    interaction,
    args,
    face.texts.rewind.undone,
    ({ ref }) => face.timeline.undo(ref, Number(args[2]), interaction.user.id, interaction.id),
    face,
  )

const returnTo: SelectHandler = (interaction, args, face) =>
  go(
    interaction,
    args,
    face.texts.rewind.returned,
    ({ ref }) =>
      face.timeline.returnTo(ref, Number(interaction.values[0]), interaction.user.id, interaction.id),
    face,
  )

export const undo: Command = {
  data: slash('undo', en.command.undo),
  run: ask,
  buttons: { 'take-back': takeBack },
  selects: { 'past-head': returnTo },
}
