import { SkeinError, unreachable } from '../kit/errors.ts'
import type { NewId } from '../kit/ids.ts'
import type { Logger } from '../kit/logger.ts'
import { growingAnswer, readAnswer, writerPrompt } from '../roles/writer.ts'
import { type Decision, fail, isRefusal, type Refusal, tell } from '../story/decide.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { beginsAfter, OPENING } from '../story/reset.ts'
import type { Ending } from '../story/turn.ts'
import type {
  Answering,
  DeliveryStore,
  Model,
  Outcome,
  SetStage,
  Stage,
  StoryStore,
  TurnRef,
  WritingEnd,
  Written,
} from './ports.ts'

export type AnswerDeps = {
  readonly store: StoryStore
  readonly deliveries: DeliveryStore
  readonly model: Model
  readonly setStage: SetStage
  readonly newId: NewId
  readonly log: Logger
  /** The longest answer, in tokens. */
  readonly maxTokens: number
  readonly temperature: number
}

/** How many turns are read for a prompt: more than the token budget ever keeps. */
const TURNS_READ = 60

/** Why a caller aborts an answer. */
export type AbortReason = 'stopped' | 'interrupted'

/** Who answers the newest turn, and to what words. */
export const answeringIn = ({ state: { turn }, words }: Head): Answering => ({
  speaker: turn.speaker,
  quote: words.get(turn.line ?? ''),
})

export const turnOf = ({ ref, state }: Head): TurnRef => ({ ...ref, turn: state.turn.id })

const endingOf = (end: Exclude<WritingEnd, { kind: 'failed' }>, signal: AbortSignal): Ending => {
  if (end.kind === 'finished') return end.reason === 'length' ? 'length' : 'finished'
  if (end.kind === 'cut') return 'cut'
  return signal.reason === 'interrupted' ? 'interrupted' : 'stopped'
}

/** What a piece of writing comes to: words that enter the story, or the reason why there are none. */
const outcomeOf = ({ end }: Written, text: string, signal: AbortSignal): Outcome => {
  if (end.kind === 'failed') {
    const { kind: failure, until } = end.failure
    return { kind: 'failed', failure, ...(until === undefined ? {} : { until }) }
  }
  if (text.trim() !== '') return { kind: 'told', text, ending: endingOf(end, signal) }
  switch (end.kind) {
    case 'cut':
      return { kind: 'failed', failure: end.failure.kind }
    case 'stopped':
      return { kind: 'failed', failure: signal.reason === 'interrupted' ? 'interrupted' : 'stopped' }
    case 'finished':
      return { kind: 'failed', failure: 'empty' }
    default:
      return unreachable(end)
  }
}

/** What there is when our own code failed: the text that was written by then is kept. */
const afterError = (error: unknown, text: string, { log }: AnswerDeps, head: Head): Outcome => {
  if (error instanceof SkeinError && error.code === 'prompt_too_long') {
    log.warn({ ...head.ref, ...error.details }, 'the prompt is too long: the model was not asked')
    return { kind: 'failed', failure: 'too_long' }
  }
  log.error({ err: error, ...turnOf(head) }, 'an answer could not be written')
  return text === '' ? { kind: 'failed', failure: 'internal' } : { kind: 'told', text, ending: 'cut' }
}

/** What a prompt may hold: the newest lines, and the opening where all that came before was left behind. */
const linesFor = async (head: Head, { store }: Pick<AnswerDeps, 'store'>): Promise<Line[]> => {
  const { turn, resets } = head.state
  const from = turn.number - TURNS_READ + 1
  const recent = await store.lines(head, from, turn.number)
  const isRead = from <= OPENING || beginsAfter(resets, turn.speaker) < from
  return isRead ? recent : [...(await store.lines(head, OPENING, OPENING)), ...recent]
}

/** As the settings have it, where the turn was not asked otherwise. */
const writingOptions = ({ state }: Head, deps: Pick<AnswerDeps, 'maxTokens' | 'temperature'>) => {
  const { maxTokens, temperature, model } = state.turn.options
  return {
    maxTokens: maxTokens ?? deps.maxTokens,
    temperature: temperature ?? deps.temperature,
    ...(model === null ? {} : { model }),
  }
}

/** Asks the model and shows the answer as it grows. Never throws: whatever goes wrong is an outcome. */
const write = async (deps: AnswerDeps, head: Head, stage: Stage, signal: AbortSignal): Promise<Outcome> => {
  let text = ''
  try {
    const { deltas, result } = deps.model.write({
      messages: writerPrompt(head, await linesFor(head, deps)),
      ...writingOptions(head, deps),
      signal,
    })
    for await (const delta of deltas) {
      text += delta
      stage.show(growingAnswer(text, head))
    }
    const written = await result
    return outcomeOf(written, readAnswer(written.text, head), signal)
  } catch (error) {
    return afterError(error, readAnswer(text, head), deps, head)
  }
}

const decideOn = (head: Head, outcome: Outcome, newId: NewId): Decision | Refusal =>
  outcome.kind === 'told'
    ? tell(head.state, outcome.text, outcome.ending, newId)
    : fail(head.state, outcome.failure, newId, outcome.until ?? null)

/**
 * Commits how an answer ended, then shows it. The commit comes first: from then on, and while the end cannot be
 * shown, there is an open delivery, which `recoverDelivery` shows again.
 */
export const conclude = async (
  deps: Pick<AnswerDeps, 'store' | 'deliveries' | 'newId'>,
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
 * Answers the head's open turn: prompt, stream, commit, end. Throws only when the store fails; then the turn stays
 * open, and the next to come to it ends it with `recoverDelivery`.
 */
export const answer = async (deps: AnswerDeps, head: Head, signal: AbortSignal): Promise<void> => {
  const delivery = await deps.deliveries.of(turnOf(head))
  const stage = await deps.setStage(head, delivery, answeringIn(head))
  try {
    const outcome = await write(deps, head, stage, AbortSignal.any([signal, stage.gone]))
    await conclude(deps, head, outcome, stage)
  } finally {
    stage.leave()
  }
}
