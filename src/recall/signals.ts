import { alikeAmong } from './alike.ts'
import type { Counted, Measure } from './corpus.ts'
import type { Question } from './question.ts'
import { fitOf } from './times.ts'

/** What speaks for a memory, each from 0 to 1 or, of words that it has again and again, somewhat more. */
export type Signals = {
  /** The words that it shares with what is asked. */
  readonly own: number
  /** The same, of it together with what is next to it. */
  readonly around: number
  /** The same, of what stands just before it and just after it. */
  readonly before: number
  readonly after: number
  /** The same, of its scene. */
  readonly scene: number
  /** Words that stand side by side in both. */
  readonly phrase: number
  /** Words that are nearly the same. */
  readonly alike: number
  /** That it is by someone who is named. */
  readonly speaker: number
  /** That it has words of the kind that is asked for. */
  readonly answer: number
  /** That it is of a time that is spoken of. */
  readonly time: number
  /** How much it says at all, and how much of it only asks. */
  readonly content: number
  readonly question: number
  readonly significance: number
  readonly recency: number
}

/** All that is looked at together. `byId`: also what is only next to a candidate. */
export type Looked = {
  readonly question: Question
  readonly measure: Measure
  readonly byId: ReadonlyMap<number, Counted>
  /** The number of the turn. */
  readonly now: number
}

/** How much of what is next to a memory, and of what is next to that, counts as its surroundings. */
const NEAR = [0.7, 0.4] as const
const ALL_NEAR = 1 + 2 * (NEAR[0] + NEAR[1])

/** How far apart the words of a phrase may stand. */
const SPAN = 3

/** With this many words that tell something, a memory says as much as one can. */
const FULL = 15

/** After this many turns, half of what is new about a memory is gone. */
const RECENT = 50

const nextTo = ({ byId }: Looked, row: Counted, ids: readonly number[], at = 0): Counted | undefined => {
  const id = ids[at]
  const near = id === undefined ? undefined : byId.get(id)
  return near?.scene === row.scene ? near : undefined
}

const aroundOf = (looked: Looked, row: Counted): number => {
  const counts = [...row.counts]
  let { length } = row
  for (const [at, part] of NEAR.entries())
    for (const ids of [row.before, row.after]) {
      const near = nextTo(looked, row, ids, at)
      if (!near) continue
      length += near.length * part
      for (const [term, count] of near.counts.entries()) counts[term] = (counts[term] ?? 0) + count * part
    }
  return looked.measure.share(counts, length, ALL_NEAR)
}

const hasPair = (stems: readonly string[], first: string, second: string): boolean =>
  stems.some((stem, at) => stem === first && stems.slice(at + 1, at + 1 + SPAN).includes(second))

/** The pairs of a question that can be found, by the places of their words among the terms, with what they weigh. */
const pairsOf = ({ question, measure: { terms, rarity } }: Looked) => {
  const places = new Map(terms.map(({ stem }, at) => [stem, at]))
  return question.pairs.map(([first, second]) => ({
    ...{ first, second, at: [places.get(first) ?? -1, places.get(second) ?? -1] as const },
    weight: (rarity(first) + rarity(second)) / 2,
  }))
}

const phraseOf = (pairs: ReturnType<typeof pairsOf>, total: number, { stems, counts }: Counted): number =>
  pairs.reduce((sum, { first, second, at, weight }) => {
    const isThere = counts[at[0]] && counts[at[1]] && hasPair(stems, first, second)
    return isThere ? sum + weight : sum
  }, 0) / total

/** What has only words that are nearly those of the question. */
const alikenessAmong = ({ measure: { terms, total } }: Looked): ((row: Counted) => number) => {
  const alike = alikeAmong(terms.map(({ stem }) => stem))
  return ({ stems, counts }) => {
    const best = terms.map(() => 0)
    for (const stem of stems)
      for (const { term, dice } of alike(stem)) best[term] = Math.max(best[term] ?? 0, dice)
    return (
      terms.reduce((sum, { weight }, at) => (counts[at] ? sum : sum + weight * (best[at] ?? 0)), 0) / total
    )
  }
}

/** The share of what is asked that a scene has as a whole: 1 for the one that has most. */
const scenesOf = ({ measure: { terms, total }, byId }: Looked): ReadonlyMap<string, number> => {
  const scenes = [...Map.groupBy(byId.values(), ({ scene }) => scene)].map(([scene, rows]) => {
    const sum = terms.reduce((sum, { weight }, at) => {
      const count = rows.reduce((all, { counts }) => all + (counts[at] ?? 0), 0)
      return sum + (weight * count) / (count + 1)
    }, 0)
    return [scene, sum / total] as const
  })
  const best = Math.max(0, ...scenes.map(([, share]) => share)) || 1
  return new Map(scenes.map(([scene, share]) => [scene, share / best]))
}

/** Tells what speaks for a memory among those that are looked at. */
export const signalsAmong = (looked: Looked): ((row: Counted) => Signals) => {
  const { question, measure, byId, now } = looked
  const own = new Map([...byId.values()].map((row) => [row.id, measure.share(row.counts, row.length)]))
  const scenes = scenesOf(looked)
  const pairs = pairsOf(looked)
  const alikenessOf = alikenessAmong(looked)
  const ownOf = (row: Counted | undefined): number => (row && own.get(row.id)) ?? 0
  return (row) => {
    const before = nextTo(looked, row, row.before)
    const isNamed = question.about.some((entity) => row.speakers.includes(entity))
    return {
      own: ownOf(row),
      around: aroundOf(looked, row),
      // What answers a question often has none of its words.
      before: before ? ownOf(before) * (before.asking > 0 ? 1 : 0.5) : 0,
      after: ownOf(nextTo(looked, row, row.after)),
      scene: scenes.get(row.scene) ?? 0,
      phrase: phraseOf(pairs, measure.total, row),
      alike: alikenessOf(row),
      speaker: isNamed ? 1 / question.about.length : 0,
      answer: question.isAnswered(row.stems) ? 1 : 0,
      time: fitOf(row.minutes, question.times),
      content: Math.min(1, row.telling / FULL),
      question: row.asking,
      significance: row.significance / 3,
      recency: 1 / (1 + Math.max(0, now - row.turn) / RECENT),
    }
  }
}
