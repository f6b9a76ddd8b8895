import {
  type APIActionRowComponent,
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js'
import type { Texts } from '../locales/en.ts'
import { retry as retryTurn } from '../story/decide.ts'
import type { TurnRef } from '../turn/ports.ts'
import type { ButtonHandler } from './command.ts'
import { customId } from './custom-id.ts'

type ButtonRow = APIActionRowComponent<APIButtonComponent>

const idOf = (name: 'stop' | 'retry', turn: TurnRef) => customId(name, turn.story, turn.branch, turn.turn)

/** The custom ids of the buttons by which the answer to a turn is known. */
export const answerIds = (turn: TurnRef): string[] => [idOf('stop', turn), idOf('retry', turn)]

const row = (
  name: 'stop' | 'retry',
  turn: TurnRef,
  style: ButtonStyle.Secondary | ButtonStyle.Primary,
  label: string,
): ButtonRow => ({
  type: ComponentType.ActionRow,
  components: [
    {
      type: ComponentType.Button,
      style,
      label,
      custom_id: idOf(name, turn),
    },
  ],
})

/** Under an answer while it is written. */
export const stopRow = (turn: TurnRef, texts: Texts): ButtonRow =>
  row('stop', turn, ButtonStyle.Secondary, texts.button.stop)

/** Under the notice that no answer came. */
export const retryRow = (turn: TurnRef, texts: Texts): ButtonRow =>
  row('retry', turn, ButtonStyle.Primary, texts.button.retry)

const turnIn = ([story = '', branch = '', turn = '']: readonly string[]): TurnRef => ({
  story,
  branch,
  turn,
})

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

const retry: ButtonHandler = async (interaction, args, { engine, newId, texts }) => {
  await interaction.deferUpdate()
  const turn = turnIn(args)
  const retried = await engine.ask(
    turn,
    ({ state }) => retryTurn(state, interaction.user.id, turn.turn, newId),
    interaction.id,
  )
  if (typeof retried === 'object')
    await interaction.followUp({ content: texts.retry.nothing, flags: MessageFlags.Ephemeral })
}

/** The buttons under an answer. */
export const answerButtons: Readonly<Record<string, ButtonHandler>> = { stop, retry }
