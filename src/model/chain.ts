import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Model, ModelFailure, WriteRequest, Writing, Written } from '../turn/ports.ts'
import { admits, began, type CallResult, type Circuit, type CircuitLimits, closed, ended } from './circuit.ts'
import { type Deltas, deltas } from './deltas.ts'
import { failure } from './failure.ts'

/** A connection by the name that whoever set it up gave it. */
export type ChainLink = { readonly name: string; readonly model: Model }

export type ChainOptions = {
  /** The one that is wanted first; the others stand in for it, in their order. */
  readonly links: readonly [ChainLink, ...ChainLink[]]
  readonly clock: Clock
  readonly log: Logger
  /** Three failures in a row and a minute by default. */
  readonly limits?: CircuitLimits
}

/** A link and how it has been doing. */
type Connection = ChainLink & { circuit: Circuit; failure: ModelFailure | undefined }

const resultOf = ({ end }: Written): CallResult => {
  if (end.kind === 'finished') return 'answered'
  return end.kind === 'stopped' ? 'undecided' : end.failure.kind
}

const askOne = async ({ name, model }: ChainLink, request: WriteRequest, out: Deltas): Promise<Written> => {
  const writing = model.write(request)
  for await (const delta of writing.deltas) out.push(delta)
  return { ...(await writing.result), by: name }
}

const stopped: Written = { text: '', end: { kind: 'stopped' }, usage: undefined }

/** Nobody may be asked: what the player is told is why that is so for the connection that is wanted. */
const nobody = (wanted: Connection | undefined): Written => {
  const why = wanted?.failure ?? failure('unavailable', 'no connection may be asked now')
  return { text: '', end: { kind: 'failed', failure: why }, usage: undefined }
}

/**
 * A model made of several connections: the first one that may be asked writes. Where it fails before any text the
 * next one is asked; once text has come, what came is the answer. A connection that fails again and again is left
 * alone for a while; one that does not take its key, until a restart. Another model that a request names is asked
 * of the first connection alone: the others do not have it.
 */
export const chainModel = (options: ChainOptions): Model => {
  const { links, clock, log, limits = { failures: 3, coolDownMs: 60_000 } } = options
  const connections = links.map((link): Connection => ({ ...link, circuit: closed, failure: undefined }))

  const settle = (connection: Connection, written: Written) => {
    const { name, circuit } = connection
    if ('failure' in written.end) connection.failure = written.end.failure
    connection.circuit = ended(circuit, resultOf(written), clock.now(), limits)
    if (connection.circuit.state === circuit.state) return
    const line = { connection: name, failure: connection.failure }
    if (connection.circuit.state === 'barred') log.error(line, 'not asked again before a restart')
    else if (connection.circuit.state === 'open') log.warn(line, 'left alone for a while')
    else log.info({ connection: name }, 'answers again')
  }

  const run = async (request: WriteRequest, out: Deltas): Promise<Written> => {
    const { model: _other, ...usual } = request
    let last: Written | undefined
    for (const [index, connection] of connections.entries()) {
      if (request.signal.aborted) return stopped
      if (!admits(connection.circuit, clock.now())) continue
      connection.circuit = began(connection.circuit, clock.now())
      last = await askOne(connection, index === 0 ? request : usual, out)
      settle(connection, last)
      if (last.end.kind !== 'failed' || out.text() !== '') return last
      log.warn({ connection: connection.name, failure: last.end.failure }, 'this connection gave nothing')
    }
    return last ?? nobody(connections[0])
  }

  const write = (request: WriteRequest): Writing => {
    const out = deltas()
    return { deltas: out.iterable, result: run(request, out).finally(out.end) }
  }

  return { name: links[0].model.name, write }
}
