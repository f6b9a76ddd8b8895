import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Refused } from '../ledger/budget.ts'
import type { Caller } from '../turn/ports/models.ts'
import type { ModelFailure, WriteRequest, Writing, WritingEnd, Written } from '../turn/ports.ts'
import type { Attempt } from './attempt.ts'
import type { Call } from './call.ts'
import type { CallResult } from './circuit.ts'
import { type Deltas, deltas } from './deltas.ts'
import { failure, failureOf } from './failure.ts'
import { type Link, type Links, linkName } from './links.ts'
import { isRefused, refusalOf } from './meter.ts'
import { LONGEST_WAIT_MS, retryWait } from './retry.ts'

export type ProseDeps = {
  readonly links: Links
  readonly call: Call
  readonly clock: Clock
  readonly log: Logger
}

const unended = (text: string, reason: ModelFailure): WritingEnd =>
  text === '' ? { kind: 'failed', failure: reason } : { kind: 'cut', failure: reason }

/** What the end of a stream means, for prose. */
export const endOf = (made: Attempt, { key }: Link['connection'], now: number): WritingEnd => {
  const { finish, refusal, text, error } = made
  if (finish === 'content_filter' || refusal !== '') {
    const why = failure('refused', refusal || 'stopped by the content filter', key)
    return { kind: 'failed', failure: why }
  }
  if (finish !== null) {
    if (text !== '') return { kind: 'finished', reason: finish === 'length' ? 'length' : 'stop' }
    return { kind: 'failed', failure: failure('empty', `no text, finish reason ${finish}`) }
  }
  if (made.stopped) return { kind: 'stopped' }
  if (made.silent || made.late) return unended(text, failure('stalled', 'nothing came for too long'))
  if (error === undefined) return unended(text, failure('cut', 'the stream ended without a finish reason'))
  const reason = failureOf(error, key, now)
  return unended(text, text === '' ? reason : { ...reason, kind: 'cut' })
}

export const failureIn = (end: WritingEnd): ModelFailure | undefined =>
  'failure' in end ? end.failure : undefined

/** What the end of a call says of its connection. */
export const resultOf = (end: WritingEnd): CallResult => {
  if (end.kind === 'finished') return 'answered'
  return end.kind === 'stopped' ? 'undecided' : end.failure.kind
}

const nothing = (end: WritingEnd): Written => ({ text: '', end })

/** Nobody was asked: what the player is told is what can be done about it, or why the wanted link is left alone. */
const nobody = (wanted: Link | undefined, refused: Refused | undefined): Written => {
  if (refused) return nothing({ kind: 'failed', failure: refusalOf(refused) })
  const why = wanted?.connection.lastFailure() ?? failure('unavailable', 'no connection may be asked now')
  return nothing({ kind: 'failed', failure: why })
}

/** How often links were asked again, for one piece of writing. */
type Retries = { count: number }

/**
 * Prose from the first link that gives any. A link that fails before any text is asked again where that can help,
 * twice in all for one piece of writing; then the next one is asked. Once text has come, what came is the answer. A
 * refused answer has no text, even where some had been streamed: it must not enter the story. A prompt that is too
 * long is for the caller to shorten.
 */
export const createProse = ({ links, call, clock, log }: ProseDeps) => {
  const askLink = async (
    link: Link,
    caller: Caller,
    request: WriteRequest,
    out: Deltas,
    retries: Retries,
    longest: number,
  ): Promise<Written | Refused> => {
    const { messages, maxTokens, temperature, signal } = request
    const shape = () => ({ messages, format: undefined })
    for (;;) {
      const made = await call(link, caller, { maxTokens, temperature, signal, shape, onText: out.push })
      if (isRefused(made)) return made
      const end = endOf(made, link.connection, clock.now())
      const mayRetry = end.kind === 'failed' && made.error !== undefined && out.text() === ''
      const wait = mayRetry ? retryWait(made.error, retries.count, clock.now(), longest) : undefined
      if (wait === undefined) return { text: end.kind === 'failed' ? '' : made.text, end, by: linkName(link) }
      retries.count += 1
      log.warn({ link: linkName(link), wait, failure: failureIn(end) }, 'asking the model again')
      await clock.sleep(wait, signal)
      if (signal.aborted) return nothing({ kind: 'stopped' })
    }
  }

  const run = async (caller: Caller, request: WriteRequest, out: Deltas): Promise<Written> => {
    const chain = links.of(caller)
    const retries: Retries = { count: 0 }
    let last: Written | undefined
    let refused: Refused | undefined
    for (const [index, link] of chain.entries()) {
      const { connection } = link
      if (request.signal.aborted) return nothing({ kind: 'stopped' })
      if (!connection.admits()) continue
      const hasOthers = chain.slice(index + 1).some((other) => other.connection.admits())
      const longest = hasOthers ? LONGEST_WAIT_MS.withOthers : LONGEST_WAIT_MS.alone
      let result: CallResult = 'undecided'
      let why: ModelFailure | undefined
      connection.began()
      try {
        const written = await askLink(link, caller, request, out, retries, longest)
        if ('refused' in written) {
          refused ??= written
          log.warn({ link: linkName(link), refused: written.refused }, 'the ledger does not allow this call')
          continue
        }
        result = resultOf(written.end)
        why = failureIn(written.end)
        last = written
      } finally {
        connection.ended(result, why)
      }
      if (why) log.warn({ link: linkName(link), failure: why }, 'the model gave no whole answer')
      if (last.end.kind !== 'failed' || out.text() !== '' || why?.kind === 'too_long') return last
    }
    return refused || !last ? nobody(chain[0], refused) : last
  }

  return (caller: Caller, request: WriteRequest): Writing => {
    const out = deltas()
    const result = run(caller, request, out)
      .catch((error: unknown): Written => {
        log.error({ err: error }, 'a model could not be asked')
        const text = out.text()
        return { text, end: unended(text, failure('unavailable', 'the model could not be asked')) }
      })
      .finally(out.end)
    return { deltas: out.iterable, result }
  }
}
