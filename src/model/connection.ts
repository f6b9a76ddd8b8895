import type OpenAI from 'openai'
import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { ConnectionInfo, ConnectionState } from '../turn/ports/models.ts'
import type { ModelFailure } from '../turn/ports.ts'
import type { CapabilityBook } from './capabilities.ts'
import { admits, began, type CallResult, type Circuit, type CircuitLimits, closed, ended } from './circuit.ts'
import { openaiClient } from './client.ts'
import { failureOf, statusOf } from './failure.ts'
import { cachingOf, isPrivate } from './hosts.ts'
import type { Caching } from './wire.ts'

/** An endpoint as whoever set it up describes it. */
export type ConnectionSetup = {
  readonly name: string
  /** Ends in `/v1` for most providers. */
  readonly url: string
  /** Empty where none is wanted. It never reaches a log, a failure or the ledger. */
  readonly key: string
  /** By its host where it is not told. */
  readonly caching?: Caching | undefined
  /** How many tokens all its models take, prompt and answer together. */
  readonly context?: number | undefined
}

/** An endpoint, and how it has been doing: shared by all roles that ask it. */
export type Connection = Pick<ConnectionSetup, 'name' | 'key' | 'context'> & {
  readonly caching: Caching
  readonly isPrivate: boolean
  readonly client: OpenAI
  readonly book: CapabilityBook
  /** Whether it may be asked now. */
  admits(): boolean
  /** Whether its key was not taken. */
  isBarred(): boolean
  /** A call that was admitted begins. */
  began(): void
  ended(result: CallResult, failure?: ModelFailure): void
  /** A call that was made although it is barred was answered: its key is taken again. */
  mended(): void
  /** Of the last call that failed, and until when it is left alone where it is asked too often. */
  lastFailure(): ModelFailure | undefined
  info(): ConnectionInfo
  /** Asks for its models, for at most so long. What it finds shows in `info`. */
  check(withinMs: number): Promise<void>
}

export type ConnectionDeps = {
  readonly clock: Clock
  readonly log: Logger
  readonly limits: CircuitLimits
  readonly book: CapabilityBook
  /** Its key is not taken: called once, and again where it had been taken meanwhile. */
  readonly onUnauthorized: (connection: string) => void
}

export const openConnection = (setup: ConnectionSetup, deps: ConnectionDeps): Connection => {
  const { name, url, key, caching = cachingOf(url), context } = setup
  const { clock, log, limits, book, onUnauthorized } = deps
  const client = openaiClient({ baseURL: url, apiKey: key, log })
  let circuit: Circuit = closed
  let failure: ModelFailure | undefined
  let seen: Extract<ConnectionState, 'untried' | 'ready' | 'unreachable'> = 'untried'
  let models: readonly string[] = []

  const become = (next: Circuit) => {
    const before = circuit.state
    circuit = next
    if (next.state === before) return
    const line = { connection: name, failure }
    if (next.state === 'barred') {
      log.error(line, 'the key of this connection is not taken: it is not asked again before a restart')
      onUnauthorized(name)
    } else if (next.state === 'open') log.warn(line, 'this connection is left alone for a while')
    else if (next.state === 'closed') log.info({ connection: name }, 'this connection answers again')
  }

  const lastFailure = (): ModelFailure | undefined => {
    if (failure === undefined) return undefined
    const { until: asked = 0, ...rest } = failure
    const until = circuit.state === 'open' && failure.kind === 'rate_limited' ? circuit.until : asked
    return until > clock.now() ? { ...rest, until } : rest
  }

  const state = (): ConnectionState => {
    if (circuit.state === 'barred') return 'unauthorized'
    return circuit.state === 'closed' ? seen : 'cooling'
  }

  return {
    ...{ name, key, caching, context, client, book },
    isPrivate: isPrivate(url),
    admits: () => admits(circuit, clock.now()),
    isBarred: () => circuit.state === 'barred',
    began() {
      circuit = began(circuit, clock.now())
    },
    ended(result, why) {
      if (why !== undefined) failure = why
      if (result === 'unavailable') seen = 'unreachable'
      else if (result !== 'undecided') seen = 'ready'
      become(ended(circuit, result, clock.now(), limits, why?.until))
    },
    mended: () => become(closed),
    lastFailure,
    info: () => ({ name, state: state(), models }),
    async check(withinMs) {
      const over = new AbortController()
      const done = new AbortController()
      void clock.sleep(withinMs, done.signal).then(() => over.abort())
      try {
        const { data } = await client.models.list({ signal: over.signal })
        models = data.map(({ id }) => id)
        seen = 'ready'
      } catch (error) {
        const status = statusOf(error)
        if (status === undefined || status >= 500) seen = 'unreachable'
        failure = failureOf(error, key)
        log.warn({ connection: name, failure }, 'this connection does not list its models')
        // A key may be kept from the list by a 403 and still be good for answers.
        if (status === 401) become({ state: 'barred' })
      } finally {
        done.abort()
      }
    },
  }
}
