import type { Line } from '../story/line.ts'
import type { EntityId } from '../story/ref.ts'
import { witnessedBy } from '../story/witness.ts'
import type { ChatMessage } from './message.ts'

/** The messages of one turn. History is kept or dropped by whole turns. */
export type TurnMessages = { readonly turn: number; readonly messages: readonly ChatMessage[] }

type Run = { readonly speaker: EntityId; readonly text: string }

const byTurn = (lines: readonly Line[]): Map<number, Line[]> => Map.groupBy(lines, ({ turn }) => turn)

// The segments of one message add up to what was typed, so neighbours of one speaker are joined as they are.
const runsOf = (lines: readonly Line[]): Run[] => {
  const runs: Run[] = []
  for (const { speaker, text } of lines) {
    const last = runs.at(-1)
    if (last?.speaker === speaker) runs[runs.length - 1] = { speaker, text: last.text + text }
    else runs.push({ speaker, text })
  }
  return runs
}

/**
 * The story so far as one entity perceived it: its own lines are the assistant's, all others' are the user's,
 * each under its speaker's name.
 */
export const historyFor = (
  entity: EntityId,
  lines: readonly Line[],
  nameOf: (speaker: EntityId) => string,
): TurnMessages[] =>
  [...byTurn(witnessedBy(entity, lines))].map(([turn, spoken]) => ({
    turn,
    messages: runsOf(spoken).map(({ speaker, text }) =>
      speaker === entity
        ? { role: 'assistant', content: text.trim() }
        : { role: 'user', content: `${nameOf(speaker)}: ${text.trim()}` },
    ),
  }))
