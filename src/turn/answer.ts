import { SkeinError } from '../kit/errors.ts'
import type { NewId } from '../kit/ids.ts'
import { type Decision, fail, isRefusal, type Refusal, tell } from '../story/decide.ts'
import type { Head } from '../story/head.ts'
import { contextFor, type TurnDeps } from './context.ts'
import { answerIn } from './keep.ts'
import { limited } from './limit.ts'
import { courseOf } from './phases.ts'
import { isToPlan, planTurn } from './plan.ts'
import type { Phase } from './ports/records.ts'
import type { Answering, Outcome, Stage, TurnRef } from './ports.ts'
import { type AbortReason, type Attempted, writeAnswer } from './write.ts'

/** Who answers the newest turn, and to what words. */
export const answeringIn = ({ state: { turn }, words }: Head): Answering => ({
  speaker: turn.speaker,
  quote: words.get(turn.line ?? ''),
})

export const turnOf = ({ ref, state }: Head): TurnRef => ({ ...ref, turn: state.turn.id })

const decideOn = (head: Head, outcome: Outcome, newId: NewId): Decision | Refusal =>
  outcome.kind === 'told'
    ? tell(head.state, outcome.text, outcome.ending, newId)
    : fail(head.state, outcome.failure, newId, outcome)

/**
 * Commits how an answer ended, then shows it. The commit comes first: from then on, and while the end cannot be
 * shown, there is an open delivery, which `recoverDelivery` shows again.
 */
export const conclude = async (
  deps: Pick<TurnDeps, 'store' | 'deliveries' | 'newId'>,
  head: Head,
  outcome: Outcome,
  stage: Stage,
): Promise<void> => {
  const decision = decideOn(head, outcome, deps.newId)
  if (isRefusal(decision)) throw new SkeinError('not_concluded', decision.refused, { ...turnOf(head) })
  const appended = await deps.store.append(head, decision)
  if (appended !== 'appended') throw new SkeinError('not_concluded', appended, { ...turnOf(head) })
  if ((await stage.finish(outcome)) !== 'later') await deps.deliveries.delivered(turnOf(head))
}

/**
 * Answers the head's open turn: plan, prompt, stream, commit, end. Gives the prompt that it was written to, if it came
 * to one. Throws only when the store fails; then the turn stays open, and the next to come to it ends it with
 * `recoverDelivery`.
 */
export const answer = async (
  deps: TurnDeps,
  opened: Head,
  signal: AbortSignal,
): Promise<Attempted['prompt']> => {
  const { deliveries, setStage, records, clock } = deps
  const stage = await setStage(opened, await deliveries.of(turnOf(opened)), answeringIn(opened))
  const limit = limited(
    clock,
    deps.deadlineMs,
    'late' satisfies AbortReason,
    AbortSignal.any([signal, stage.gone]),
  )
  const course = courseOf(clock.now)
  let head = opened
  const enter = (phase: Phase) => {
    course.enter(phase)
    stage.enter(phase, head)
  }
  try {
    const context = await contextFor(deps, opened)
    if (isToPlan(context, head)) {
      enter('planning')
      head = await planTurn(deps, context, head, limit.signal)
    }
    const { signal: until } = limit
    const { outcome, prompt } = await writeAnswer(deps, { context, head, stage, enter, signal: until })
    await conclude(deps, head, outcome, stage)
    await records.keepPhases(answerIn(head), course.times())
    return prompt
  } finally {
    limit.end()
    stage.leave()
  }
}
