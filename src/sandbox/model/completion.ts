import type { Effect } from './faults.ts'
import { pieces, promptTokens, tokenCount } from './tokens.ts'
import { type CompletionRequest, textOf } from './wire.ts'

export type FinishReason = 'stop' | 'length' | 'content_filter'

/** One answer, ready to be sent whole or piece by piece. `ending` is how a faulty stream ends instead. */
export type Completion = {
  readonly id: string
  readonly created: number
  readonly model: string
  readonly pieces: readonly string[]
  readonly finish: FinishReason
  readonly usage: Usage
  readonly ending: 'whole' | 'stall' | 'end' | 'drop'
}

type Usage = {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly total_tokens: number
}

/** The text up to the first of the stop strings, as OpenAI gives it: without the string itself. */
const beforeStop = (text: string, stop: readonly string[]): string => {
  const ends = stop.filter((each) => each !== '').map((each) => text.indexOf(each))
  const found = ends.filter((index) => index >= 0)
  return found.length === 0 ? text : text.slice(0, Math.min(...found))
}

const stopsOf = ({ stop }: CompletionRequest): readonly string[] =>
  stop == null ? [] : typeof stop === 'string' ? [stop] : stop

/** Cuts what the improviser wrote down to what was asked for, or to what a fault leaves of it. */
export const complete = (
  request: CompletionRequest,
  written: string,
  effect: Effect,
  made: { id: string; created: number },
): Completion => {
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY
  const wanted = pieces(beforeStop(effect.text ?? written, stopsOf(request)))
  const fitting = wanted.slice(0, limit)
  const kept = effect.break ? fitting.slice(0, effect.break.afterTokens) : fitting
  const how = effect.break?.how
  const prompt = promptTokens(request.messages.map((each) => textOf(each.content)))
  const output = tokenCount(kept.join(''))
  return {
    ...made,
    model: request.model,
    pieces: kept,
    finish: how === 'filter' ? 'content_filter' : fitting.length < wanted.length ? 'length' : 'stop',
    usage: { prompt_tokens: prompt, completion_tokens: output, total_tokens: prompt + output },
    ending: how === undefined || how === 'filter' ? 'whole' : how,
  }
}

/** The body of an answer that is not streamed. */
export const wholeBody = (completion: Completion) => ({
  id: completion.id,
  object: 'chat.completion',
  created: completion.created,
  model: completion.model,
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: completion.pieces.join(''), refusal: null },
      logprobs: null,
      finish_reason: completion.finish,
    },
  ],
  usage: completion.usage,
})

type Delta = { readonly role?: 'assistant'; readonly content?: string }

/** The chunks of a streamed answer, in the order of OpenAI: role, text, finish reason, usage if asked for. */
export const chunksOf = (completion: Completion, includeUsage: boolean) => {
  const { id, created, model } = completion
  const head = { id, object: 'chat.completion.chunk', created, model }
  const usage = includeUsage ? { usage: null } : {}
  const chunk = (delta: Delta, finish: FinishReason | null) => ({
    ...head,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    ...usage,
  })
  return {
    first: chunk({ role: 'assistant', content: '' }, null),
    texts: completion.pieces.map((content) => chunk({ content }, null)),
    last: [
      chunk({}, completion.finish),
      ...(includeUsage ? [{ ...head, choices: [], usage: completion.usage }] : []),
    ],
  }
}
