import { isDeepStrictEqual } from 'node:util'
import { readSummary, SummaryProposal, summariserMessages, type View, viewsOf } from '../roles/summariser.ts'
import type { Summary } from '../roles/writer.ts'
import { type Decision, drafting, type Refusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { type EntityId, SKEIN } from '../story/ref.ts'
import { type Asking, askingIn } from './asking.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import { gapsIn, isWorded, joining, LAST_LEVEL, type Stretch } from './past.ts'
import { type Evidence, isIntact, isTooSoon, patience } from './patience.ts'
import type { KeptSummary } from './ports/records.ts'

/** A part of the past, with how it was perceived by those who are to have a summary of it. */
type Passage = Stretch & { readonly views: readonly View[] }

/** A text that is to stand for a part of the past. */
type Told = Stretch & {
  readonly level: number
  readonly owners: readonly EntityId[]
  readonly text: string
  readonly replaces: readonly string[]
  readonly lines: readonly string[]
}

/** What was to leave prompts, and the words that there are for some of it by now. */
type Tried = { readonly stretch: Stretch | undefined; readonly texts: ReadonlyMap<string, string> }

const tries = patience<Tried>()

const viewsAt = async ({ store }: TurnDeps, head: Head, { from, to }: Stretch): Promise<View[]> =>
  viewsOf(head, await store.lines(head, from, to))

/** The oldest part of the past whose summaries an erasure took, and of which there still is something to tell. */
const lostPassage = async (
  deps: TurnDeps,
  head: Head,
  kept: readonly KeptSummary[],
): Promise<Passage | undefined> => {
  for (const { from, to, owners } of gapsIn(kept)) {
    const views = (await viewsAt(deps, head, { from, to }))
      .map((view) => ({ ...view, owners: view.owners.filter((owner) => owners.includes(owner)) }))
      .filter((view) => view.owners.length > 0)
    if (views.length > 0) return { from, to, views }
  }
  return undefined
}

/** The longest that a summary may be, in tokens. */
const SUMMARY_TOKENS = 300
const PROMPT_LIMIT = 4000

type Ask = (told: readonly Line[] | readonly Summary[], isThere: boolean) => Promise<string | undefined>

/** Asks for summaries; each gives no words where no model does. `isThere`: all that is to be told has its words still. */
const askFor =
  (head: Head, { boundaries, crossingIn }: TurnContext, { ask, instructions, count }: Asking): Ask =>
  async (told, isThere) => {
    const request = {
      messages: summariserMessages({
        ...{ head, told, limit: PROMPT_LIMIT, boundaries, instructions, count },
      }),
      schema: SummaryProposal,
      name: 'summary',
      fallback: { summary: '' },
      ...{ maxTokens: SUMMARY_TOKENS, temperature: 0.2 },
    }
    const answered = await ask(isThere ? request : undefined)
    return answered && readSummary(answered.value, crossingIn)
  }

const perceived = ({ lines }: View): string => lines.map(({ id }) => id).join(' ')

const evidenceOf = ({ from, to }: Stretch, views: readonly View[]): Evidence => ({
  ...{ from, to },
  lines: views.flatMap(({ lines }) => lines.map(({ id }) => id)),
})

/** What of a passage there are words for. `texts`: those that there were before. */
const tell = async (
  deps: TurnDeps,
  head: Head,
  passage: Passage,
  texts: ReadonlyMap<string, string>,
  ask: Ask,
): Promise<Told[]> => {
  const { from, to, views } = passage
  const told: Told[] = []
  for (const view of views) {
    const { owners, lines } = view
    const isThere = () => isIntact(deps, head, evidenceOf(passage, [view]))
    const text = texts.get(perceived(view)) ?? (await ask(lines, await isThere()))
    if (text !== undefined)
      told.push({ ...{ from, to, owners, text }, level: 0, replaces: [], lines: lines.map(({ id }) => id) })
  }
  return told
}

/** The ids of the summaries that say something. */
const wordedIn = (kept: readonly KeptSummary[]): Set<string> =>
  new Set(kept.filter(isWorded).map(({ id }) => id))

/** Old summaries as one. It rests on those whose place it takes, and through them on their lines. */
const join = async (
  deps: TurnDeps,
  head: Head,
  kept: readonly KeptSummary[],
  ask: Ask,
): Promise<(Told | undefined)[]> => {
  const told: (Told | undefined)[] = []
  for (const { owners, rows } of joining(kept)) {
    const [some = []] = rows
    const worded = wordedIn(await deps.summaries.of(head))
    const text = await ask(
      some.map(({ from, to, body, owner }) => ({ from, to, body, owners: [owner] })),
      some.every(({ id }) => worded.has(id)),
    )
    told.push(
      text === undefined
        ? undefined
        : {
            ...{ owners, text, lines: [] },
            from: some[0]?.from ?? 1,
            to: some.at(-1)?.to ?? 1,
            level: Math.min((some[0]?.level ?? 0) + 1, LAST_LEVEL),
            replaces: rows.flatMap((each) => each.map(({ id }) => id)),
          },
    )
  }
  return told
}

/** Whether another has left the same turns behind by now, or went back. */
const isBehind = (head: Head, before: Head): boolean =>
  head.state.past.left !== before.state.past.left ||
  head.strand !== before.strand ||
  head.state.turn.number < before.state.turn.number

/** What was told in short becomes part of the story. `left`: up to which turn prompts hold only that. */
const summarise = (
  head: Head,
  told: readonly Told[],
  left: number | undefined,
  newId: TurnDeps['newId'],
): Decision | Refusal => {
  if (told.length === 0 && left === undefined) return { refused: 'nothing_changed' }
  const draft = drafting(head.state, SKEIN, newId)
  for (const { text, from, to, level, owners, replaces, lines } of told)
    draft.emit({
      type: 'past.summarised',
      data: {
        ...{ from, to, level },
        text: draft.text(text),
        owners: owners.map((owner) => ({ owner, summary: newId() })),
        replaces: [...replaces],
        lines: [...lines],
      },
    })
  if (left !== undefined) draft.emit({ type: 'past.left', data: { to: left } })
  return draft.done()
}

/** All that there is to be decided on, and how it was perceived when it was asked for. */
type Asked = {
  readonly leaving: Passage | undefined
  readonly left: readonly Told[]
  readonly lost: Passage | undefined
  readonly found: readonly Told[]
  readonly joined: readonly Told[]
}

/** What of it still holds at a head: nothing that rests on words which are erased or forgotten by now. */
const deciding =
  (deps: TurnDeps, head: Head, { leaving, left, lost, found, joined }: Asked) =>
  async (newest: Head): Promise<Decision | Refusal> => {
    if (isBehind(newest, head)) return { refused: 'nothing_changed' }
    const kept = await deps.summaries.of(newest)
    const worded = wordedIn(kept)
    const leaves = leaving && isDeepStrictEqual(await viewsAt(deps, newest, leaving), leaving.views)
    const isStillLost = lost && isDeepStrictEqual(await lostPassage(deps, newest, kept), lost)
    const told = [
      ...(leaves ? left : []),
      ...(isStillLost ? found : []),
      ...joined.filter(({ replaces }) => replaces.every((id) => worded.has(id))),
    ]
    return summarise(newest, told, leaves ? leaving.to : undefined, deps.newId)
  }

/**
 * Sums up what is to leave prompts, if anything is, once for each set of those who perceived the same of it; likewise
 * one part of the past whose summaries an erasure took; and joins old summaries. Gives what is to be decided on the
 * newest head, or undefined where nothing came of it. Turns leave when there are words for all of them: where a model
 * gave none, what there is waits for another try some turns later.
 */
export const sumUp = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  stretch: Stretch | undefined,
  signal: AbortSignal,
): Promise<((newest: Head) => Promise<Decision | Refusal>) | undefined> => {
  const before = await tries.last(deps, head)
  if (isTooSoon(head, before)) return undefined
  const kept = await deps.summaries.of(head)
  const lost = await lostPassage(deps, head, kept)
  if (!stretch && !lost) return undefined
  const asking = askingIn(deps, context, head, 'summariser', signal)
  const ask = askFor(head, context, asking)
  const same = stretch && before?.kept.stretch?.from === stretch.from ? before.kept.stretch : stretch
  const leaving = same && { ...same, views: await viewsAt(deps, head, same) }
  const left = leaving ? await tell(deps, head, leaving, before?.kept.texts ?? new Map(), ask) : []
  const found = lost ? await tell(deps, head, lost, new Map(), ask) : []
  const hasLeft = left.length === (leaving?.views.length ?? 0)
  const isWhole = hasLeft && found.length === (lost?.views.length ?? 0)
  const joins = isWhole ? await join(deps, head, kept, ask) : []
  const joined = joins.filter((each) => each !== undefined)
  if (isWhole && joined.length === joins.length) tries.forget(deps, head)
  else if (!asking.hasStopped()) {
    const texts = new Map(hasLeft ? [] : left.map(({ lines, text }) => [lines.join(' '), text]))
    const waiting = hasLeft ? undefined : leaving
    const evidence = waiting ? evidenceOf(waiting, waiting.views) : { from: 1, to: 1, lines: [] }
    tries.keep(deps, head, evidence, { stretch: hasLeft ? undefined : same, texts }, true)
  }
  if (!(leaving && hasLeft) && found.length + joined.length === 0) return undefined
  return deciding(deps, head, { leaving: hasLeft ? leaving : undefined, left, lost, found, joined })
}
