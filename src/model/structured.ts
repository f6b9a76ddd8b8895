import type { z } from 'zod'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Usage, WriteRequest } from '../turn/ports.ts'
import { attempt, type ResponseFormat } from './attempt.ts'
import { type CapabilityBook, capabilityBook, refusesSchema, type StructuredKind } from './capabilities.ts'
import { openaiClient } from './client.ts'
import { failureOf } from './failure.ts'
import { type WireSchema, wireSchema } from './json-schema.ts'
import { type AskFailureKind, canRepair, judge, type Tried } from './judge.ts'
import { retryWait } from './retry.ts'
import { type Broken, messagesFor } from './structured-messages.ts'
import { watchdog } from './watchdog.ts'

/** One attempt that gave nothing. `raw` is what the model wrote, without its reasoning: people's words, not for a log. */
export type AskFailure = {
  /** Counts from 1. */
  readonly attempt: number
  readonly kind: AskFailureKind
  readonly detail: string
  readonly raw: string
}

/** How the value was had. `repaired`: by sending a broken answer back. `default`: the model gave none. */
export type Source = 'json_schema' | 'json_object' | 'instruction' | 'repaired' | 'default'

export type Structured<T> = {
  readonly value: T
  readonly source: Source
  /** Of all attempts together, as far as the server counted them. */
  readonly usage: Usage | undefined
  readonly failures: readonly AskFailure[]
}

export type AskRequest<T> = Pick<WriteRequest, 'messages' | 'maxTokens' | 'temperature' | 'signal'> & {
  readonly schema: z.ZodType<T>
  /** Of the schema: letters, digits, `_` and `-`, at most 64. */
  readonly name: string
  /** The value where the model gives none. */
  readonly fallback: T
}

export type StructuredModel = {
  readonly name: string
  /**
   * Asks for a value that fits a schema. Never rejects for the model's doing: at the latest after two attempts it
   * is the fallback. An almost right answer is mended, a wrong one sent back once.
   */
  ask<T>(request: AskRequest<T>): Promise<Structured<T>>
}

export type StructuredModelOptions = {
  readonly baseURL: string
  readonly apiKey: string
  readonly model: string
  readonly clock: Clock
  readonly log: Logger
  /** What is known of this server's models; shared with whoever else asks them. */
  readonly book?: CapabilityBook
  /** For one attempt from its first byte to its last, 10 s by default. */
  readonly attemptMs?: number
}

const ATTEMPTS = 2

const formatOf = (kind: StructuredKind, name: string, wire: WireSchema): ResponseFormat | undefined => {
  if (kind === 'none') return undefined
  return kind === 'json_object' ? { type: kind } : { type: kind, json_schema: { name, ...wire } }
}

const together = (one: Usage | undefined, other: Usage | undefined): Usage | undefined =>
  one && other
    ? {
        inputTokens: one.inputTokens + other.inputTokens,
        outputTokens: one.outputTokens + other.outputTokens,
      }
    : (one ?? other)

/** Values that fit a schema, from a model behind any OpenAI-compatible endpoint, in the strictest way that it takes. */
export const structuredModel = (options: StructuredModelOptions): StructuredModel => {
  const { apiKey, model, clock, log, book = capabilityBook(), attemptMs = 10_000 } = options
  const client = openaiClient(options)
  /** Schemas that this server refused while it takes others. */
  const unfit = new WeakSet<z.ZodType>()

  const tryOnce = async <T>(request: AskRequest<T>, broken: Broken | undefined): Promise<Tried> => {
    const wire = wireSchema(request.schema)
    const over = new AbortController()
    const deadline = watchdog(clock, attemptMs, () => over.abort())
    const signal = AbortSignal.any([request.signal, over.signal])
    try {
      for (let known = book.of(model); ; ) {
        const kind = unfit.has(request.schema) ? 'none' : known.structured
        const messages = messagesFor(request.messages, wire, kind, broken)
        const format = formatOf(kind, request.name, wire)
        let text = ''
        const tried = await attempt(
          { messages, maxTokens: request.maxTokens, temperature: request.temperature, signal },
          {
            client,
            model,
            clock,
            known,
            format,
            firstTokenMs: attemptMs,
            idleMs: attemptMs,
            onText: (piece) => {
              text += piece
            },
          },
        )
        const learned = book.learn(model, tried.error, known)
        if (learned !== undefined) {
          known = learned
          log.info({ model, capabilities: learned }, 'learned what this server does not take')
          continue
        }
        if (kind !== 'none' && refusesSchema(tried.error)) {
          unfit.add(request.schema)
          log.info({ model, schema: request.name }, 'this server does not take this schema')
          continue
        }
        return { ...tried, text, kind, late: over.signal.aborted }
      }
    } finally {
      deadline.stop()
    }
  }

  /** A stream that ended too soon is no error of the server: it is asked again at once. */
  const waitFor = (error: unknown, retries: number): number | undefined =>
    error === undefined ? 0 : retryWait(error, retries, clock.now())

  const ask = async <T>(request: AskRequest<T>): Promise<Structured<T>> => {
    const failures: AskFailure[] = []
    let usage: Usage | undefined
    let broken: Broken | undefined
    for (let number = 1; number <= ATTEMPTS && !request.signal.aborted; number += 1) {
      const tried = await tryOnce(request, broken)
      usage = together(usage, tried.usage)
      const judged = judge(tried, request.schema, request.signal.aborted, apiKey)
      if (judged.fits) {
        const first = tried.kind === 'none' ? 'instruction' : tried.kind
        return { value: judged.value, source: broken === undefined ? first : 'repaired', usage, failures }
      }
      const { kind, detail } = judged
      const raw = tried.text === '' ? tried.refusal : tried.text
      failures.push({ attempt: number, kind, detail, raw })
      const said = tried.error === undefined ? {} : { failure: failureOf(tried.error, apiKey) }
      log.warn(
        { model, schema: request.name, attempt: number, kind, ...said },
        'the model gave no usable value',
      )
      if (canRepair(kind, tried)) {
        broken = { text: raw, problem: detail }
        continue
      }
      const wait = kind === 'stopped' || kind === 'stalled' ? undefined : waitFor(tried.error, number - 1)
      // A value is worth less the later it comes: nobody waits longer for another try than for the try itself.
      if (wait === undefined || wait > attemptMs || number === ATTEMPTS) break
      await clock.sleep(wait, request.signal)
    }
    return { value: request.fallback, source: 'default', usage, failures }
  }

  return { name: model, ask }
}
