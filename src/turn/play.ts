import { SkeinError } from '../kit/errors.ts'
import type { Prompt } from '../prompt/part.ts'
import { goOn, isRefusal, type Refusal } from '../story/decide.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef } from '../story/ref.ts'
import { answer } from './answer.ts'
import { contextFor, type TurnDeps } from './context.ts'
import type { Decide } from './engine.ts'
import { answerIn } from './keep.ts'
import type { Sources } from './ports.ts'
import { settleTurn } from './settle.ts'

/** The head of a branch. Throws `story_missing` where there is none. */
export const loadOrThrow = async ({ store }: Pick<TurnDeps, 'store'>, ref: StoryRef): Promise<Head> => {
  const head = await store.load(ref)
  if (!head) throw new SkeinError('story_missing', 'no such story or branch', { ...ref })
  return head
}

const TRIES = 3

/** Decides on the newest head of a branch and appends; when the head has moved in between, decides again. */
export const commit = async (
  deps: Pick<TurnDeps, 'store'>,
  ref: StoryRef,
  decide: Decide,
  sources: Sources,
): Promise<'appended' | 'duplicate' | Refusal> => {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const head = await loadOrThrow(deps, ref)
    const decision = await decide(head)
    if (isRefusal(decision)) return decision
    const appended = await deps.store.append(head, decision, sources)
    if (appended !== 'lost_race') return appended
  }
  throw new SkeinError('head_contended', `the head moved ${TRIES} times in a row`, { ...ref })
}

/** Opens a turn for the next whom the plan has speak; false where there is none, or where the answer broke off. */
const openNext = async ({ store, newId }: TurnDeps, head: Head): Promise<boolean> => {
  const { phase, ending, next, player } = head.state.turn
  if (phase !== 'told' || (ending !== 'finished' && ending !== 'length') || next.length === 0) return false
  const decision = goOn(head.state, player, newId)
  return !isRefusal(decision) && (await store.append(head, decision)) === 'appended'
}

/**
 * Answers the open turn of a branch, and then lets those speak whom the plan has next, while `isFree` says that no
 * player waits. Gives the newest prompt that was written to.
 */
export const tellOpenTurns = async (
  deps: TurnDeps,
  ref: StoryRef,
  signal: AbortSignal,
  isFree: () => boolean,
): Promise<Prompt | undefined> => {
  let head = await loadOrThrow(deps, ref)
  let prompt: Prompt | undefined
  while (head.state.turn.phase === 'open') {
    prompt = (await answer(deps, head, signal)) ?? prompt
    head = await loadOrThrow(deps, ref)
    if (signal.aborted || !isFree() || !(await openNext(deps, head))) break
    head = await loadOrThrow(deps, ref)
  }
  return prompt
}

/** Settles what the newest turns brought about. Throws only when the store fails. */
export const settleNewest = async (deps: TurnDeps, ref: StoryRef, signal: AbortSignal): Promise<void> => {
  const { clock, records, log } = deps
  const head = await loadOrThrow(deps, ref)
  const begun = clock.now()
  const settled = await settleTurn(deps, await contextFor(deps, head), head, signal)
  if (settled === 'unsettled') log.info({ ...ref }, 'what a turn brought about is not settled yet')
  const at = answerIn(head)
  const before = await records.phasesOf(at)
  await records.keepPhases(at, [...before, { phase: 'settling', ms: Math.round(clock.now() - begun) }])
}
