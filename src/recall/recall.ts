import type { Memory } from '../story/memory.ts'
import type { Question } from './question.ts'
import { stemsOf } from './terms.ts'

/** How many memories come to mind beside those that are pinned, where nothing else is set. */
export const RECALLED = 4

/** How many more may, where a prompt has room for them. */
const FURTHER = 4

/** How many are looked for, so that enough are left when some may not be told. */
export const LOOKED_FOR = 24

/** A memory with its words, and why it came up. */
export type Brought = Pick<Memory, 'memory' | 'toldBy'> & {
  readonly body: string
  readonly score: number
  readonly cues: readonly string[]
}

/** What comes to mind: because it is pinned, because it was brought up, or because there is room for it. */
export type Recalled = Brought & { readonly how: 'pinned' | 'recalled' | 'further' }

/**
 * What of its memories comes to an owner's mind: all that are pinned, and as many as are set of those that something
 * brought up. `brought`: the best first.
 */
export const inMind = (
  pinned: readonly Omit<Brought, 'score' | 'cues'>[],
  brought: readonly Brought[],
  most = RECALLED,
): Recalled[] => {
  const held = new Set(pinned.map(({ memory }) => memory))
  const others = brought.filter(({ memory }) => !held.has(memory))
  return [
    ...pinned.map((each): Recalled => ({ ...each, score: 0, cues: [], how: 'pinned' })),
    ...others.slice(0, most).map((each): Recalled => ({ ...each, how: 'recalled' })),
    ...others
      .slice(most, most === 0 ? 0 : most + FURTHER)
      .map((each): Recalled => ({ ...each, how: 'further' })),
  ]
}

/** How many facts are known at once, and how many of them stand however little room there is. */
const FACTS = 12
const FACTS_KEPT = 6

/** A fact that its owner knows, with its words. */
export type Fact = { readonly body: string }

/** A fact that comes to mind, and why. */
export type KnownFact = Fact & Pick<Brought, 'score' | 'cues'> & { readonly how: 'recalled' | 'further' }

/** After so many newer ones, half of what is new about a fact is gone. */
const NEW = 20

/**
 * What of all that an owner knows bears on what is asked, the best first: by the words that it shares with it, of which
 * the newest counts more. `facts`: the oldest first.
 */
export const factsInMind = (facts: readonly Fact[], { terms }: Pick<Question, 'terms'>): KnownFact[] =>
  facts
    .toReversed()
    .map(({ body }, age) => {
      const cues = [...new Set(stemsOf(body))].filter((stem) => terms.has(stem))
      const shared = cues.reduce((sum, stem) => sum + (terms.get(stem) ?? 0), 0)
      return { body, cues, score: shared + 1 / (1 + age / NEW) }
    })
    .sort((one, other) => other.score - one.score)
    .slice(0, FACTS)
    .map((fact, place) => ({ ...fact, how: place < FACTS_KEPT ? 'recalled' : 'further' }))
