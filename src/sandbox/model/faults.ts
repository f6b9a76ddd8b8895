import { type HttpError, httpError } from './wire.ts'

/**
 * What can go wrong at a provider, as data. A fault stands until it is removed, or for `times` requests.
 * To add a kind: add it here and say in `effects` what it does to a request.
 */
export type Fault = { readonly times?: number } & (
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'rate_limited'; readonly retryAfterSeconds?: number }
  | { readonly kind: 'server_error' }
  /** The stream goes silent after some tokens and stays open. */
  | { readonly kind: 'stalled_stream'; readonly afterTokens?: number }
  /** The stream ends in good order, but without a finish reason. */
  | { readonly kind: 'cut_stream'; readonly afterTokens?: number }
  /** The connection breaks in the middle of the stream. */
  | { readonly kind: 'dropped_connection'; readonly afterTokens?: number }
  /** A finished answer with no text in it. */
  | { readonly kind: 'empty' }
  /** The answer is stopped by the provider's filter. */
  | { readonly kind: 'content_filter'; readonly afterTokens?: number }
  /** The headers come late. */
  | { readonly kind: 'delay'; readonly ms?: number }
  /** A request that names this parameter is refused, as by a server that does not know it. */
  | { readonly kind: 'unknown_parameter'; readonly param: string }
)

/** How a stream ends before its time: after how many tokens, and in which way. */
export type Break = {
  readonly afterTokens: number
  readonly how: 'stall' | 'end' | 'drop' | 'filter'
}

export type Effect = {
  readonly delayMs?: number
  readonly error?: HttpError
  readonly text?: string
  readonly break?: Break
}

type Effects = {
  [K in Fault['kind']]: (
    fault: Extract<Fault, { kind: K }>,
    body: Readonly<Record<string, unknown>>,
  ) => Effect | undefined
}

const retryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) }

const effects: Effects = {
  unauthorized: () => ({
    error: httpError(401, 'Incorrect API key provided.', 'invalid_api_key'),
  }),
  rate_limited: ({ retryAfterSeconds }) => ({
    error: {
      ...httpError(429, 'Rate limit reached for requests.', 'rate_limit_exceeded', null, 'requests'),
      headers: retryAfter(retryAfterSeconds),
    },
  }),
  server_error: () => ({
    error: httpError(
      500,
      'The server had an error while processing your request.',
      null,
      null,
      'server_error',
    ),
  }),
  stalled_stream: ({ afterTokens = 5 }) => ({ break: { afterTokens, how: 'stall' } }),
  cut_stream: ({ afterTokens = 5 }) => ({ break: { afterTokens, how: 'end' } }),
  dropped_connection: ({ afterTokens = 5 }) => ({ break: { afterTokens, how: 'drop' } }),
  empty: () => ({ text: '' }),
  content_filter: ({ afterTokens = 5 }) => ({ break: { afterTokens, how: 'filter' } }),
  delay: ({ ms = 1000 }) => ({ delayMs: ms }),
  unknown_parameter: ({ param }, body) =>
    param in body
      ? { error: httpError(400, `Unknown parameter: '${param}'.`, 'unknown_parameter', param) }
      : undefined,
}

const effectOf = (fault: Fault, body: Readonly<Record<string, unknown>>): Effect | undefined => {
  // Each entry takes its own kind; the compiler cannot follow that from the key to the argument.
  const effect = effects[fault.kind] as (
    fault: Fault,
    body: Readonly<Record<string, unknown>>,
  ) => Effect | undefined
  return effect(fault, body)
}

export type Faults = {
  /** Switches a fault on. Several at once add up, the oldest first. Returns what switches it off. */
  add(fault: Fault): () => void
  clear(): void
}

/** The faults of one server, and what they do to the next request. */
export const faultBoard = (): Faults & { next(body: Readonly<Record<string, unknown>>): Effect } => {
  const active = new Map<symbol, { fault: Fault; left: number }>()
  return {
    add(fault) {
      const key = Symbol(fault.kind)
      active.set(key, { fault, left: fault.times ?? Number.POSITIVE_INFINITY })
      return () => void active.delete(key)
    },
    clear: () => active.clear(),
    next(body) {
      let sum: Effect = {}
      for (const [key, entry] of active) {
        const effect = effectOf(entry.fault, body)
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
