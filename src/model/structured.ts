import type { z } from 'zod'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Refused } from '../ledger/budget.ts'
import type { AskFailure, AskRequest, Caller, FailureLog, Source, Structured } from '../turn/ports/models.ts'
import type { ModelFailure } from '../turn/ports.ts'
import type { Attempt } from './attempt.ts'
import type { Call } from './call.ts'
import type { StructuredKind } from './capabilities.ts'
import type { CallResult } from './circuit.ts'
import { failureOf, withoutKeys } from './failure.ts'
import { type WireSchema, wireSchema } from './json-schema.ts'
import { canRepair, type Judged, judge } from './judge.ts'
import { looser, refusesSchema } from './lessons.ts'
import { type Link, type Links, linkName } from './links.ts'
import { isRefused, refusalOf } from './meter.ts'
import { retryWait } from './retry.ts'
import { type Broken, messagesFor } from './structured-messages.ts'
import { watchdog } from './watchdog.ts'
import type { ResponseFormat } from './wire.ts'

export type StructuredDeps = {
  readonly links: Links
  readonly call: Call
  readonly failures: FailureLog
  readonly clock: Clock
  readonly log: Logger
  /** For one attempt from its first byte to its last. */
  readonly attemptMs: number
}

/** An attempt, and how the model was held to JSON in it. */
type Tried = Attempt & { readonly kind: StructuredKind }

/** One request for a value on its way along the links. */
type Asking<T> = {
  readonly caller: Caller
  readonly request: AskRequest<T>
  readonly failures: AskFailure[]
  /** What may still be done, each once, whatever links are asked. */
  readonly left: { repair: boolean; retry: boolean }
}

/** A value, or the attempt that gave none with why that was so. */
type Answered<T> =
  | { readonly value: T; readonly source: Source }
  | { readonly tried: Tried; readonly failed: AskFailure }

const formatOf = (kind: StructuredKind, name: string, wire: WireSchema): ResponseFormat | undefined => {
  if (kind === 'none') return undefined
  return kind === 'json_object' ? { type: kind } : { type: kind, json_schema: { name, ...wire } }
}

const sourceOf = ({ kind }: Tried, broken: Broken | undefined): Source => {
  if (broken !== undefined) return 'repaired'
  return kind === 'none' ? 'instruction' : kind
}

/** Anyone may stumble once. */
const TWICE = 2

/** A model that is only slow writes prose all the same: that it was late here says nothing of its connection. */
const resultOf = <T>(tried: Tried, judged: Judged<T>): CallResult => {
  if (judged.fits || judged.kind === 'not_json' || judged.kind === 'misfit') return 'answered'
  return judged.kind === 'stopped' || tried.late ? 'undecided' : judged.kind
}

/**
 * Values that fit a schema, in the strictest way that a model takes. An almost right answer is mended, a wrong one
 * sent back once; then the next link is asked. The last one is asked again once where it is busy or out of reach.
 */
export const createAsk = (deps: StructuredDeps) => {
  const { links, call, clock, log, attemptMs } = deps
  /** How often in a row a link gave no JSON although it was held to it. */
  const heedless = new Map<string, number>()
  /** Schemas that a link's server refused while it takes others. */
  const unfit = new Map<string, WeakSet<z.ZodType>>()
  const unfitAt = (link: Link): WeakSet<z.ZodType> => {
    const found = unfit.get(linkName(link)) ?? new WeakSet()
    unfit.set(linkName(link), found)
    return found
  }

  const tryOnce = async <T>(
    link: Link,
    { caller, request }: Asking<T>,
    broken: Broken | undefined,
  ): Promise<Tried | Refused> => {
    const { schema, name, maxTokens, temperature, signal } = request
    const wire = wireSchema(schema)
    const over = new AbortController()
    const deadline = watchdog(clock, attemptMs, () => over.abort())
    let kind: StructuredKind = 'none'
    try {
      const made = await call(link, caller, {
        ...{ maxTokens, temperature, signal },
        deadline: over.signal,
        shape: (known) => {
          kind = unfitAt(link).has(schema) ? 'none' : known.structured
          const messages = messagesFor(request.messages, wire, kind, broken)
          return { messages, format: formatOf(kind, name, wire) }
        },
        onText: () => {},
        askAgain: ({ error }) => {
          if (kind === 'none' || !refusesSchema(error)) return false
          unfitAt(link).add(schema)
          log.info({ link: linkName(link), schema: name }, 'this server does not take this schema')
          return true
        },
      })
      return isRefused(made) ? made : { ...made, kind }
    } finally {
      deadline.stop()
    }
  }

  const keep = (caller: Caller, { connection, model }: Link, failure: AskFailure): void => {
    if (failure.kind === 'stopped') return
    const { story, branch, turn, role } = caller
    const ref = story === null || branch === null ? null : { story, branch }
    deps.failures
      .keep({ ...failure, ref, turn, role, connection: connection.name, model })
      .catch((error: unknown) => log.error({ err: error }, 'a failed attempt could not be kept'))
  }

  /**
   * A server that is held to JSON cannot give anything else: one that does, twice in a row, passes over what it was told.
   * An answer that was mended by words says nothing of that.
   */
  const noteHeed = (link: Link, { kind }: Tried, broken: Broken | undefined, isJson: boolean): void => {
    if (kind === 'none' || (isJson && broken !== undefined)) return
    const name = linkName(link)
    const times = isJson ? 0 : (heedless.get(name) ?? 0) + 1
    heedless.set(name, times % TWICE)
    const { book } = link.connection
    if (times === TWICE && book.of(link.model).structured === kind)
      book.note(link.model, { structured: looser(kind) })
  }

  /** How long to wait for the same link: at once where its stream ended too soon. */
  const waitFor = ({ error, late, silent, stopped }: Tried): number | undefined => {
    if (late || silent || stopped) return undefined
    // A value is worth less the later it comes: nobody waits longer for another try than for the try itself.
    return error === undefined ? 0 : retryWait(error, 0, clock.now(), attemptMs)
  }

  const attemptOn = async <T>(
    link: Link,
    asking: Asking<T>,
    broken: Broken | undefined,
  ): Promise<Answered<T> | Refused> => {
    const { connection } = link
    const { caller, request, failures } = asking
    let result: CallResult = 'undecided'
    let why: ModelFailure | undefined
    connection.began()
    try {
      const tried = await tryOnce(link, asking, broken)
      if (isRefused(tried)) return tried
      const judged = judge(tried, request.schema, connection.key)
      result = resultOf(tried, judged)
      if (judged.fits || judged.kind === 'misfit') noteHeed(link, tried, broken, true)
      else if (judged.kind === 'not_json') noteHeed(link, tried, broken, false)
      if (judged.fits) return { value: judged.value, source: sourceOf(tried, broken) }
      if (tried.error !== undefined) why = failureOf(tried.error, connection.key, clock.now())
      const { kind, detail } = judged
      const raw = withoutKeys(tried.text === '' ? tried.refusal : tried.text, connection.key)
      const failed: AskFailure = { attempt: failures.length + 1, kind, detail, raw }
      failures.push(failed)
      keep(caller, link, failed)
      const where = { link: linkName(link), schema: request.name, attempt: failed.attempt }
      log.warn({ ...where, kind, ...(why ? { failure: why } : {}) }, 'the model gave no usable value')
      return { tried, failed }
    } finally {
      connection.ended(result, why)
    }
  }

  /** Undefined where the link gave none, and the next may be asked. */
  const askLink = async <T>(
    link: Link,
    asking: Asking<T>,
    isLast: boolean,
  ): Promise<{ readonly value: T; readonly source: Source } | Refused | undefined> => {
    const { request, left } = asking
    let broken: Broken | undefined
    while (!request.signal.aborted && link.connection.admits()) {
      const answered = await attemptOn(link, asking, broken)
      if (!('failed' in answered)) return answered
      const { tried, failed } = answered
      if (canRepair(failed.kind, tried)) {
        if (!left.repair) return undefined
        left.repair = false
        broken = { text: failed.raw, problem: failed.detail }
        continue
      }
      const wait = isLast && left.retry && broken === undefined ? waitFor(tried) : undefined
      if (wait === undefined) return undefined
      left.retry = false
      await clock.sleep(wait, request.signal)
    }
    return undefined
  }

  return async <T>(caller: Caller, request: AskRequest<T>): Promise<Structured<T>> => {
    const failures: AskFailure[] = []
    const asking: Asking<T> = { caller, request, failures, left: { repair: true, retry: true } }
    const chain = links.of(caller)
    let refused: Refused | undefined
    try {
      for (const [index, link] of chain.entries()) {
        const isLast = !chain.slice(index + 1).some(({ connection }) => connection.admits())
        const given = await askLink(link, asking, isLast)
        if (given === undefined) continue
        if (!('refused' in given)) return { ...given, failures }
        refused ??= given
      }
    } catch (error) {
      log.error({ err: error }, 'a model could not be asked')
    }
    const why = refused ? refusalOf(refused) : chain[0]?.connection.lastFailure()
    if (failures.length === 0 && why !== undefined && !request.signal.aborted)
      failures.push({ attempt: 1, kind: why.kind, detail: why.detail, raw: '' })
    return { value: request.fallback, source: 'default', failures }
  }
}
