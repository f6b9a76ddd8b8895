import { SkeinError, unreachable } from '../kit/errors.ts'
import { assemble } from '../prompt/assemble.ts'
import { DEFAULT_BUDGET, type Prompt, type PromptBudget } from '../prompt/part.ts'
import { questionOf } from '../recall/question.ts'
import { factsInMind, inMind } from '../recall/recall.ts'
import { CHANGES_TOLD } from '../roles/biographer.ts'
import { growingAnswer, readAnswer } from '../roles/read-answer.ts'
import { type Summary, writerParts } from '../roles/writer.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { NARRATOR } from '../story/ref.ts'
import { beginsAfter, OPENING } from '../story/reset.ts'
import type { Ending } from '../story/turn.ts'
import { perceivedFor, readersOf } from '../story/witness.ts'
import { type TurnContext, type TurnDeps, writingOptions } from './context.ts'
import { answerIn } from './keep.ts'
import { knownFrom, summariesFor } from './past.ts'
import type { Models } from './ports/models.ts'
import type { KeptSummary, Phase } from './ports/records.ts'
import type { Outcome, Stage, WritingEnd, Written } from './ports.ts'
import { broughtUp, pinnedBy, queryFor } from './remembered.ts'

/** Why a caller aborts an answer. `held_back`: what came must not stand in the story; `late`: it took too long. */
export type AbortReason = 'stopped' | 'interrupted' | 'held_back' | 'late'

/** An answer with the prompt that it was written to, if it came to one. */
export type Attempted = { readonly outcome: Outcome; readonly prompt: Prompt | undefined }

/** Turns before that many fit into no prompt: where nothing sums them up, they are not read either. */
const TURNS_READ = 200

/** The turns that are not summed up. With the opening, where that is all that a reset has left of what came before. */
const linesFor = async (
  head: Head,
  summaries: readonly Summary[],
  { store }: Pick<TurnDeps, 'store'>,
): Promise<Line[]> => {
  const { turn, resets, past } = head.state
  const from = Math.max(past.left, turn.number - TURNS_READ) + 1
  const recent = await store.lines(head, from, turn.number)
  const readers = [turn.speaker, ...readersOf(head.state, turn.speaker)]
  const isForgotten =
    readers.some((reader) => beginsAfter(resets, reader) > 0) &&
    !summaries.some((each) => each.from <= OPENING)
  return from > OPENING && isForgotten ? [...(await store.lines(head, OPENING, OPENING)), ...recent] : recent
}

/** What of some lines the speaker may be told. Whoever has summaries is no newcomer: nothing is told past them. */
const heardOf = (head: Head, lines: readonly Line[], kept: readonly KeptSummary[]): Line[] => {
  const { speaker } = head.state.turn
  const known = knownFrom(kept, readersOf(head.state, speaker))
  return perceivedFor(head.state, speaker, lines).filter((line) =>
    known.every(({ reader, from }) => line.turn < from || line.witnesses.includes(reader)),
  )
}

/** The parts of the prompt, from what the speaker can know. */
const partsFor = async (deps: TurnDeps, context: TurnContext, head: Head) => {
  const { speaker } = head.state.turn
  const { isAllowed } = context
  const kept = await deps.summaries.of(head)
  const summaries = summariesFor(kept, readersOf(head.state, speaker))
  const lines = heardOf(head, await linesFor(head, summaries, deps), kept)
  const query = queryFor(head, lines, context)
  const isNarrator = speaker === NARRATOR
  // Before the best are chosen: what is left out makes room for the next.
  const allowed = <Noted extends { readonly body: string }>(some: readonly Noted[]): Noted[] =>
    some.filter(({ body }) => isAllowed(body))
  const pinned = allowed(isNarrator ? [] : await pinnedBy(deps, head, speaker))
  const brought = allowed(isNarrator ? [] : await broughtUp(deps, context, head, query))
  const facts = allowed(isNarrator ? [] : await deps.memories.factsOf(head, speaker))
  const changes = allowed(isNarrator ? [] : await deps.evolutions.of(head, speaker)).slice(-CHANGES_TOLD)
  return writerParts({
    ...{ head, lines, summaries, isAllowed },
    rules: context.prompt(isNarrator ? 'narrator' : 'character', head).text,
    boundaries: context.boundaries,
    changes: changes.map(({ body }) => body),
    recalled: inMind(pinned, brought, context.settings.story.recalled ?? undefined),
    facts: factsInMind(facts, questionOf(query)),
  })
}

/** What fits into the model that is asked, beside its answer. */
const budgetFor = (context: number | undefined, maxTokens: number): PromptBudget => {
  const room = context === undefined ? DEFAULT_BUDGET.hard : Math.max(0, context - maxTokens)
  return { soft: Math.min(DEFAULT_BUDGET.soft, room), hard: Math.min(DEFAULT_BUDGET.hard, room) }
}

const endingOf = (end: Exclude<WritingEnd, { kind: 'failed' }>, signal: AbortSignal): Ending => {
  if (end.kind === 'finished') return end.reason === 'length' ? 'length' : 'finished'
  if (end.kind === 'cut') return 'cut'
  const reason: AbortReason = signal.reason
  if (reason === 'late') return 'cut'
  return reason === 'held_back' || reason === 'interrupted' ? reason : 'stopped'
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
    case 'stopped': {
      const ending = endingOf(end, signal)
      if (ending === 'cut') return { kind: 'failed', failure: 'stalled' }
      return { kind: 'failed', failure: ending === 'finished' || ending === 'length' ? 'stopped' : ending }
    }
    case 'finished':
      return { kind: 'failed', failure: signal.reason === 'held_back' ? 'held_back' : 'empty' }
    default:
      return unreachable(end)
  }
}

/** An answer that is under way: by what it is told, to whom it is shown, and until when. */
export type Telling = {
  readonly context: TurnContext
  readonly head: Head
  readonly stage: Stage
  readonly signal: AbortSignal
  /** What is done for it from now on. */
  readonly enter: (phase: Phase) => void
}

type Stream = Telling & {
  readonly models: Models
  /** What was written so far, for when something breaks. */
  readonly draft: { text: string }
  readonly writing: ReturnType<typeof writingOptions>
}

/** Streams one answer to the stage, up to where it would cross a line. */
const stream = async (
  { models, context, head, stage, draft, signal, writing }: Stream,
  prompt: Prompt,
): Promise<Outcome> => {
  const crossing = new AbortController()
  const stop = AbortSignal.any([signal, crossing.signal])
  let text = ''
  let end: number | undefined
  const { deltas, result } = models.write(context.callerOf('writer', head), {
    messages: prompt.messages,
    ...writing,
    signal: stop,
  })
  for await (const delta of deltas) {
    text += delta
    const told = readAnswer(text, head)
    end = context.crossingIn(told, true)
    draft.text = told.slice(0, end)
    if (end !== undefined) crossing.abort('held_back' satisfies AbortReason)
    stage.show(context.shownOf(growingAnswer(text, head)).slice(0, end))
  }
  const written = await result
  const told = readAnswer(written.text, head)
  const at = context.crossingIn(told)
  if (at === undefined) return outcomeOf(written, told, stop)
  crossing.abort('held_back' satisfies AbortReason)
  return outcomeOf({ ...written, end: { kind: 'stopped' } }, told.slice(0, at).trimEnd(), crossing.signal)
}

/** Whether the answer is to have most of its model's room, so that no prompt has enough beside it. */
const takesMost = (deps: TurnDeps, { context, head }: Telling): boolean => {
  const reader = deps.models.readerOf(context.callerOf('writer', head))
  return reader.context !== undefined && writingOptions(context, head, deps).maxTokens > reader.context / 2
}

/** What there is when our own code failed: the text that was written by then is kept. */
const afterError = (error: unknown, text: string, deps: TurnDeps, telling: Telling): Outcome => {
  const { log } = deps
  const { head } = telling
  const where = { ...head.ref, turn: head.state.turn.id }
  if (error instanceof SkeinError && error.code === 'prompt_too_long') {
    log.warn({ ...where, ...error.details }, 'the prompt is too long: the model was not asked')
    const section = takesMost(deps, telling) ? 'length' : String(error.details.section)
    return { kind: 'failed', failure: 'too_long', section }
  }
  log.error({ err: error, ...where }, 'an answer could not be written')
  return text === '' ? { kind: 'failed', failure: 'internal' } : { kind: 'told', text, ending: 'cut' }
}

/** How much of a prompt that was too long for its model the next one may be. */
const TIGHTER = 0.6

/**
 * Asks the model and shows the answer as it grows. A prompt that is too long for the model is trimmed once more.
 * Never throws: whatever goes wrong is an outcome.
 */
export const writeAnswer = async (deps: TurnDeps, telling: Telling): Promise<Attempted> => {
  const { models, records } = deps
  const { context, head, enter } = telling
  const draft = { text: '' }
  const writing = writingOptions(context, head, deps)
  const to: Stream = { ...telling, models, draft, writing }
  let prompt: Prompt | undefined
  try {
    const reader = models.readerOf(context.callerOf('writer', head))
    enter('recalling')
    const parts = await partsFor(deps, context, head)
    enter('writing')
    const assembled = async (budget: PromptBudget): Promise<Prompt> => {
      prompt = assemble(parts, budget, reader.count)
      await records.keepPrompt(answerIn(head), head.state.turn.number, {
        role: 'writer',
        template: context.prompt(head.state.turn.speaker === NARRATOR ? 'narrator' : 'character', head)
          .version,
        ...{ parts: prompt.parts, tokens: prompt.tokens },
      })
      return prompt
    }
    const first = await assembled(budgetFor(reader.context, writing.maxTokens))
    const outcome = await stream(to, first)
    if (outcome.kind !== 'failed' || outcome.failure !== 'too_long') return { outcome, prompt }
    const tight = Math.floor(first.tokens * TIGHTER)
    // Where the musts alone are no less than what was too long, this says which section to shorten.
    const second = await assembled({ soft: tight, hard: first.tokens })
    return { outcome: await stream(to, second), prompt }
  } catch (error) {
    return { outcome: afterError(error, draft.text, deps, telling), prompt }
  }
}
