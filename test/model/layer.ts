import type { Clock } from '../../src/kit/clock.ts'
import { type Logger, silentLogger } from '../../src/kit/logger.ts'
import type { Refused } from '../../src/ledger/budget.ts'
import type { ConnectionSetup } from '../../src/model/connection.ts'
import type { Books } from '../../src/model/meter.ts'
import { createModels, type ModelsOptions } from '../../src/model/models.ts'
import { roleNames } from '../../src/story/settings.ts'
import type { PlannedCall, Settlement } from '../../src/turn/ports/ledger.ts'
import type { Caller, CapabilityStore, KeptFailure } from '../../src/turn/ports/models.ts'
import type { Writing, Written } from '../../src/turn/ports.ts'
import { manualClock } from '../doubles/clock.ts'

export const caller = (more: Partial<Caller> = {}): Caller => ({
  ...{ role: 'writer', guild: '9', player: '1001', story: 'story1', branch: 'root', turn: 't1' },
  ...{ zone: 'UTC', prefer: [] },
  ...more,
})

/** A ledger that grants what `refuse` does not, and keeps what it was told. */
export const openLedger = (refuse: (call: PlannedCall) => Refused | undefined = () => undefined) => {
  const reserved: PlannedCall[] = []
  const settled: (Settlement & { readonly id: string })[] = []
  const books: Books = {
    reserve: async (call) => {
      const refused = refuse(call)
      return refused ?? { id: String(reserved.push(call)) }
    },
    settle: async (id, settlement) => void settled.push({ id, ...settlement }),
  }
  return { ...books, reserved, settled }
}

/** What is kept for the next start, and what was kept before. */
export const openCapabilities = (kept: Record<string, Record<string, unknown>> = {}) => {
  const store: CapabilityStore = {
    load: async ({ connection }) => kept[connection] ?? {},
    keep: async ({ connection }, model, known) => {
      kept[connection] = { ...kept[connection], [model]: known }
    },
  }
  return { ...store, kept }
}

type Place = { readonly baseURL: string } & Partial<Omit<ConnectionSetup, 'name' | 'url'>>

export type LayerOptions = Partial<Omit<ModelsOptions, 'setup' | 'failures' | 'onUnauthorized'>> & {
  /** The chain of every role; by default a model `m` at each connection, in their order. */
  readonly chain?: readonly string[]
}

/** The whole model layer over some connections, and all that it tells. */
export const openLayer = async (places: Readonly<Record<string, Place>>, options: LayerOptions = {}) => {
  const { chain = Object.keys(places).map((name) => `${name}/m`), ...rest } = options
  const clock: Clock = options.clock ?? manualClock()
  const log: Logger = options.log ?? silentLogger()
  const failures: KeptFailure[] = []
  const unauthorized: string[] = []
  const ledger = openLedger()
  const capabilities = openCapabilities()
  const layer = await createModels({
    setup: {
      connections: Object.entries(places).map(([name, { baseURL, key = '', ...each }]) => ({
        ...{ name, url: baseURL, key },
        ...each,
      })),
      roles: Object.fromEntries(roleNames.map((role) => [role, chain])) as ModelsOptions['setup']['roles'],
    },
    ...{ ledger, capabilities, clock, log },
    failures: { keep: async (failure) => void failures.push(failure) },
    onUnauthorized: (connection) => unauthorized.push(connection),
    ...rest,
  })
  return { ...layer, failures, unauthorized, ledger, capabilities }
}

export type Layer = Awaited<ReturnType<typeof openLayer>>

/** What was shown while it was written, and what came of it. */
export const collect = async (writing: Writing): Promise<Written & { readonly shown: string }> => {
  let shown = ''
  for await (const delta of writing.deltas) shown += delta
  return { shown, ...(await writing.result) }
}

export const prose = (signal: AbortSignal = new AbortController().signal, maxTokens = 700) => ({
  messages: [
    { role: 'system' as const, content: 'You are the narrator of a story.' },
    { role: 'user' as const, content: 'Ada: *opens the door*' },
  ],
  ...{ maxTokens, temperature: 0.8, signal },
})

/** Writes over a layer as its caller. */
export const writeOver = ({ models }: Pick<Layer, 'models'>, more: Partial<Caller> = {}) =>
  collect(models.write(caller(more), prose()))
