import { type Counted, counting, type Having, type Indexed, measureFor } from './corpus.ts'
import type { Question } from './question.ts'
import { type Signals, signalsAmong } from './signals.ts'
import { isStop } from './stop-words.ts'
import { isEnd } from './terms.ts'

/**
 * What each signal counts. The words count most, and as much again where they stand together with what was said around
 * them; then who is meant, and when. The rest decides between what is close.
 */
export const WEIGHTS: { readonly [Signal in keyof Signals]: number } = {
  own: 1,
  around: 1,
  speaker: 0.6,
  before: 0.5,
  time: 0.5,
  scene: 0.4,
  phrase: 0.4,
  answer: 0.3,
  alike: 0.3,
  after: 0.25,
  content: 0.2,
  question: -0.3,
  significance: 0.3,
  recency: 0.1,
}

/** How well a memory fits what is asked. `cues`: which of its words spoke for it. */
export type Scored = { readonly id: number; readonly score: number; readonly cues: readonly string[] }

/** One more signal from 0 to 1 by a memory's id, such as how near it is to what is asked as vectors. */
export type FurtherSignal = { readonly weight: number; readonly of: ReadonlyMap<number, number> }

export type Look = {
  readonly question: Question
  /** The memories to score, with those next to them. */
  readonly rows: readonly Indexed[]
  /** The ids of the ones to score. */
  readonly candidates: ReadonlySet<number>
  readonly having: Having
  /** The number of the turn. */
  readonly now: number
  readonly further?: FurtherSignal
}

/** What those that fit best have in common beside what was asked counts a little for the next ones, too. */
const COMPANY = 0.3
const COMPANIONS = 8
const COMPANY_WORDS = 10
const IN_COMPANY = 100

type Found = { readonly row: Counted; readonly score: number }

const best = (found: readonly Found[]): Found[] =>
  found.toSorted((one, other) => other.score - one.score || other.row.id - one.row.id)

/** The words that the best have beside those of the question, with how much each of them counts: 1 together. */
const companyOf = (
  found: readonly Found[],
  question: Question,
  rarity: (stem: string) => number,
): ReadonlyMap<string, number> => {
  const top = found.slice(0, COMPANIONS)
  const total = top.reduce((sum, { score }) => sum + score, 0) || 1
  const weights = new Map<string, number>()
  for (const { row, score } of top)
    for (const stem of new Set(row.stems))
      if (!isStop(stem) && !isEnd(stem) && !question.terms.has(stem) && !question.names.has(stem))
        weights.set(stem, (weights.get(stem) ?? 0) + (score / total) * rarity(stem))
  const chosen = [...weights].sort(([, one], [, other]) => other - one).slice(0, COMPANY_WORDS)
  const all = chosen.reduce((sum, [, weight]) => sum + weight, 0) || 1
  return new Map(chosen.map(([stem, weight]) => [stem, weight / all]))
}

const SIGNALS = Object.keys(WEIGHTS) as (keyof Signals)[]

/** Scores memories by what is asked, the best first. */
export const scored = ({ question, rows, candidates, having, now, further }: Look): Scored[] => {
  const measure = measureFor(question, having)
  const byId = new Map(rows.map(counting(measure)).map((row) => [row.id, row]))
  const signalsOf = signalsAmong({ question, measure, byId, now })
  const weighed = (row: Counted): number => {
    const signals = signalsOf(row)
    const extra = further ? further.weight * (further.of.get(row.id) ?? 0) : 0
    return SIGNALS.reduce((sum, signal) => sum + WEIGHTS[signal] * signals[signal], extra)
  }
  const found = best(
    [...byId.values()].filter(({ id }) => candidates.has(id)).map((row) => ({ row, score: weighed(row) })),
  )
  const company = companyOf(found, question, measure.rarity)
  const inCompany = ({ row, score }: Found): Found => {
    const shared = [...new Set(row.stems)].reduce((sum, stem) => sum + (company.get(stem) ?? 0), 0)
    return { row, score: score + COMPANY * shared }
  }
  return [...best(found.slice(0, IN_COMPANY).map(inCompany)), ...found.slice(IN_COMPANY)].map(
    ({ row, score }) => ({
      id: row.id,
      score,
      cues: measure.terms.flatMap(({ stem }, at) => (row.counts[at] ? [stem] : [])),
    }),
  )
}
