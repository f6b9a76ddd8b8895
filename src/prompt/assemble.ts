import { SkeinError } from '../kit/errors.ts'
import type { TurnMessages } from './history.ts'
import type { ChatMessage } from './message.ts'
import { tokensInMessage } from './tokens.ts'

/** In tokens. History is trimmed to `soft`; a prompt whose must-haves alone are over `hard` is refused. */
export type PromptBudget = { readonly soft: number; readonly hard: number }

export const DEFAULT_BUDGET: PromptBudget = { soft: 6000, hard: 8000 }

/** How many of the newest turns are never dropped. */
export const TURNS_KEPT = 4

const tokensOf = (messages: readonly ChatMessage[]) =>
  messages.reduce((sum, message) => sum + tokensInMessage(message), 0)

/**
 * Puts a prompt together: the system message, as much of the history as fits, and the instruction that closes it.
 * Throws `prompt_too_long`, before anything is sent, when the system message and the newest turns are too much.
 */
export const assemble = (
  system: string,
  history: readonly TurnMessages[],
  closing: readonly ChatMessage[],
  budget: PromptBudget = DEFAULT_BUDGET,
): ChatMessage[] => {
  const opening: ChatMessage = { role: 'system', content: system }
  const kept = history.slice(-TURNS_KEPT)
  const must = tokensOf([opening, ...kept.flatMap(({ messages }) => messages), ...closing])
  if (must > budget.hard)
    throw new SkeinError('prompt_too_long', 'the story’s premise, cast and newest turns are too long', {
      tokens: must,
      limit: budget.hard,
      longest: tokensInMessage(opening) > must / 2 ? 'premise_and_cast' : 'newest_turns',
    })
  let spent = must
  const older = history.slice(0, -TURNS_KEPT)
  const fitting = older.toReversed().findIndex(({ messages }) => {
    spent += tokensOf(messages)
    return spent > budget.soft
  })
  const recalled = fitting === -1 ? older : older.slice(older.length - fitting)
  return [opening, ...[...recalled, ...kept].flatMap(({ messages }) => messages), ...closing]
}
