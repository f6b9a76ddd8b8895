import { DOLLAR } from '../../src/ledger/price.ts'
import type { PlannedCall, Settlement } from '../../src/turn/ports/ledger.ts'

/** A noon, seven o'clock in the morning in New York. */
export const NOON = Date.parse('2026-11-21T12:00:00Z')

export const CENT = DOLLAR / 100

/** At this price a call of 1,000 tokens in and 500 out, none of them cached, costs a cent. */
export const price = { input: 5 * DOLLAR, cached: DOLLAR, cacheWrite: null, output: 10 * DOLLAR }

export const usage = { input: 1_000, cached: 0, cacheWritten: 0, reasoning: 0, output: 500 }

/** A call that costs a cent at most. */
export const planned: PlannedCall = {
  ...{ guild: '9', player: '1001', story: 'story1', branch: 'root', turn: 't1' },
  ...{ role: 'writer', connection: 'openai', model: 'bard', zone: 'UTC' },
  ...{ promptTokens: usage.input, maxTokens: usage.output },
  ...{ isFree: false, marksCache: false },
}

/** Its end, when it cost as much. */
export const settlement: Settlement = { outcome: 'finished', usage, firstTokenMs: 300, totalMs: 2_000 }
