import type { Budget, Payer, Refused, Standing } from '../../ledger/budget.ts'
import type { ListedPrice, Nanos, TokenUsage } from '../../ledger/price.ts'
import type { Period } from '../../ledger/window.ts'
import type { TurnId } from '../../story/ref.ts'

/**
 * A model call that is about to be made. `branch` and `turn` are null where it belongs to none. `zone`: the server's
 * time zone, by its IANA name. `promptTokens` and `maxTokens` must not be too few, or a limit can be passed by the
 * difference: no provider can be kept from counting more than it was allowed.
 */
export type PlannedCall = Payer & {
  readonly branch: string | null
  readonly turn: TurnId | null
  readonly role: string
  readonly connection: string
  readonly model: string
  readonly zone: string
  readonly promptTokens: number
  readonly maxTokens: number
  /** It costs nothing where nobody set a price. */
  readonly isFree: boolean
  /** Its prompt is marked for the provider to keep, which may cost more than to read it. */
  readonly marksCache: boolean
}

/** How a call ended. `abandoned`: nobody knows, for the program was gone by then. */
export type CallOutcome = 'finished' | 'stopped' | 'cut' | 'failed' | 'abandoned'

/**
 * `usage` undefined: the provider did not tell it; then `counted` counts, which is what we make of a call that ended too
 * soon, though never with more than was reserved; without it, all of that does. A call that was not taken on has `noUsage`. `firstTokenMs`:
 * null where no token came.
 */
export type Settlement = {
  readonly outcome: Exclude<CallOutcome, 'abandoned'>
  readonly usage: TokenUsage | undefined
  readonly counted?: TokenUsage | undefined
  readonly firstTokenMs: number | null
  readonly totalMs: number
}

/**
 * A call, as it was entered. `usage` null: the provider did not tell it; then `price` is what we make of it, at most
 * what was reserved. `price` null: unknown. Times in milliseconds; `at` since the epoch.
 */
export type CallRow = {
  readonly role: string
  readonly connection: string
  readonly model: string
  readonly usage: TokenUsage | null
  readonly firstTokenMs: number | null
  readonly totalMs: number | null
  readonly price: Nanos | null
  readonly outcome: CallOutcome
  readonly at: number
}

/** What the calls of one role to one model came to. */
export type Cost = {
  readonly role: string
  readonly model: string
  readonly calls: number
  /** Of those calls whose provider told it. */
  readonly usage: TokenUsage
  /** Without the calls of unknown price. */
  readonly price: Nanos
  /** How many calls have no known price. */
  readonly unpriced: number
  /** How many are in `price` with what we make of them, because no provider told their usage. */
  readonly estimated: number
}

/**
 * What is spent on models, and may be. It stands outside of stories' timelines: what was spent stays spent, whatever
 * is rewound.
 */
export type Ledger = {
  /** Sets aside what a call may cost at most, or says which limit is in its way. Only then may it be made. */
  reserve(call: PlannedCall): Promise<{ readonly id: string } | Refused>
  /** Enters a call with what it came to, at the price of when it was reserved. A second time changes nothing. */
  settle(id: string, settlement: Settlement): Promise<void>
  /**
   * Enters the calls that were never settled, as if they had cost all that was reserved: their provider may have
   * charged it. For a start, before the first call. Gives how many there were.
   */
  abandonOpen(): Promise<number>
  /** By role and model. */
  costOf(story: string): Promise<Cost[]>
  /** The same for a month of a server, like `2026-11`. */
  costOfMonth(guild: string, month: Period): Promise<Cost[]>
  /** The calls for a turn, for all of its answers; the first first. */
  callsOf(story: string, turn: TurnId): Promise<CallRow[]>
  /** Sets what a model costs from a time on. Calls that are settled keep the price that they had. */
  setPrice(price: ListedPrice): Promise<void>
  /** Every price in force for a server at a time, by model. */
  pricesAt(guild: string, at: number): Promise<ListedPrice[]>
  /** Sets a limit for what is spent from now on, what was spent in the window before included; null: none. */
  setBudget(budget: Omit<Budget, 'limit'> & { readonly limit: Nanos | null }): Promise<void>
  budgetsOf(guild: string): Promise<Budget[]>
  /** The limits that hold now for what someone spends, with what is used of them. `zone`: the server’s time zone. */
  standings(payer: Payer, zone: string): Promise<Standing[]>
}
