import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js'
import type { Texts } from '../locales/en.ts'
import type { TurnRef } from '../turn/ports.ts'
import { customId } from './custom-id.ts'

export type ButtonRow = APIActionRowComponent<APIButtonComponent>

/** The name of each button under an answer, as its custom id begins with. */
export type AnswerButton = 'stop' | 'retry' | 'before' | 'after' | 'regenerate' | 'continue' | 'fork'

const idOf = (name: AnswerButton, { story, branch, turn }: TurnRef) => customId(name, story, branch, turn)

/** The turn that a button under an answer is about. */
export const turnIn = ([story = '', branch = '', turn = '']: readonly string[]): TurnRef => ({
  ...{ story, branch, turn },
})

/** The custom ids of the buttons by which an answer that is not told yet is known. */
export const answerIds = (turn: TurnRef): string[] => [idOf('stop', turn), idOf('retry', turn)]

const button = (
  name: AnswerButton,
  turn: TurnRef,
  label: string,
  look: Partial<Pick<APIButtonComponentWithCustomId, 'style' | 'disabled'>> = {},
): APIButtonComponentWithCustomId => ({
  type: ComponentType.Button,
  style: ButtonStyle.Secondary,
  label,
  custom_id: idOf(name, turn),
  ...look,
})

const row = (...components: APIButtonComponent[]): ButtonRow => ({
  type: ComponentType.ActionRow,
  components,
})

/** Under an answer while it is written. */
export const stopRow = (turn: TurnRef, { button: words }: Texts): ButtonRow =>
  row(button('stop', turn, words.stop))

/** Which answers a turn has, by their numbers in order, and which of them is in force. */
export type Answers = { readonly alternates: readonly number[]; readonly alternate: number }

// Which answer it is stands on the button that leads on from it.
const stepButtons = (
  turn: TurnRef,
  { alternates, alternate }: Answers,
  { button: words }: Texts,
): APIButtonComponent[] => {
  if (alternates.length < 2) return []
  const at = alternates.indexOf(alternate)
  return [
    button('before', turn, words.before, { disabled: at <= 0 }),
    button('after', turn, words.after(at + 1, alternates.length), {
      disabled: at === alternates.length - 1,
    }),
  ]
}

/** Under the notice that no answer came. */
export const retryRow = (turn: TurnRef, answers: Answers, texts: Texts): ButtonRow =>
  row(
    button('retry', turn, texts.button.retry, { style: ButtonStyle.Primary }),
    ...stepButtons(turn, answers, texts),
  )

/** Under the newest answer. */
export const answerRow = (turn: TurnRef, answers: Answers, texts: Texts): ButtonRow =>
  row(
    ...stepButtons(turn, answers, texts),
    button('regenerate', turn, texts.button.regenerate),
    button('continue', turn, texts.button.continue),
    button('fork', turn, texts.button.branch),
  )
