import { TURNS_KEPT } from '../prompt/history.ts'
import type { Prompt, PromptBudget } from '../prompt/part.ts'
import type { Summary } from '../roles/writer.ts'
import type { Head } from '../story/head.ts'
import type { EntityId } from '../story/ref.ts'
import type { KeptSummary } from './ports/records.ts'

/** A stretch of turns, both ends with it. */
export type Stretch = { readonly from: number; readonly to: number }

/** From which share of the soft limit on turns leave a prompt, and to which share it is brought. */
const FULL = 0.9
const SPACIOUS = 0.55

/** The fewest and the most turns that leave at once: an arc. */
const FEWEST = 3
const ARC = 10

/**
 * The turns that are to leave prompts, after one to which this prompt was written; undefined while there is room. So
 * many leave at once that the next ones find room, and that what stands before them stays the same until then. Where a
 * scene ended among them, they leave up to its end, so that a summary tells whole scenes. A model with less room than
 * usual counts by its own. `sceneEnds`: the turns in which scenes ended, in order.
 */
export const leaving = (
  { state: { turn, past } }: Pick<Head, 'state'>,
  prompt: Pick<Prompt, 'parts' | 'tokens' | 'soft'>,
  usual: PromptBudget,
  sceneEnds: readonly number[] = [],
): Stretch | undefined => {
  const soft = Math.min(usual.soft, prompt.soft)
  const said = prompt.parts.filter(({ section }) => section === 'history')
  const trimmed = said.some(({ isKept }) => !isKept)
  if (prompt.tokens < FULL * soft && !trimmed) return undefined
  const from = past.left + 1
  const last = Math.min(turn.number - TURNS_KEPT, past.left + ARC)
  const total = prompt.tokens + said.reduce((sum, { isKept, tokens }) => sum + (isKept ? 0 : tokens), 0)
  let left = total
  for (let to = from; to <= last; to += 1) {
    for (const part of said) if (part.turn === to) left -= part.tokens
    const isEnough = left <= SPACIOUS * soft || to === last
    if (!isEnough || to - from + 1 < FEWEST) continue
    const end = sceneEnds.findLast((turn) => turn <= to && turn - from + 1 >= FEWEST)
    return { from, to: end ?? to }
  }
  return undefined
}

/** Whether a summary still says something: what an erasure took the words of does not. */
export const isWorded = ({ body }: KeptSummary): boolean => body !== ''

/**
 * Since which turn some were in the story for sure, as far as summaries tell: also those that are not theirs, and those
 * whose words are gone. Whoever came after all of them is left out.
 */
export const knownFrom = (
  kept: readonly KeptSummary[],
  readers: readonly EntityId[],
): { readonly reader: EntityId; readonly from: number }[] =>
  readers.flatMap((reader) => {
    const there = kept.filter(({ newcomers }) => !newcomers.includes(reader))
    return there.length > 0 ? [{ reader, from: Math.min(...there.map(({ from }) => from)) }] : []
  })

/**
 * The summaries that may be told to some together, the oldest first: those that are of all of them, not counting who
 * came into the story after what they tell.
 */
export const summariesFor = (kept: readonly KeptSummary[], readers: readonly EntityId[]): Summary[] =>
  [...Map.groupBy(kept.filter(isWorded), ({ text }) => text).values()]
    .flatMap(([first, ...others]) => {
      if (!first) return []
      const { from, to, body, newcomers } = first
      return [{ from, to, body, newcomers, owners: [first, ...others].map(({ owner }) => owner) }]
    })
    .filter(
      ({ owners, newcomers }) =>
        owners.some((owner) => readers.includes(owner)) &&
        readers.every((reader) => owners.includes(reader) || newcomers.includes(reader)),
    )
    .map(({ newcomers: _, ...summary }) => summary)
    .toSorted((one, other) => one.from - other.from)

/** What of a stretch no other covers. */
const uncovered = (stretch: Stretch, others: readonly Stretch[]): Stretch[] =>
  others.reduce<Stretch[]>(
    (left, other) =>
      left
        .flatMap(({ from, to }) => [
          { from, to: Math.min(to, other.from - 1) },
          { from: Math.max(from, other.to + 1), to },
        ])
        .filter(({ from, to }) => from <= to),
    [stretch],
  )

/** The turns that one owner had summaries of, and has none of any more. */
const gapsOf = (own: readonly KeptSummary[]): Stretch[] => {
  const lost = own.filter((row) => !isWorded(row))
  const told = own.filter(isWorded)
  return lost.flatMap((row, nth) => uncovered(row, [...told, ...lost.slice(0, nth)]))
}

/** A part of the past with those who have no summary of it any more. */
type Gap = Stretch & { readonly owners: readonly EntityId[] }

const inArcs = ({ from, to }: Stretch): Stretch[] =>
  Array.from({ length: Math.ceil((to - from + 1) / ARC) }, (_, nth) => ({
    from: from + nth * ARC,
    to: Math.min(to, from + (nth + 1) * ARC - 1),
  }))

/** What is to be summed up again because an erasure took the words: the oldest first, an arc at most at a time. */
export const gapsIn = (kept: readonly KeptSummary[]): Gap[] => {
  const gaps = [...Map.groupBy(kept, ({ owner }) => owner)].flatMap(([owner, own]) =>
    gapsOf(own)
      .flatMap(inArcs)
      .map(({ from, to }) => ({ from, to, owner })),
  )
  return [...Map.groupBy(gaps, ({ from, to }) => `${from} ${to}`).values()]
    .flatMap((same) => same.slice(0, 1).map((gap) => ({ ...gap, owners: same.map(({ owner }) => owner) })))
    .map(({ from, to, owners }) => ({ from, to, owners }))
    .toSorted((one, other) => one.from - other.from)
}

/** Of how many summaries of a level the oldest become one of the next. There is none after the last. */
const MANY = 3
const JOINED = 3
export const LAST_LEVEL = 1

/** Summaries that are to become one, with all who have exactly these. */
type Joining = {
  readonly owners: readonly EntityId[]
  readonly rows: readonly (readonly KeptSummary[])[]
}

/** Summaries of one owner and level, apart where turns between them are still to be summed up again. */
const runsOf = (rows: readonly KeptSummary[], gaps: readonly Stretch[]): KeptSummary[][] => {
  const runs: KeptSummary[][] = []
  for (const row of rows) {
    const run = runs.at(-1)
    const end = run?.at(-1)?.to ?? 0
    if (run && !gaps.some(({ from }) => from > end && from < row.from)) run.push(row)
    else runs.push([row])
  }
  return runs
}

/**
 * Where an owner has many summaries of one level, the oldest that follow each other become one of the next; those of the
 * last level, one of that. So they take the same room in a prompt however long a story grows.
 */
export const joining = (kept: readonly KeptSummary[]): Joining[] => {
  const oldest = [...Map.groupBy(kept, ({ owner }) => owner).values()].flatMap((own) => {
    const gaps = gapsOf(own)
    return [...Map.groupBy(own.filter(isWorded), ({ level }) => level).values()]
      .filter((rows) => rows.length > MANY)
      .flatMap((rows) =>
        runsOf(rows, gaps)
          .filter((run) => run.length >= JOINED)
          .slice(0, 1),
      )
      .map((run) => run.slice(0, JOINED))
  })
  const alike = Map.groupBy(oldest, (rows) => rows.map(({ text }) => text).join(' '))
  return [...alike.values()].map((rows) => ({ owners: rows.flatMap(([row]) => row?.owner ?? []), rows }))
}
