import type { Effect } from './effects.ts'
import { pieces, tokenCount } from './tokens.ts'
import type { CompletionRequest } from './wire.ts'

export type FinishReason = 'stop' | 'length' | 'content_filter'

/** One answer, ready to be sent whole or piece by piece. `ending` is how a faulty stream ends instead. */
export type Completion = {
  readonly id: string
  readonly created: number
  readonly model: string
  /** What came before the text, in a field of its own. */
  readonly reasoning: { readonly field: string; readonly pieces: readonly string[] } | undefined
  readonly pieces: readonly string[]
  readonly refusal: string | undefined
  readonly finish: FinishReason
  /** Undefined where it is kept back. */
  readonly usage: Usage | undefined
  readonly ending: 'whole' | 'stall' | 'end' | 'drop' | 'error'
}

type Usage = {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
  readonly prompt_tokens_details: { readonly cached_tokens: number }
  readonly completion_tokens_details: { readonly reasoning_tokens: number }
}

/** What is known of a request before its answer is written. */
export type Making = {
  readonly id: string
  readonly created: number
  readonly promptTokens: number
  readonly cachedTokens: number
}

/** The text up to the first of the stop strings, as OpenAI gives it: without the string itself. */
const beforeStop = (text: string, stop: readonly string[]): string => {
  const ends = stop.filter((each) => each !== '').map((each) => text.indexOf(each))
  const found = ends.filter((index) => index >= 0)
  return found.length === 0 ? text : text.slice(0, Math.min(...found))
}

const stopsOf = ({ stop }: CompletionRequest): readonly string[] =>
  stop == null ? [] : typeof stop === 'string' ? [stop] : stop

const endings = {
  stall: 'stall',
  end: 'end',
  drop: 'drop',
  error: 'error',
  filter: 'whole',
  length: 'whole',
} as const

/** Cuts what the improviser wrote down to what was asked for, or to what a fault leaves of it. */
export const complete = (
  request: CompletionRequest,
  written: string,
  effect: Effect,
  { id, created, promptTokens, cachedTokens }: Making,
): Completion => {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY
  const thought = pieces(effect.reasoning?.text ?? '').slice(0, limit)
  const text = effect.refusal === undefined ? (effect.rewrite?.(written) ?? written) : ''
  const wanted = pieces(beforeStop(text, stopsOf(request)))
  const fitting = wanted.slice(0, Math.max(0, limit - thought.length))
  const kept = effect.break ? fitting.slice(0, effect.break.afterTokens) : fitting
  const how = effect.break?.how
  const isShort = how === 'length' || fitting.length < wanted.length
  const reasoningTokens = tokenCount(thought.join(''))
  const output = reasoningTokens + tokenCount(kept.join('')) + tokenCount(effect.refusal ?? '')
  return {
    id,
    created,
    model: request.model,
    reasoning: effect.reasoning && { field: effect.reasoning.field, pieces: thought },
    pieces: kept,
    refusal: effect.refusal,
    finish: how === 'filter' ? 'content_filter' : isShort ? 'length' : 'stop',
    usage: effect.hidesUsage
      ? undefined
      : {
          prompt_tokens: promptTokens,
          completion_tokens: output,
          total_tokens: promptTokens + output,
          prompt_tokens_details: { cached_tokens: cachedTokens },
          completion_tokens_details: { reasoning_tokens: reasoningTokens },
        },
    ending: how === undefined ? 'whole' : endings[how],
  }
}

/** The body of an answer that is not streamed. */
export const wholeBody = ({ id, created, model, reasoning, refusal, ...rest }: Completion) => ({
  id,
  object: 'chat.completion',
  created,
  model,
  choices: [
    {
      index: 0,
      message: {
        role: 'assistant',
        ...(reasoning ? { [reasoning.field]: reasoning.pieces.join('') } : {}),
        content: refusal === undefined ? rest.pieces.join('') : null,
        refusal: refusal ?? null,
      },
      logprobs: null,
      finish_reason: rest.finish,
    },
  ],
  ...(rest.usage ? { usage: rest.usage } : {}),
})

type Delta = Readonly<Record<string, string>>

/**
 * The chunks of a streamed answer, in the order of OpenAI: role, text, finish reason, usage if asked for. Reasoning
 * stands before the text, a refusal in its place.
 */
export const chunksOf = (completion: Completion, includeUsage: boolean) => {
  const { id, created, model, reasoning, refusal, usage } = completion
  const head = { id, object: 'chat.completion.chunk', created, model }
  const isCounted = includeUsage && usage !== undefined
  const chunk = (delta: Delta, finish: FinishReason | null) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...(isCounted ? { usage: null } : {}),
  })
  return {
    first: chunk({ role: 'assistant', content: '' }, null),
    texts: [
      ...(reasoning?.pieces.map((piece) => ({ [reasoning.field]: piece })) ?? []),
      ...completion.pieces.map((content) => ({ content })),
      ...(refusal === undefined ? [] : pieces(refusal).map((piece) => ({ refusal: piece }))),
    ].map((delta: Delta) => chunk(delta, null)),
    last: [chunk({}, completion.finish), ...(isCounted ? [{ ...head, choices: [], usage }] : [])],
  }
}
