import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js'
import { confirmRow } from '../../src/discord/buttons.ts'
import type { CommandHandler, Face, MessageCommand } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { ledHere } from '../../src/discord/here.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { type Head, markOf } from '../../src/story/head.ts'
import { stayed } from '../../src/turn/timeline.ts'
import { turnNumber } from './turns.ts'

type Asking =
  | ButtonInteraction<'cached'>
  | ChatInputCommandInteraction<'cached'>
  | MessageContextMenuCommandInteraction<'cached'>

/** Shows what a rewind would leave behind, and asks. */
const ask = async (interaction: Asking, head: Head, turn: number, face: Face): Promise<void> => {
  const { texts } = face
  const preview = await face.timeline.preview(head.ref, turn)
  if (stayed(preview)) throw new UserFacingError(preview.stays, texts.stays[preview.stays])
  const { ask: question, impact, leaves, safe, button: label } = texts.rewind
  // The mark tells whether the story has gone on between the question and the answer.
  const id = customId('rewind', head.ref.story, head.ref.branch, turn, markOf(head))
  await interaction.reply({
    content: [question(turn), leaves(impact(preview.impact)), safe].join('\n'),
    components: [confirmRow(label, id, texts)],
    flags: MessageFlags.Ephemeral,
  })
}

/** Asks whether to go back to the end of the turn before the newest. */
export const askBack = async (interaction: Asking, _args: readonly string[], face: Face): Promise<void> => {
  const { texts } = face
  const head = await ledHere(interaction, face, texts.timelineNotYours)
  const turn = head.state.turn.number - 1
  if (turn < 1) throw new UserFacingError('first_turn', texts.rewind.onlyTurn)
  await ask(interaction, head, turn, face)
}

/** `/rewind`: to the end of a turn or, without one, of the turn before the newest. */
export const rewindTo: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const typed = interaction.options.getString('turn')
  if (typed === null) return askBack(interaction, [], face)
  const head = await ledHere(interaction, face, texts.timelineNotYours)
  const turn = turnNumber(typed)
  if (turn === undefined) throw new UserFacingError('no_such_turn', texts.rewind.noTurn)
  await ask(interaction, head, turn, face)
}

/** The turn that a message belongs to, as a head has it: one of Skein's, or a player's. */
export const turnOfMessage = async (head: Head, message: string, face: Face): Promise<number> => {
  const shown = await face.posts.turnOf(message)
  const told = shown && (await face.past.numberOf(head, shown.turn))
  const turn = told ?? (await face.past.linesOf(head, message))[0]?.turn
  if (turn === undefined) throw new UserFacingError('not_in_story', face.texts.rewind.notInStory)
  return turn
}

/** *Rewind to here*: to the end of the turn that a message belongs to. */
export const rewindToMessage: MessageCommand['run'] = async (interaction, face) => {
  const head = await ledHere(interaction, face, face.texts.timelineNotYours)
  await ask(interaction, head, await turnOfMessage(head, interaction.targetId, face), face)
}
