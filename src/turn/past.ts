import { isDeepStrictEqual } from 'node:util'
import { TURNS_KEPT } from '../prompt/history.ts'
import type { Prompt, PromptBudget } from '../prompt/part.ts'
import { readSummary, SummaryProposal, summariserMessages, type View, viewsOf } from '../roles/summariser.ts'
import type { Summary } from '../roles/writer.ts'
import { type Decision, drafting, type Refusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { type EntityId, SKEIN } from '../story/ref.ts'
import type { TurnContext, TurnDeps } from './context.ts'
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
 * many leave at once that the next ones find room, and that what stands before them stays the same until then. A model
 * with less room than usual counts by its own.
 */
export const leaving = (
  { state: { turn, past } }: Pick<Head, 'state'>,
  prompt: Pick<Prompt, 'parts' | 'tokens' | 'soft'>,
  usual: PromptBudget,
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
    if (isEnough && to - from + 1 >= FEWEST) return { from, to }
  }
  return undefined
}

/** Since which turn some have summaries. Before that they were not in the story; whoever has none is left out. */
export const knownFrom = (
  kept: readonly KeptSummary[],
  readers: readonly EntityId[],
): { readonly reader: EntityId; readonly from: number }[] =>
  readers.flatMap((reader) => {
    const own = kept.filter(({ owner }) => owner === reader)
    return own.length > 0 ? [{ reader, from: Math.min(...own.map(({ from }) => from)) }] : []
  })

/**
 * The summaries that may be told to some together, the oldest first: those that are of all of them, not counting who
 * came into the story after what they tell.
 */
export const summariesFor = (kept: readonly KeptSummary[], readers: readonly EntityId[]): Summary[] => {
  const known = knownFrom(kept, readers)
  return [...Map.groupBy(kept, ({ text }) => text).values()]
    .map((rows) => ({ rows, owners: rows.map(({ owner }) => owner) }))
    .filter(
      ({ rows: [first], owners }) =>
        owners.some((owner) => readers.includes(owner)) &&
        known.every(({ reader, from }) => owners.includes(reader) || (first?.to ?? 0) < from),
    )
    .flatMap(({ rows: [first], owners }) =>
      first ? [{ from: first.from, to: first.to, body: first.body, owners }] : [],
    )
    .toSorted((one, other) => one.from - other.from)
}

/** Of how many summaries of a level the oldest become one of the next. There is none after the last. */
const MANY = 3
const JOINED = 3
const LAST_LEVEL = 1

/** Summaries that are to become one, with all who have exactly these. */
type Joining = { readonly owners: readonly EntityId[]; readonly rows: readonly (readonly KeptSummary[])[] }

/**
 * Where an owner has many summaries of one level, the oldest become one of the next; those of the last level, one of
 * that. So they take the same room in a prompt however long a story grows.
 */
export const joining = (kept: readonly KeptSummary[]): Joining[] => {
  const oldest = [...Map.groupBy(kept, ({ owner, level }) => `${level} ${owner}`).values()]
    .filter((rows) => rows.length > MANY)
    .map((rows) => rows.slice(0, JOINED))
  const alike = Map.groupBy(oldest, (rows) => rows.map(({ text }) => text).join(' '))
  return [...alike.values()].map((rows) => ({ owners: rows.flatMap(([row]) => row?.owner ?? []), rows }))
}

/** A text that is to stand for a part of the past. */
type Told = Stretch & {
  readonly level: number
  readonly owners: readonly EntityId[]
  readonly text: string
  readonly replaces: readonly string[]
  readonly lines: readonly string[]
}

/** Whether another has left the same turns behind by now, or went back. */
const isBehind = (head: Head, before: Head): boolean =>
  head.state.past.left !== before.state.past.left ||
  head.strand !== before.strand ||
  head.state.turn.number < before.state.turn.number

/** What was told in short becomes part of the story. */
const summarise = (
  head: Head,
  told: readonly Told[],
  to: number,
  newId: TurnDeps['newId'],
): Decision | Refusal => {
  const draft = drafting(head.state, SKEIN, newId)
  for (const { text, from, to: upTo, level, owners, replaces, lines } of told)
    draft.emit({
      type: 'past.summarised',
      data: {
        ...{ from, to: upTo, level },
        text: draft.text(text),
        owners: owners.map((owner) => ({ owner, summary: newId() })),
        replaces: [...replaces],
        lines: [...lines],
      },
    })
  draft.emit({ type: 'past.left', data: { to } })
  return draft.done()
}

/** The longest that a summary may be, in tokens. */
const SUMMARY_TOKENS = 300
const PROMPT_LIMIT = 4000

const askFor = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  told: readonly Line[] | readonly Summary[],
  signal: AbortSignal,
): Promise<string | undefined> => {
  const caller = context.callerOf('summariser', head)
  const { value } = await deps.models.ask(caller, {
    messages: summariserMessages({
      ...{ head, told, limit: PROMPT_LIMIT, boundaries: context.boundaries },
      instructions: context.prompt('summariser', head).text,
      count: deps.models.readerOf(caller).count,
    }),
    schema: SummaryProposal,
    name: 'summary',
    fallback: { summary: '' },
    ...{ maxTokens: SUMMARY_TOKENS, temperature: 0.2, signal },
  })
  return readSummary(value, context.isAllowed)
}

const viewsAt = async ({ store }: TurnDeps, head: Head, { from, to }: Stretch): Promise<View[]> =>
  viewsOf(head, await store.lines(head, from, to))

/** What of the past is to be told in short, and how it was: undefined where a model gave no words for all of it. */
const toldOf = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  { from, to }: Stretch,
  views: readonly View[],
  signal: AbortSignal,
): Promise<Told[] | undefined> => {
  const told: Told[] = []
  for (const { owners, lines } of views) {
    const text = await askFor(deps, context, head, lines, signal)
    if (text === undefined) return undefined
    told.push({ ...{ from, to, owners, text }, level: 0, replaces: [], lines: lines.map(({ id }) => id) })
  }
  return told
}

const joinedOf = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  signal: AbortSignal,
): Promise<Told[]> => {
  const told: Told[] = []
  for (const { owners, rows } of joining(await deps.summaries.of(head))) {
    const [some = []] = rows
    const text = await askFor(
      deps,
      context,
      head,
      some.map(({ from, to, body, owner }) => ({ from, to, body, owners: [owner] })),
      signal,
    )
    if (text === undefined) continue
    told.push({
      ...{ owners, text },
      from: some[0]?.from ?? 1,
      to: some.at(-1)?.to ?? 1,
      level: Math.min((some[0]?.level ?? 0) + 1, LAST_LEVEL),
      replaces: rows.flatMap((each) => each.map(({ id }) => id)),
      lines: await deps.summaries.citedBy(
        head.ref.story,
        some.map(({ text: id }) => id),
      ),
    })
  }
  return told
}

/**
 * Sums up what is to leave prompts, once for each set of those who perceived the same of it, and joins old summaries.
 * Gives what is to be decided on the newest head; undefined where nothing came of it. Where that head went back, or
 * someone knows something else of these turns by now, because words were erased or forgotten, it is dropped.
 */
export const sumUp = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  stretch: Stretch,
  signal: AbortSignal,
): Promise<((newest: Head) => Promise<Decision | Refusal>) | undefined> => {
  const views = await viewsAt(deps, head, stretch)
  const told = await toldOf(deps, context, head, stretch, views, signal)
  if (told === undefined) return undefined
  const joined = await joinedOf(deps, context, head, signal)
  return async (newest) => {
    const kept = new Set((await deps.summaries.of(newest)).map(({ id }) => id))
    const isSame = !isBehind(newest, head) && isDeepStrictEqual(await viewsAt(deps, newest, stretch), views)
    if (!isSame) return { refused: 'nothing_changed' }
    const fitting = joined.filter(({ replaces }) => replaces.every((id) => kept.has(id)))
    return summarise(newest, [...told, ...fitting], stretch.to, deps.newId)
  }
}
