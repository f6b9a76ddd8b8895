import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Model, ModelFailure, WriteRequest, Writing, WritingEnd, Written } from '../turn/ports.ts'
import { type Attempt, attempt } from './attempt.ts'
import { type CapabilityBook, capabilityBook } from './capabilities.ts'
import { openaiClient } from './client.ts'
import { type Deltas, deltas } from './deltas.ts'
import { failure, failureOf } from './failure.ts'
import { retryWait } from './retry.ts'

export type OpenaiModelOptions = {
  /** Ends in `/v1` for most providers. */
  readonly baseURL: string
  /** Empty for local servers. It never reaches a log or a failure. */
  readonly apiKey: string
  readonly model: string
  readonly clock: Clock
  readonly log: Logger
  /** Silence allowed between two tokens, 30 s by default. */
  readonly idleMs?: number
  /** Silence allowed before the first token, 120 s by default: a local server may load the model first. */
  readonly firstTokenMs?: number
  /** What is known of this server's models; shared with whoever else asks them. */
  readonly book?: CapabilityBook
}

const unended = (text: string, reason: ModelFailure): WritingEnd =>
  text === '' ? { kind: 'failed', failure: reason } : { kind: 'cut', failure: reason }

/** What the end of a stream means. An attempt that failed before any text was retried before it comes here. */
const endOf = (tried: Attempt, text: string, stopped: boolean, apiKey: string): WritingEnd => {
  const { finish } = tried
  if (finish === 'content_filter' || tried.refusal !== '') {
    return {
      kind: 'failed',
      failure: failure('refused', tried.refusal || 'stopped by the content filter', apiKey),
    }
  }
  if (finish !== null) {
    if (text !== '') return { kind: 'finished', reason: finish === 'length' ? 'length' : 'stop' }
    return { kind: 'failed', failure: failure('empty', `no text, finish reason ${finish}`) }
  }
  if (stopped) return { kind: 'stopped' }
  if (tried.silent) return unended(text, failure('stalled', 'nothing came for too long'))
  if (tried.error === undefined) {
    return unended(text, failure('cut', 'the stream ended without a finish reason'))
  }
  const reason = failureOf(tried.error, apiKey)
  return unended(text, text === '' ? reason : { ...reason, kind: 'cut' })
}

/**
 * A model behind any OpenAI-compatible endpoint. At most two retries, of what is transient and only before any
 * text came; a parameter that the server does not take is left out from then on. A refused answer has no text,
 * even where some had been streamed: it must not enter the story.
 */
export const openaiModel = (options: OpenaiModelOptions): Model => {
  const {
    apiKey,
    model,
    clock,
    log,
    idleMs = 30_000,
    firstTokenMs = 120_000,
    book = capabilityBook(),
  } = options
  const client = openaiClient(options)

  const run = async (request: WriteRequest, out: Deltas): Promise<Written> => {
    const asked = request.model ?? model
    let known = book.of(asked)
    for (let retries = 0; ; ) {
      if (request.signal.aborted) return { text: '', end: { kind: 'stopped' }, usage: undefined }
      const tried = await attempt(request, {
        client,
        model: asked,
        clock,
        known,
        idleMs,
        firstTokenMs,
        onText: out.push,
      })
      const text = out.text()
      if (tried.error !== undefined && tried.finish === null && text === '') {
        const learned = book.learn(asked, tried.error, known)
        if (learned !== undefined) {
          known = learned
          log.info({ model: asked, capabilities: learned }, 'learned what this server does not take')
          continue
        }
        const wait = retryWait(tried.error, retries, clock.now())
        if (wait !== undefined) {
          retries += 1
          log.warn(
            { model: asked, wait, retries, failure: failureOf(tried.error, apiKey) },
            'asking the model again',
          )
          await clock.sleep(wait, request.signal)
          continue
        }
      }
      const end = endOf(tried, text, request.signal.aborted, apiKey)
      if (end.kind === 'cut' || end.kind === 'failed') {
        log.warn({ model: asked, end: end.kind, failure: end.failure }, 'the model gave no whole answer')
      }
      return { text: end.kind === 'failed' ? '' : text, end, usage: tried.usage }
    }
  }

  const write = (request: WriteRequest): Writing => {
    const out = deltas()
    const result = run(request, out)
      .catch((error): Written => {
        log.error({ err: failureOf(error, apiKey) }, 'the model adapter failed')
        return { text: out.text(), end: unended(out.text(), failureOf(error, apiKey)), usage: undefined }
      })
      .finally(out.end)
    return { deltas: out.iterable, result }
  }

  return { name: model, write }
}
