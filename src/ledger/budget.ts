import type { Nanos } from './price.ts'
import { type Day, type Period, periodOf, WINDOWS, type Window, whenResets } from './window.ts'

/** What a limit is for. Users' limits are for what they spend on one server. */
export type Scope = 'server' | 'user' | 'story'

/** What may be spent in each day or month. `subject` null: by each that has no limit of its own. */
export type Budget = {
  readonly guild: string
  readonly scope: Scope
  readonly subject: string | null
  readonly window: Window
  readonly limit: Nanos
}

/** On whose account a call goes. Null where it is made for no player, or for no story. */
export type Payer = {
  readonly guild: string
  readonly player: string | null
  readonly story: string | null
}

/** Where what was spent is summed up. */
export type Account = {
  readonly scope: Scope
  readonly subject: string
  readonly window: Window
  readonly period: Period
}

/** `reserved`: what calls that are not settled may come to at most. */
export type Sum = { readonly spent: Nanos; readonly reserved: Nanos }

/** An account that has a limit. */
export type Standing = Sum & Pick<Account, 'scope' | 'window'> & { readonly limit: Nanos }

/**
 * Why a call may not be made, by the limit that is in its way. `spent`: until `resetsAt`, in milliseconds since the
 * epoch. `too_small`: the call alone may cost more than the limit. `unpriced`: what it may cost is unknown.
 */
export type Refused = Pick<Standing, 'scope' | 'window' | 'limit'> &
  (
    | { readonly refused: 'spent'; readonly resetsAt: number }
    | { readonly refused: 'too_small' }
    | { readonly refused: 'unpriced' }
  )

/** Every account that a call on a day counts in, whether or not it has a limit now: it may have one later. */
export const accountsOf = ({ guild, player, story }: Payer, day: Day): Account[] => {
  const subjects = [
    { scope: 'server', subject: guild },
    { scope: 'user', subject: player },
    { scope: 'story', subject: story },
  ] as const
  return subjects.flatMap(({ scope, subject }) =>
    subject === null
      ? []
      : WINDOWS.map((window) => ({ scope, subject, window, period: periodOf(day, window) })),
  )
}

/** The limit of an account: its own, or the one for each. Undefined: there is none. */
export const limitOf = (
  budgets: readonly Budget[],
  { scope, subject, window }: Account,
): Nanos | undefined => {
  const found = budgets.filter((budget) => budget.scope === scope && budget.window === window)
  const own = found.find((budget) => budget.subject === subject)
  return (own ?? found.find((budget) => budget.subject === null))?.limit
}

const blocking = ({ scope, window, limit }: Standing) => ({ scope, window, limit })

/**
 * Whether a call that may cost so much can be reserved: whatever it then costs, no limit is passed. What is free
 * always can. Of several limits in its way the one is told that is longest in its way.
 */
export const mayReserve = (
  standings: readonly Standing[],
  estimate: Nanos | null,
  at: number,
  zone: string,
): 'ok' | Refused => {
  const [first] = standings
  if (!first || estimate === 0) return 'ok'
  if (estimate === null) return { refused: 'unpriced', ...blocking(first) }
  const tooSmall = standings.find(({ limit }) => estimate > limit)
  if (tooSmall) return { refused: 'too_small', ...blocking(tooSmall) }
  const [longest] = standings
    .filter(({ spent, reserved, limit }) => spent + reserved + estimate > limit)
    .map((standing) => ({ ...blocking(standing), resetsAt: whenResets(standing.window, at, zone) }))
    .sort((one, other) => other.resetsAt - one.resetsAt)
  return longest ? { refused: 'spent', ...longest } : 'ok'
}
