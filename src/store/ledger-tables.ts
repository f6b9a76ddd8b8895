import type { Scope } from '../ledger/budget.ts'
import type { CallOutcome } from '../turn/ports/ledger.ts'

/** Whose a model call is, and what for. `day` is its date where the server is. Money is in nano-dollars. */
export type CallColumns = {
  id: string
  guild: string
  player: string | null
  story: string | null
  branch: string | null
  turn: string | null
  role: string
  connection: string
  model: string
  at: number
  day: string
}

/**
 * What a million tokens cost. `guild` is empty for a price that holds for every server without one of its own,
 * `connection` for one that holds wherever the model is called. `cache_write` null: what is usual.
 */
export type PricesTable = {
  guild: string
  model: string
  connection: string
  from: number
  input: number
  cached: number
  cache_write: number | null
  output: number
}

/**
 * Tokens are null where the provider did not tell them; `price` is then what we make of it, at most what was reserved.
 * It is null where the price is unknown.
 */
export type CallsTable = CallColumns & {
  input: number | null
  cached: number | null
  cache_written: number | null
  reasoning: number | null
  output: number | null
  first_token_ms: number | null
  total_ms: number | null
  price: number | null
  outcome: CallOutcome
}

export type TotalsTable = {
  guild: string
  subject: string
  period: string
  scope: Scope
  spent: number
  reserved: number
}
