import { type APIButtonComponent, ButtonStyle } from 'discord.js'
import type { Texts } from '../locales/en.ts'
import type { TurnRef } from '../turn/ports.ts'
import { type ButtonRow, button, row } from './buttons.ts'
import { customId } from './custom-id.ts'

/** The name of each button under an answer, as its custom id begins with. */
type AnswerButton = 'stop' | 'retry' | 'before' | 'after' | 'regenerate' | 'continue' | 'fork'

const idOf = (name: AnswerButton, { story, branch, turn }: TurnRef) => customId(name, story, branch, turn)

/** The turn that a button under an answer is about. */
export const turnIn = ([story = '', branch = '', turn = '']: readonly string[]): TurnRef => ({
  ...{ story, branch, turn },
})

/** The custom ids of the buttons by which a message of an answer is known, told or not. */
export const answerIds = (turn: TurnRef): string[] =>
  (['stop', 'retry', 'regenerate'] as const).map((name) => idOf(name, turn))

/** Under an answer while it is written. */
export const stopRow = (turn: TurnRef, { button: words }: Texts): ButtonRow =>
  row(button(words.stop, idOf('stop', turn)))

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
    button(words.before, idOf('before', turn), { disabled: at <= 0 }),
    button(words.after(at + 1, alternates.length), idOf('after', turn), {
      disabled: at === alternates.length - 1,
    }),
  ]
}

/** Under the notice that no answer came. */
export const retryRow = (turn: TurnRef, answers: Answers, texts: Texts): ButtonRow =>
  row(
    button(texts.button.retry, idOf('retry', turn), { style: ButtonStyle.Primary }),
    ...stepButtons(turn, answers, texts),
  )

/** Under the newest answer. */
export const answerRow = (turn: TurnRef, answers: Answers, texts: Texts): ButtonRow =>
  row(
    ...stepButtons(turn, answers, texts),
    button(texts.button.regenerate, idOf('regenerate', turn)),
    button(texts.button.continue, idOf('continue', turn)),
    button(texts.button.branch, idOf('fork', turn)),
  )
