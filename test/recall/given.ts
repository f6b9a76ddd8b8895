import { type Counted, counting, type Having, type Indexed, measureFor } from '../../src/recall/corpus.ts'
import { type Question, questionOf, type RecallQuery } from '../../src/recall/question.ts'
import { type FurtherSignal, type Scored, scored } from '../../src/recall/score.ts'
import { type Signals, signalsAmong } from '../../src/recall/signals.ts'
import { stemsOf } from '../../src/recall/terms.ts'

/** What is asked in one text, on the first day of a story without a calendar, unless it is said otherwise. */
export const asking = (text: string, more: Partial<RecallQuery> = {}): Question =>
  questionOf({ texts: [{ text, weight: 1 }], cast: [], now: { minutes: 0, anchor: undefined }, ...more })

/** A memory of turn 1, in a scene of its own, next to nothing. */
export const aRow = (id: number, body: string, more: Partial<Indexed> = {}): Indexed => ({
  ...{ id, stems: stemsOf(body), speakers: [], scene: `scene ${id}`, minutes: 0, turn: 1, significance: 1 },
  ...{ before: [], after: [], ...more },
})

/** Memories one after the other in one scene, from 1 on. */
export const aScene = (...bodies: readonly string[]): Indexed[] =>
  bodies.map((body, at) => {
    const numbers = bodies.map((_, other) => other + 1)
    const near = { before: numbers.slice(0, at).reverse().slice(0, 2), after: numbers.slice(at + 1, at + 3) }
    return aRow(at + 1, body, { scene: 'scene 1', ...near })
  })

/** What an owner has who has these memories, as often as it is said. */
export const havingOf = (rows: readonly Indexed[], times = 1): Having => {
  const holding = new Map<string, number>()
  for (const { stems } of rows)
    for (const stem of new Set(stems)) holding.set(stem, (holding.get(stem) ?? 0) + times)
  const stems = rows.reduce((sum, row) => sum + row.stems.length, 0)
  return { memories: rows.length * times, stems: stems * times, holding }
}

/** What speaks for the first of some memories, in turn 1. */
export const signalsFor = (question: Question, rows: readonly Indexed[], now = 1): Signals => {
  const measure = measureFor(question, havingOf(rows))
  const counted = rows.map(counting(measure))
  const [first] = counted
  if (!first) throw new Error('no memory')
  const byId = new Map<number, Counted>(counted.map((row) => [row.id, row]))
  return signalsAmong({ question, measure, byId, now })(first)
}

type Asked = { readonly having?: Having; readonly now?: number; readonly further?: FurtherSignal }

/** All of some memories by how well they fit, the best first. */
export const ranked = (
  question: Question,
  rows: readonly Indexed[],
  { having, now = 1, further }: Asked = {},
) =>
  scored({
    ...{ question, rows, now, having: having ?? havingOf(rows) },
    candidates: new Set(rows.map(({ id }) => id)),
    ...(further ? { further } : {}),
  })

export const idsOf = (all: readonly Scored[]): number[] => all.map(({ id }) => id)
