import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIStringSelectComponent,
  ApplicationCommandType,
  ButtonStyle,
  ComponentType,
  InteractionContextType,
  MessageFlags,
  TimestampStyles,
  time,
} from 'discord.js'
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

/** Discord's limit of options in a menu. */
const SHOWN = 25

const undoRow = ({ ref }: Head, move: Move, { texts }: Face): APIActionRowComponent<APIButtonComponent> => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.Button,
      style: ButtonStyle.Primary,
      label: texts.rewind.undo,
      custom_id: customId('take-back', ref.story, ref.branch, move.id),
    },
  ],
})

const pastRow = (
  { ref }: Head,
  moves: readonly Move[],
  { texts }: Face,
): APIActionRowComponent<APIStringSelectComponent> => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.StringSelect,
      custom_id: customId('past-head', ref.story, ref.branch),
      placeholder: texts.undo.pick,
      options: moves.slice(0, SHOWN).map(({ id, cause, from, at }) => ({
        value: String(id),
        label: texts.undo.entry(from.turn),
        description: texts.undo.when(texts.undo.cause[cause], new Date(at)),
      })),
    },
  ],
})

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
      : texts.undo.pick,
    components: [...(move ? [undoRow(head, move, face)] : []), pastRow(head, moves, face)],
    flags: MessageFlags.Ephemeral,
  })
}

type Pressed = Parameters<ButtonHandler>[0] | Parameters<SelectHandler>[0]

const go = async (
  interaction: Pressed,
  [story, branch]: readonly string[],
  told: (who: string, turn: number) => string,
  move: (head: Head) => Promise<Moved | Stay | 'duplicate'>,
  face: Face,
): Promise<void> => {
  const { texts } = face
  const head = await ledHere(interaction, face, texts.timelineNotYours)
  if (head.ref.story !== story || head.ref.branch !== branch)
    throw new UserFacingError('stale', texts.rewind.stale)
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
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'undo',
    description: en.command.undo,
    contexts: [InteractionContextType.Guild],
  },
  run: ask,
  buttons: { 'take-back': takeBack },
  selects: { 'past-head': returnTo },
}
