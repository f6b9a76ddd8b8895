import { cutMiddle } from '../../prompt/fit.ts'
import type { Head } from '../../story/head.ts'
import type { Line } from '../../story/line.ts'
import { type Fine, type View, viewOf } from './view.ts'

/** How much of each line a model is told at the least, in UTF-16 units: with less, nobody knows what was said. */
const LEGIBLE = 80

/** What the lines of a run come to when no more than that is told of each, in tokens. */
const RUN_TOKENS = 1500

/** What a line takes beside its words: who spoke. */
const SPEAKER_TOKENS = 6

/** Lines in as few runs as can each be told legibly, about as long as one another. */
const runsOf = (lines: readonly Line[], count: (text: string) => number): Line[][] => {
  const sizes = lines.map(({ text }) => count(cutMiddle(text, LEGIBLE)) + SPEAKER_TOKENS)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const share = total / Math.ceil(total / RUN_TOKENS)
  let before = 0
  const runs: Line[][] = []
  for (const [at, line] of lines.entries()) {
    const run = Math.floor(before / share)
    runs[run] = [...(runs[run] ?? []), line]
    before += sizes[at] ?? 0
  }
  return runs.filter((run) => run !== undefined)
}

/** The run that holds the newest line on which a memory rests; of one that rests on none, by when it was formed. */
const runWith = (runs: readonly (readonly Line[])[], { lines, turn }: Fine): number => {
  const resting = runs.findLastIndex((run) => run.some(({ id }) => lines.includes(id)))
  const told = runs.findIndex((run) => (run.at(-1)?.turn ?? 0) >= turn)
  return resting >= 0 ? resting : told >= 0 ? told : runs.length - 1
}

/**
 * What someone has of a scene, as it can be told to a model: all at once or, of a long scene, in runs of its lines, the
 * oldest first. How they stand to another is asked with the last run in which they met. `count`: in tokens.
 */
export const viewsOf = (
  head: Head,
  { owner, lines }: Pick<View, 'owner' | 'lines'>,
  memories: readonly Fine[],
  count: (text: string) => number,
): View[] => {
  const runs = runsOf(lines, count)
  const held = Map.groupBy(memories, (memory) => runWith(runs, memory))
  const views = runs.map((run, nth) => viewOf(head, { owner, lines: run }, held.get(nth) ?? []))
  return views.map((view, nth) => {
    const later = new Set(views.slice(nth + 1).flatMap(({ met }) => met.map(({ entity }) => entity)))
    return { ...view, met: view.met.filter(({ entity }) => !later.has(entity)) }
  })
}
