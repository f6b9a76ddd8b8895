/** What a turn needs from the world outside, as it needs it. `model` and `discord` implement these. */

export type ChatMessage = { readonly role: 'system' | 'user' | 'assistant'; readonly content: string }

/** Why a model call gave no whole answer. The face turns each kind into words for the player. */
export type FailureKind =
  | 'unauthorized'
  | 'rate_limited'
  | 'unavailable'
  | 'stalled'
  | 'cut'
  | 'empty'
  | 'refused'
  | 'rejected'

export type ModelFailure = { readonly kind: FailureKind; readonly detail: string }

export type Usage = { readonly inputTokens: number; readonly outputTokens: number }

/**
 * How a piece of writing ended. `stopped`: the caller's signal. `cut`: the stream broke after some text.
 * `failed`: no text at all. Only `cut` and `failed` are the model's doing.
 */
export type WritingEnd =
  | { readonly kind: 'finished'; readonly reason: 'stop' | 'length' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'cut'; readonly failure: ModelFailure }
  | { readonly kind: 'failed'; readonly failure: ModelFailure }

export type Written = { readonly text: string; readonly end: WritingEnd; readonly usage: Usage | undefined }

export type WriteRequest = {
  readonly messages: readonly ChatMessage[]
  readonly maxTokens: number
  readonly temperature: number
  readonly signal: AbortSignal
}

/** A stream is its deltas plus one result. Neither throws: every way to end is a value in `result`. */
export type Writing = { readonly deltas: AsyncIterable<string>; readonly result: Promise<Written> }

export type Model = {
  /** For the log and for the ledger. */
  readonly name: string
  write(request: WriteRequest): Writing
}
