import { isDeepStrictEqual } from 'node:util'
import type { ChatMessage } from '../prompt/message.ts'
import { type Account, accountFrom } from '../roles/chronicler/account.ts'
import { chronicle } from '../roles/chronicler/chronicle.ts'
import { chroniclerRequest } from '../roles/chronicler/request.ts'
import { type Fine, isFineIn, markOf, perceivedBy, type View, viewOf } from '../roles/chronicler/view.ts'
import type { Decision, Refusal } from '../story/draft.ts'
import type { Head } from '../story/head.ts'
import type { EntityId } from '../story/ref.ts'
import type { ClosedScene } from '../story/scene.ts'
import type { TurnContext, TurnDeps } from './context.ts'
import { keepMessages } from './keep.ts'
import { keyOf } from './queue.ts'

/** For how many turns nothing is asked on a branch after a model gave no words. */
const PATIENCE = 5

/** What there are words for by now, each under the mark of its view. `failed`: where the last try gave none for the rest. */
type Tried = {
  readonly accounts: ReadonlyMap<string, Account>
  readonly failed: { readonly strand: number; readonly turn: number } | undefined
}

// Only asking again depends on it, so it need not outlive the program.
const tries = new WeakMap<TurnDeps, Map<string, Tried>>()

const triesIn = (deps: TurnDeps): Map<string, Tried> => {
  const known = tries.get(deps) ?? new Map<string, Tried>()
  tries.set(deps, known)
  return known
}

/** Whether a try has failed lately; not where the story went back to before it. */
const isTooSoon = ({ strand, state }: Head, tried: Tried | undefined): boolean => {
  const { number } = state.turn
  const failed = tried?.failed
  return failed?.strand === strand && failed.turn <= number && number < failed.turn + PATIENCE
}

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

const viewsAt = async (deps: TurnDeps, head: Head, closed: ClosedScene): Promise<View[]> => {
  const perceived = perceivedBy(head, await deps.store.lines(head, closed.from, closed.to))
  return Promise.all(
    perceived.map(async (each) => viewOf(head, each, await fineMemories(deps, head, each.owner, closed))),
  )
}

type Ask = (view: View) => Promise<Account | undefined>

/** Asks what someone keeps; nothing where no model has words for it. All that is sent is kept together. */
const asking = (deps: TurnDeps, context: TurnContext, head: Head, signal: AbortSignal): Ask => {
  const caller = context.callerOf('chronicler', head)
  const template = context.prompt('chronicler', head)
  const { count } = deps.models.readerOf(caller)
  const sent: ChatMessage[] = []
  return async (view) => {
    if (signal.aborted) return undefined
    const { named, ...request } = chroniclerRequest({
      ...{ head, view, count },
      instructions: [template.text, context.boundaries].filter(Boolean).join('\n\n'),
    })
    const { messages } = request
    sent.push(...(sent.length === 0 ? messages : messages.filter(({ role }) => role !== 'system')))
    await keepMessages(deps, head, 'chronicler', template.version, sent, count)
    const { value } = await deps.models.ask(caller, { ...request, signal })
    return accountFrom(view, value, { named, crossingIn: context.crossingIn })
  }
}

/** What of it still holds at a head: all of it, or nothing where anyone's view is another by now. */
const deciding =
  (deps: TurnDeps, closed: ClosedScene, words: ReadonlyMap<string, Account>) =>
  async (newest: Head): Promise<Decision | Refusal> => {
    if (!isDeepStrictEqual(dueAt(newest), closed)) return { refused: 'nothing_changed' }
    const views = await viewsAt(deps, newest, closed)
    const accounts = views.flatMap((view) => {
      const account = words.get(markOf(closed, view))
      return account ? [{ view, account }] : []
    })
    if (accounts.length < views.length) return { refused: 'nothing_changed' }
    triesIn(deps).delete(keyOf(newest.ref))
    return chronicle(newest, closed, accounts, deps.newId)
  }

/**
 * Asks for each who was in the oldest closed scene what they keep of it. Gives what is to be decided on the newest head,
 * or undefined where nothing is to be. Nobody keeps anything before there are words for all: where a model gave none,
 * what there is waits for another try some turns later.
 */
export const chronicleScene = async (
  deps: TurnDeps,
  context: TurnContext,
  head: Head,
  signal: AbortSignal,
): Promise<((newest: Head) => Promise<Decision | Refusal>) | undefined> => {
  const closed = dueAt(head)
  const before = triesIn(deps).get(keyOf(head.ref))
  if (!closed || isTooSoon(head, before)) return undefined
  const views = await viewsAt(deps, head, closed)
  const ask = asking(deps, context, head, signal)
  const accounts = new Map<string, Account>()
  for (const view of views) {
    const mark = markOf(closed, view)
    const account = before?.accounts.get(mark) ?? (await ask(view))
    if (account) accounts.set(mark, account)
  }
  const isWhole = accounts.size === views.length
  const isFailed = !isWhole && !signal.aborted
  const failed = isFailed ? { strand: head.strand, turn: head.state.turn.number } : undefined
  triesIn(deps).set(keyOf(head.ref), { accounts, failed })
  return isWhole ? deciding(deps, closed, accounts) : undefined
}
