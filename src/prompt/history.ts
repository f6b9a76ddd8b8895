import type { Line } from '../story/line.ts'
import type { EntityId } from '../story/ref.ts'
import { isWhispered } from '../story/witness.ts'
import type { Part } from './part.ts'

/** Stands after the name of one who whispers. */
const ASIDE = ' (whispering to you alone)'

/** How many of the newest turns must stand in a prompt, as far as its hard limit lets them. */
export const TURNS_KEPT = 4

type Run = {
  readonly speaker: EntityId
  readonly text: string
  readonly witnesses: readonly EntityId[]
  readonly isAside: boolean
}

// The segments of one message add up to what was typed, so neighbours of one speaker are joined as they are, but not
// what all heard with what was whispered.
const runsOf = (lines: readonly Line[]): Run[] => {
  const runs: Run[] = []
  for (const line of lines) {
    const { speaker, text, witnesses } = line
    const isAside = isWhispered(line)
    const last = runs.at(-1)
    if (last?.speaker === speaker && last.isAside === isAside)
      runs[runs.length - 1] = {
        ...last,
        text: last.text + text,
        witnesses: last.witnesses.filter((witness) => witnesses.includes(witness)),
      }
    else runs.push({ speaker, text, witnesses, isAside })
  }
  return runs
}

/**
 * What was said, as one entity perceived it, from lines that hold no more than that: its own lines are the
 * assistant's, all others' are the user's, each under its speaker's name, with a note where it was for the entity alone.
 * Those of the turn `now` are what is to be answered.
 */
export const saidParts = (
  entity: EntityId,
  lines: readonly Line[],
  now: number,
  nameOf: (speaker: EntityId) => string,
): Part[] =>
  [...Map.groupBy(lines, ({ turn }) => turn)].flatMap(([turn, spoken]) =>
    runsOf(spoken).map(
      ({ speaker, text, witnesses, isAside }): Part => ({
        section: turn === now ? 'line' : 'history',
        tier: turn > now - TURNS_KEPT ? 'must' : 'nice',
        turn,
        audience: witnesses,
        ...(speaker === entity
          ? { speaker: 'self', text: text.trim() }
          : { speaker: 'other', text: `${nameOf(speaker)}${isAside ? ASIDE : ''}: ${text.trim()}` }),
      }),
    ),
  )
