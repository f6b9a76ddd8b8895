import { type ButtonInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js'
import { UserFacingError } from '../kit/errors.ts'
import { goOn, retry as retryTurn } from '../story/decide.ts'
import type { Refusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { PlayerId } from '../story/ref.ts'
import type { Decide } from '../turn/engine.ts'
import type { TurnRef } from '../turn/ports.ts'
import { regenerating } from '../turn/regenerate.ts'
import { stayed } from '../turn/timeline.ts'
import type { ButtonHandler, Face } from './command.ts'
import { turnIn } from './controls.ts'
import { againRefused } from './gathering.ts'
import { demandTold, isInCharge } from './here.ts'

type Pressed = ButtonInteraction<'cached'>

/** The head of a turn's branch, while that turn is its newest and this thread tells it. */
const newest = async ({ channelId }: Pressed, turn: TurnRef, face: Face): Promise<Head> => {
  const head = await face.load(turn)
  if (head?.state.turn.id !== turn.turn) throw new UserFacingError('turn_gone', face.texts.stays.turn_gone)
  if ((await face.threads.threadOf(turn)) !== channelId)
    throw new UserFacingError('told_elsewhere', face.texts.stays.told_elsewhere)
  await demandTold(turn, face)
  return head
}

/** The same, for those who may ask anew in it. */
const askable = async (interaction: Pressed, turn: TurnRef, face: Face): Promise<void> => {
  const head = await newest(interaction, turn, face)
  if (interaction.user.id !== head.state.turn.player && !isInCharge(interaction, head))
    throw new UserFacingError('not_yours', face.texts.again.notYours)
}

const tellRefusal = async (
  interaction: Pressed,
  turn: TurnRef,
  outcome: string | Refusal,
  face: Face,
): Promise<void> => {
  if (typeof outcome === 'object')
    await interaction.followUp({
      content: await againRefused(turn, outcome, face),
      flags: MessageFlags.Ephemeral,
    })
}

const stop: ButtonHandler = async (interaction, args, { engine, texts }) => {
  const stopped = await engine.stop(turnIn(args), {
    player: interaction.user.id,
    isModerator: interaction.memberPermissions.has(PermissionFlagsBits.ManageMessages),
  })
  if (stopped === 'stopped') await interaction.deferUpdate()
  else
    await interaction.reply({
      content: stopped === 'not_yours' ? texts.stop.notYours : texts.stop.notRunning,
      flags: MessageFlags.Ephemeral,
    })
}

const retry: ButtonHandler = async (interaction, args, face) => {
  const turn = turnIn(args)
  await newest(interaction, turn, face)
  await interaction.deferUpdate()
  const decide: Decide = ({ state }) => retryTurn(state, interaction.user.id, turn.turn, face.newId)
  await tellRefusal(interaction, turn, await face.engine.ask(turn, decide, interaction.id), face)
}

const regenerate: ButtonHandler = async (interaction, args, face) => {
  const turn = turnIn(args)
  await askable(interaction, turn, face)
  await interaction.deferUpdate()
  const decide = regenerating(turn.turn, { player: interaction.user.id }, face)
  await tellRefusal(interaction, turn, await face.engine.ask(turn, decide, interaction.id), face)
}

/** Under the notice that a player's words have changed: the notice has done its work. */
const anew: ButtonHandler = async (interaction, args, face) => {
  await regenerate(interaction, args, face)
  await interaction.message.delete().catch(() => {})
}

const step =
  (by: 1 | -1): ButtonHandler =>
  async (interaction, args, face) => {
    const turn = turnIn(args)
    await askable(interaction, turn, face)
    await interaction.deferUpdate()
    const swiped = await face.timeline.swipe(turn, turn.turn, by, interaction.id)
    if (swiped === 'duplicate') return
    if (stayed(swiped))
      await interaction.followUp({ content: face.texts.stays[swiped.stays], flags: MessageFlags.Ephemeral })
    else await face.redraw.draw(turn)
  }

/** The story goes on from a turn, while it is the newest. Everyone who can write here may let it. */
const goingOn =
  (turn: TurnRef, player: PlayerId, { newId }: Face): Decide =>
  ({ state }) =>
    state.turn.id === turn.turn ? goOn(state, player, newId) : { refused: 'nothing_to_regenerate' }

const proceed: ButtonHandler = async (interaction, args, face) => {
  const turn = turnIn(args)
  await newest(interaction, turn, face)
  await interaction.deferUpdate()
  const decide = goingOn(turn, interaction.user.id, face)
  await tellRefusal(interaction, turn, await face.engine.ask(turn, decide, interaction.id), face)
}

/** The buttons under an answer, but for the one that begins a branch. */
export const answerButtons: Readonly<Record<string, ButtonHandler>> = {
  stop,
  retry,
  regenerate,
  anew,
  before: step(-1),
  after: step(1),
  continue: proceed,
}
