import { LRUCache } from 'lru-cache'
import type { Kickoff } from '../roles/stager/kickoff.ts'
import { readKickoff } from '../roles/stager/read.ts'
import { stagerRequest } from '../roles/stager/request.ts'
import { stage } from '../roles/stager/stage.ts'
import type { Head } from '../story/head.ts'
import type { PlayerId, StoryRef } from '../story/ref.ts'
import { contextFor, type TurnDeps } from './context.ts'
import type { Decide } from './engine.ts'
import { keepMessages } from './keep.ts'
import { limited } from './limit.ts'
import { isPaused } from './paused.ts'
import type { AskFailureKind, Structured } from './ports/models.ts'
import type { FailureKind } from './ports.ts'

export * from '../roles/stager/kickoff.ts'

/** How long a proposal is waited for, in milliseconds. */
const PATIENCE_MS = 30_000

/** The longest answer, in tokens. */
const ANSWER_TOKENS = 1500

/** The most proposals that wait for their confirmation; beyond that, those go that nobody touched for longest. */
const OPEN_LIMIT = 500

/** A turn in which more is said, or that is being answered, has a scene already. */
const busyWith = ({ state: { turn } }: Pick<Head, 'state'>): 'turn_open' | 'turn_gathering' | undefined =>
  turn.phase === 'open' ? 'turn_open' : turn.phase === 'gathering' ? 'turn_gathering' : undefined

/**
 * Why there is no proposal. `late`: no model answered in time. `unreadable`: one answered with something else. `nothing`:
 * the prose says nothing that could be set. All else is what went wrong at the model.
 */
export type NoKickoff = {
  readonly none: 'turn_open' | 'turn_gathering' | 'paused' | 'late' | 'unreadable' | 'nothing' | FailureKind
}

export const isNoKickoff = (outcome: Kickoff | NoKickoff): outcome is NoKickoff => 'none' in outcome

const failureOf = ({ failures }: Structured<unknown>): NoKickoff['none'] => {
  const kind: AskFailureKind = failures.at(-1)?.kind ?? 'unavailable'
  if (kind === 'not_json' || kind === 'misfit') return 'unreadable'
  return kind === 'stopped' || kind === 'stalled' ? 'late' : kind
}

/** Someone's prose on how a scene begins. */
type KickoffAsked = { readonly prose: string; readonly by: PlayerId }

/**
 * Has a model read how a scene begins out of prose, between two turns. Nothing of the story is changed. It is asked for
 * by hand, so it works in a *bare* story too. Throws only when the store fails.
 */
export const proposeKickoff = async (
  deps: TurnDeps,
  head: Head,
  { prose, by }: KickoffAsked,
  signal: AbortSignal,
): Promise<Kickoff | NoKickoff> => {
  const { clock, models, settings } = deps
  const busy = busyWith(head)
  if (busy) return { none: busy }
  if (await isPaused(settings, head.ref.story)) return { none: 'paused' }
  const context = await contextFor(deps, head)
  const caller = { ...context.callerOf('stager', head), player: by }
  const template = context.prompt('stager', head)
  const { count } = models.readerOf(caller)
  const request = stagerRequest({
    ...{ head, prose, count },
    instructions: [template.text, context.boundaries].filter(Boolean).join('\n\n'),
    maxTokens: ANSWER_TOKENS,
  })
  await keepMessages(deps, head, 'stager', template.version, request.messages, count)
  const limit = limited(clock, PATIENCE_MS, 'late', signal)
  const asked = await models.ask(caller, { ...request, signal: limit.signal }).finally(limit.end)
  if (limit.signal.aborted) return { none: 'late' }
  if (asked.source === 'default') return { none: failureOf(asked) }
  // It may have been paused while the model read.
  if (await isPaused(settings, head.ref.story)) return { none: 'paused' }
  return readKickoff(head, asked.value, context.isAllowed) ?? { none: 'nothing' }
}

/** Begins a scene as someone confirmed it, between two turns of the head that is the newest by then. */
export const beginning =
  (kickoff: Kickoff, by: PlayerId, { newId }: Pick<TurnDeps, 'newId'>): Decide =>
  (head) => {
    const busy = busyWith(head)
    return busy ? { refused: busy } : stage(head.state, by, kickoff, newId)
  }

/** A proposal that waits to be corrected and confirmed by whoever asked for it. */
export type OpenKickoff = {
  readonly ref: StoryRef
  readonly by: PlayerId
  readonly kickoff: Kickoff
}

/** Proposals, and those that are open. These live in this process: none outlives a restart. */
export type Kickoffs = {
  propose(head: Head, asked: KickoffAsked): Promise<Kickoff | NoKickoff>
  /** Keeps a proposal, in the place of what was kept under this id. */
  put(id: string, open: OpenKickoff): void
  of(id: string): OpenKickoff | undefined
  /** Gives it and keeps it no more: of two who take it, one has it. */
  take(id: string): OpenKickoff | undefined
  /** Ends what is being asked. */
  close(): void
}

export const createKickoffs = (deps: TurnDeps): Kickoffs => {
  const kept = new LRUCache<string, OpenKickoff>({ max: OPEN_LIMIT })
  const closing = new AbortController()
  return {
    propose: (head, asked) => proposeKickoff(deps, head, asked, closing.signal),
    put: (id, open) => {
      kept.set(id, open)
    },
    of: (id) => kept.get(id),
    take: (id) => {
      const open = kept.get(id)
      kept.delete(id)
      return open
    },
    close: () => closing.abort(),
  }
}
