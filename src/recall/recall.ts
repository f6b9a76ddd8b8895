import type { Memory, Pins } from '../story/memory.ts'
import { pinOf } from '../story/memory.ts'
import type { EntityId } from '../story/ref.ts'

/** How many memories come to mind beside those that are pinned. */
export const RECALLED = 4

/** How many more may, where a prompt has room for them. */
const FURTHER = 4

/** A memory that its owner can have, with its words. */
export type Candidate = Pick<Memory, 'memory' | 'owner' | 'significance' | 'minutes'> & {
  readonly body: string
  readonly turn: number
}

/** What comes to mind, and why: `score` adds up from `cues`, the words that it shares with what was said. */
export type Recalled = Candidate & {
  readonly how: 'pinned' | 'recalled' | 'further'
  readonly score: number
  readonly cues: readonly string[]
}

const WORD = /[\p{L}\p{N}]{4,}/gu

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(WORD) ?? [])

/** Weighs what is shared with what was said above all, then how much it mattered, then how lately it was. */
const scored = (candidate: Candidate, said: ReadonlySet<string>, now: number): Recalled => {
  const cues = [...wordsOf(candidate.body)].filter((word) => said.has(word))
  const recency = 1 / (1 + Math.max(0, now - candidate.turn) / 20)
  return { ...candidate, how: 'recalled', cues, score: cues.length + candidate.significance + recency }
}

/**
 * What of its memories comes to an owner's mind: all that are pinned, and those that what was said brings up, the
 * best first. `now`: the number of the turn.
 */
export const recall = (
  owner: EntityId,
  candidates: readonly Candidate[],
  pins: Pins,
  said: string,
  now: number,
): Recalled[] => {
  const words = wordsOf(said)
  const own = candidates
    .filter((candidate) => candidate.owner === owner)
    .map((candidate) => scored(candidate, words, now))
  const isPinned = ({ memory }: Recalled) => pinOf(pins, owner, memory) !== undefined
  const rest = own
    .filter((each) => !isPinned(each))
    .sort((one, other) => other.score - one.score || other.turn - one.turn)
  return [
    ...own.filter(isPinned).map((each): Recalled => ({ ...each, how: 'pinned' })),
    ...rest.slice(0, RECALLED),
    ...rest.slice(RECALLED, RECALLED + FURTHER).map((each): Recalled => ({ ...each, how: 'further' })),
  ]
}
