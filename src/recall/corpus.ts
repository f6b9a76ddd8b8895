import type { EntityId } from '../story/ref.ts'
import type { Question } from './question.ts'
import { isStop } from './stop-words.ts'
import { ASKED, isEnd } from './terms.ts'

/** A memory as the index has it. `before` and `after`: the owner's memories next to it, the nearest first. */
export type Indexed = {
  readonly id: number
  readonly stems: readonly string[]
  /** Whose lines it rests on. */
  readonly speakers: readonly EntityId[]
  /** What it belongs to: its scene or, where there was none, the turns around it. */
  readonly scene: string
  readonly minutes: number
  readonly turn: number
  readonly significance: number
  readonly before: readonly number[]
  readonly after: readonly number[]
}

/** What an owner has in all, for how rare a word is in it. `holding`: how many memories have a stem. */
export type Having = {
  readonly memories: number
  readonly stems: number
  readonly holding: ReadonlyMap<string, number>
}

// BM25 as Robertson and Zaragoza have it (The Probabilistic Relevance Framework, 2009). Memories are of one kind: a
// longer one is seldom longer for no reason, so length takes less away than is usual.
const SATURATION = 1.2
const LENGTH = 0.4

const saturated = (count: number, length: number, usual: number): number =>
  (count * (SATURATION + 1)) / (count + SATURATION * (1 - LENGTH + (LENGTH * length) / usual))

/** How the words of a question weigh, for one owner. Counts of words stand in the order of `terms`. */
export type Measure = {
  readonly rarity: (stem: string) => number
  readonly terms: readonly { readonly stem: string; readonly weight: number }[]
  /** What all terms weigh together. */
  readonly total: number
  /**
   * The share of what is asked that a text has, by how often it has each term: from 0 to about 1, or to 2 where it has
   * all of them again and again. `parts`: as how many memories it counts.
   */
  readonly share: (counts: readonly number[], length: number, parts?: number) => number
}

/** How much it tells that a memory has what so many of its owner's have. */
export const rarityOf = (held: number, { memories }: Pick<Having, 'memories'>): number =>
  Math.log(1 + Math.max(0, memories - held + 0.5) / (held + 0.5))

export const measureFor = (question: Question, having: Having): Measure => {
  const rarity = (stem: string): number => rarityOf(having.holding.get(stem) ?? 1, having)
  const terms = [...question.terms].map(([stem, weight]) => ({ stem, weight: weight * rarity(stem) }))
  const total = terms.reduce((sum, { weight }) => sum + weight, 0) || 1
  const usual = Math.max(1, having.stems / Math.max(1, having.memories))
  return {
    ...{ rarity, terms, total },
    share: (counts, length, parts = 1) =>
      terms.reduce((sum, { weight }, at) => {
        const count = counts[at] ?? 0
        return count > 0 ? sum + weight * saturated(count, length, usual * parts) : sum
      }, 0) / total,
  }
}

/** A memory, with what is to be known of its words. */
export type Counted = Indexed & {
  /** How often it has each term. */
  readonly counts: readonly number[]
  /** How many words it has, and how many of them tell something. */
  readonly length: number
  readonly telling: number
  /** Which share of its sentences asks. */
  readonly asking: number
}

/** Counts the words of memories, each once. */
export const counting = ({ terms }: Pick<Measure, 'terms'>): ((row: Indexed) => Counted) => {
  const places = new Map(terms.map(({ stem }, at) => [stem, at]))
  return (row) => {
    const counts = terms.map(() => 0)
    let [length, telling, ends, asked] = [0, 0, 0, 0]
    for (const stem of row.stems) {
      if (isEnd(stem)) {
        ends += 1
        if (stem === ASKED) asked += 1
        continue
      }
      length += 1
      if (!isStop(stem)) telling += 1
      const place = places.get(stem)
      if (place !== undefined) counts[place] = (counts[place] ?? 0) + 1
    }
    return { ...row, counts, length, telling, asking: asked / (ends || 1) }
  }
}
