import { type Effect, effects } from './effects.ts'
import type { OverflowStyle } from './overflow.ts'
import type { CompletionRequest } from './wire.ts'

/** Who a fault strikes and for how long: for `times` requests, else until it is removed. */
type Reach = {
  readonly times?: number
  /** Requests for prose unless it says otherwise, so that calls around a turn do not use up what is meant for it. */
  readonly only?: 'prose' | 'json' | 'any'
  /** Only requests for this model. */
  readonly model?: string
}

/**
 * What can go wrong at a provider, as data. To add a kind: add it here and say in `effects` what it does to a
 * request.
 */
export type Fault = Reach &
  (
    | { readonly kind: 'unauthorized' }
    /** The key is known, and may not do this. */
    | { readonly kind: 'forbidden' }
    /** The model is listed, and not there when it is asked. */
    | { readonly kind: 'not_found' }
    | { readonly kind: 'rate_limited'; readonly retryAfterSeconds?: number }
    | { readonly kind: 'server_error' }
    /** Too busy for now, 503. */
    | { readonly kind: 'overloaded'; readonly retryAfterSeconds?: number }
    /** A refusal that repeats the Authorization header, as careless gateways do. */
    | { readonly kind: 'echo_key' }
    /** The prompt is too long: each one, or those of more than `overTokens`. */
    | { readonly kind: 'context_overflow'; readonly overTokens?: number; readonly style?: OverflowStyle }
    /** A request that names this parameter is refused, as by a server that does not know it. */
    | { readonly kind: 'unknown_parameter'; readonly param: string }
    /** The headers come late. */
    | { readonly kind: 'delay'; readonly ms?: number }
    /** The headers come at once, the first token late. */
    | { readonly kind: 'slow_first_token'; readonly ms?: number }
    /** The stream goes silent after some tokens and stays open. */
    | { readonly kind: 'stalled_stream'; readonly afterTokens?: number }
    /** The stream ends in good order, but without a finish reason. */
    | { readonly kind: 'cut_stream'; readonly afterTokens?: number }
    /** The connection breaks in the middle of the stream. */
    | { readonly kind: 'dropped_connection'; readonly afterTokens?: number }
    /** The stream ends with an error where the next chunk would be. */
    | { readonly kind: 'error_in_stream'; readonly afterTokens?: number }
    /** The answer ends at the provider's own limit. */
    | { readonly kind: 'length'; readonly afterTokens?: number }
    /** The answer is stopped by the provider's filter. */
    | { readonly kind: 'content_filter'; readonly afterTokens?: number }
    /** A finished answer with no text in it. */
    | { readonly kind: 'empty' }
    /** The model says no: in words by default, or in the field that OpenAI has for it. */
    | { readonly kind: 'refusal'; readonly how?: 'words' | 'field' }
    /** Reasoning comes before the text, in a field of its own. */
    | { readonly kind: 'reasoning_field'; readonly field?: 'reasoning_content' | 'reasoning' }
    /** Reasoning comes before the text, between tags. */
    | { readonly kind: 'think_tags' }
    /** All of the answer is reasoning: its tag is never closed. */
    | { readonly kind: 'unclosed_think' }
    /** Reasoning comes before the text, and only the tag at its end does: the template had opened it. */
    | { readonly kind: 'lone_think_end' }
    /** The usage is never told, although it was asked for. */
    | { readonly kind: 'no_usage' }
    /** JSON that is none to a strict reader. */
    | { readonly kind: 'broken_json'; readonly how?: 'cut' | 'comma' | 'fence' | 'words' }
    /** JSON that fits no schema. */
    | { readonly kind: 'wrong_json' }
    /** Prose, although JSON was asked for. */
    | { readonly kind: 'ignores_json' }
  )

export type FaultKind = Fault['kind']

/** What a fault can depend on. */
export type Asked = {
  readonly request: CompletionRequest
  readonly json: boolean
  readonly promptTokens: number
  readonly authorization: string
}

/** These say nothing of prose. */
const ABOUT_JSON: readonly FaultKind[] = ['broken_json', 'wrong_json', 'ignores_json']

const strikes = ({ kind, only, model }: Fault, { request, json }: Asked): boolean => {
  if (model !== undefined && model !== request.model) return false
  const reach = only ?? (ABOUT_JSON.includes(kind) ? 'json' : 'prose')
  return reach === 'any' || (reach === 'json') === json
}

const effectOf = (fault: Fault, asked: Asked): Effect | undefined => {
  // Each entry takes its own kind; the compiler cannot follow that from the key to the argument.
  const effect = effects[fault.kind] as (fault: Fault, asked: Asked) => Effect | undefined
  return strikes(fault, asked) ? effect(fault, asked) : undefined
}

export type Faults = {
  /** Switches a fault on. Several at once add up, the oldest first. Returns what switches it off. */
  add(fault: Fault): () => void
  clear(): void
}

/** The faults of one server, and what they do to the next request. */
export const faultBoard = (): Faults & { next(asked: Asked): Effect } => {
  const active = new Map<symbol, { fault: Fault; left: number }>()
  return {
    add(fault) {
      const key = Symbol(fault.kind)
      active.set(key, { fault, left: fault.times ?? Number.POSITIVE_INFINITY })
      return () => void active.delete(key)
    },
    clear: () => active.clear(),
    next(asked) {
      let sum: Effect = {}
      for (const [key, entry] of active) {
        const effect = effectOf(entry.fault, asked)
        if (effect === undefined) continue
        entry.left -= 1
        if (entry.left <= 0) active.delete(key)
        sum = { ...effect, ...sum }
        // A refused request never gets as far as the faults of the stream: keep those for a later one.
        if (sum.error !== undefined) break
      }
      return sum
    },
  }
}
