import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { CapabilityStore, FailureLog, ModelDirectory, Models } from '../turn/ports/models.ts'
import { createCall } from './call.ts'
import { capabilityBook } from './capabilities.ts'
import type { CircuitLimits } from './circuit.ts'
import { type Connection, type ConnectionSetup, openConnection } from './connection.ts'
import { directoryOver } from './directory.ts'
import { addressOf } from './hosts.ts'
import { linksOver } from './links.ts'
import { type Books, createMeter } from './meter.ts'
import { createProse } from './prose.ts'
import { readerOver } from './reader.ts'
import type { ModelsSetup } from './setup.ts'
import { createAsk } from './structured.ts'

export type ModelsOptions = {
  readonly setup: Pick<ModelsSetup, 'connections' | 'roles'>
  readonly ledger: Books
  readonly capabilities: CapabilityStore
  readonly failures: FailureLog
  readonly clock: Clock
  readonly log: Logger
  /** A connection's key was not taken: it is not asked again before a restart, or a test that is answered. */
  readonly onUnauthorized: (connection: string) => void
  /** When a connection is left alone: after three failures in a row for a minute by default. */
  readonly limits?: CircuitLimits
  /** Silence allowed before the first token, 120 s by default: a local server may load the model first. */
  readonly firstTokenMs?: number
  /** Silence allowed between two tokens, 30 s by default. */
  readonly idleMs?: number
  /** For one attempt to get a structured answer, 10 s by default. */
  readonly attemptMs?: number
}

export type ModelLayer = {
  readonly models: Models
  readonly directory: ModelDirectory
  /**
   * The start test: asks every connection for its models, all at once and for 2 s at most. What it finds shows in
   * the directory. Never rejects.
   */
  check(): Promise<void>
}

const CHECK_MS = 2_000

/** All models that there are, by the ports that turns ask for. Learned capabilities are loaded first. */
export const createModels = async (options: ModelsOptions): Promise<ModelLayer> => {
  const { setup, ledger, failures, capabilities, clock, log, onUnauthorized } = options
  const { limits = { failures: 3, coolDownMs: 60_000 } } = options
  const { firstTokenMs = 120_000, idleMs = 30_000, attemptMs = 10_000 } = options

  const open = async (each: ConnectionSetup): Promise<Connection> => {
    const at = { connection: each.name, address: addressOf(each.url) }
    const keep = (model: string, known: object) => {
      capabilities
        .keep(at, model, known)
        .catch((error: unknown) => log.error({ err: error }, 'what was learned could not be kept'))
    }
    const book = capabilityBook({ now: clock.now, kept: await capabilities.load(at), keep })
    return openConnection(each, { clock, log, limits, book, onUnauthorized })
  }

  const connections = await Promise.all(setup.connections.map(open))
  const links = linksOver(connections, setup.roles)
  const call = createCall({ meter: createMeter({ ledger, log }), clock, log, firstTokenMs, idleMs })
  return {
    models: {
      write: createProse({ links, call, clock, log }),
      ask: createAsk({ links, call, failures, clock, log, attemptMs }),
      readerOf: readerOver(links),
    },
    directory: directoryOver({ connections, links, call, clock }),
    async check() {
      await Promise.all(connections.map((each) => each.check(CHECK_MS)))
    },
  }
}
