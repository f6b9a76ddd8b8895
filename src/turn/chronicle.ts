import { isDeepStrictEqual } from 'node:util'
import { type Account, accountFrom } from '../roles/chronicler/account.ts'
import { chronicle } from '../roles/chronicler/chronicle.ts'
import { chroniclerRequest } from '../roles/chronicler/request.ts'
import { viewsOf } from '../roles/chronicler/runs.ts'
import { type Fine, isFineIn, markOf, perceivedBy, type View } from '../roles/chronicler/view.ts'
import type { Decision, Refusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { EntityId } from '../story/ref.ts'
import type { ClosedScene } from '../story/scene.ts'
import { type Asking, askingIn } from './asking.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import { isTooSoon, patience } from './patience.ts'

/** After how many tries a scene is let be: those for whom there still are no words remember it as they do. */
const MOST_TRIES = 2

/** What there are words for by now, each under the mark of its view, and how often a model gave none for the rest. */
type Tried = {
  readonly scene: number
  readonly failures: number
  readonly accounts: ReadonlyMap<string, Account>
}

const tries = patience<Tried>()

/** The oldest scene that is over and of which nobody has a summary. The turn that it ended with is told by then. */
const dueAt = ({ state: { scene, turn } }: Head): ClosedScene | undefined => {
  const [oldest] = scene.untold
  return oldest && (oldest.to < turn.number || turn.phase === 'told') ? oldest : undefined
}

/** How many memories are read at once. */
const PAGE = 50

const fineMemories = async (
  { memories }: TurnDeps,
  head: Head,
  owner: EntityId,
  closed: ClosedScene,
): Promise<Fine[]> => {
  const found: Fine[] = []
  for (let offset = 0; ; offset += PAGE) {
    const page = await memories.memoriesOf(head, owner, offset, PAGE)
    found.push(...page.filter(isFineIn(closed)))
    // A scene is opened after the turn before its first one.
    const isPast = page.some(({ turn }) => turn < closed.from - 1)
    if (page.length < PAGE || isPast) return found.toReversed()
  }
}

type Count = (text: string) => number

/** What each who was in a scene has of it; of one alone where `owner` is given. */
const viewsAt = async (
  deps: TurnDeps,
  head: Head,
  closed: ClosedScene,
  count: Count,
  owner?: EntityId,
): Promise<View[]> => {
  const perceived = perceivedBy(head, await deps.store.lines(head, closed.from, closed.to))
  const views = await Promise.all(
    perceived
      .filter((each) => owner === undefined || each.owner === owner)
      .map(async (each) => viewsOf(head, each, await fineMemories(deps, head, each.owner, closed), count)),
  )
  return views.flat()
}

/** Asks what someone keeps, as long as all is there that they are to be asked with; nothing where no model has words. */
const askFor = async (
  deps: TurnDeps,
  context: TurnContext,
  { ask, instructions, count }: Asking,
  head: Head,
  closed: ClosedScene,
  view: View,
): Promise<Account | undefined> => {
  const newest = (await deps.store.load(head.ref)) ?? head
  const views = await viewsAt(deps, newest, closed, count, view.owner)
  const current = views.find((each) => markOf(closed, each) === markOf(closed, view))
  const request =
    current &&
    chroniclerRequest({
      ...{ head: newest, view: current, count },
      instructions: [instructions, context.boundaries].filter(Boolean).join('\n\n'),
    })
  const answered = await ask(request)
  if (!request || !answered) return undefined
  return accountFrom(view, answered.value, { named: request.named, crossingIn: context.crossingIn })
}

/** What there are words for, of someone or of a run of the scene, and where it was asked for in vain. */
type Words = { readonly accounts: ReadonlyMap<string, Account>; readonly isLetBe: (mark: string) => boolean }

/** What of it still holds at a head: all of it, or nothing where anyone's view is another by now. */
const deciding =
  (deps: TurnDeps, closed: ClosedScene, count: Count, { accounts, isLetBe }: Words) =>
  async (newest: Head): Promise<Decision | Refusal> => {
    if (!isDeepStrictEqual(dueAt(newest), closed)) return { refused: 'nothing_changed' }
    const views = (await viewsAt(deps, newest, closed, count)).map((view) => {
      const mark = markOf(closed, view)
      return { view, mark, account: accounts.get(mark) }
    })
    if (views.some(({ mark, account }) => !account && !isLetBe(mark))) return { refused: 'nothing_changed' }
    tries.forget(deps, newest)
    const told = views.flatMap(({ view, account }) => (account ? [{ view, account }] : []))
    return chronicle(newest, closed, told, deps.newId)
  }

/**
 * Asks for each who was in the oldest closed scene what they keep of it. Gives what is to be decided on the newest head,
 * or undefined where nothing is to be. Nobody keeps anything before there are words for all: where a model gave none,
 * what there is waits for another try some turns later, and that is the last.
 */
export const chronicleScene = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  signal: AbortSignal,
): Promise<((newest: Head) => Promise<Decision | Refusal>) | undefined> => {
  const closed = dueAt(head)
  const tried = await tries.last(deps, head)
  if (!closed || isTooSoon(head, tried)) return undefined
  const before = tried?.kept.scene === closed.scene ? tried.kept : undefined
  const asking = askingIn(deps, context, head, 'chronicler', signal)
  const views = await viewsAt(deps, head, closed, asking.count)
  const accounts = new Map<string, Account>()
  for (const view of views) {
    const mark = markOf(closed, view)
    const account = before?.accounts.get(mark) ?? (await askFor(deps, context, asking, head, closed, view))
    if (account) accounts.set(mark, account)
  }
  const isWhole = accounts.size === views.length
  const hasFailed = !isWhole && !asking.hasStopped()
  const failures = (before?.failures ?? 0) + (hasFailed ? 1 : 0)
  const lines = views.flatMap((view) => view.lines.map(({ id }) => id))
  const { scene, from, to } = closed
  tries.keep(deps, head, { from, to, lines }, { scene, failures, accounts }, hasFailed)
  if (!isWhole && !(hasFailed && failures >= MOST_TRIES)) return undefined
  const missing = new Set(views.map((view) => markOf(closed, view)).filter((mark) => !accounts.has(mark)))
  return deciding(deps, closed, asking.count, { accounts, isLetBe: (mark) => missing.has(mark) })
}
