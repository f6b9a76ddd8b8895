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

const sharedWords = (body: string, said: ReadonlySet<string>): string[] =>
  [...wordsOf(body)].filter((word) => said.has(word))

/** From 1, for what is new, to 0. */
const recency = (age: number): number => 1 / (1 + Math.max(0, age) / 20)

/** Weighs what is shared with what was said above all, then how much it mattered, then how lately it was. */
const scored = (candidate: Candidate, said: ReadonlySet<string>, now: number): Recalled => {
  const cues = sharedWords(candidate.body, said)
  const score = cues.length + candidate.significance + recency(now - candidate.turn)
  return { ...candidate, how: 'recalled', cues, score }
}

/** How many facts are known at once, and how many of them stand however little room there is. */
const FACTS = 12
const FACTS_KEPT = 6

/** A fact that its owner knows, with its words. */
export type Fact = { readonly body: string }

/** A fact that comes to mind, and why. */
export type KnownFact = Fact & Pick<Recalled, 'score' | 'cues'> & { readonly how: 'recalled' | 'further' }

/**
 * What of all that an owner knows bears on what was said, the best first: weighed like memories, of which the newest
 * counts more. `facts`: the oldest first.
 */
export const factsInMind = (facts: readonly Fact[], said: string): KnownFact[] => {
  const words = wordsOf(said)
  return facts
    .toReversed()
    .map(({ body }, age) => {
      const cues = sharedWords(body, words)
      return { body, cues, score: cues.length + recency(age) }
    })
    .sort((one, other) => other.score - one.score)
    .slice(0, FACTS)
    .map((fact, place) => ({ ...fact, how: place < FACTS_KEPT ? 'recalled' : 'further' }))
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
