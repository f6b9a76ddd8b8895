import type { Logger } from '../kit/logger.ts'
import type { Refused } from '../ledger/budget.ts'
import { noUsage, type TokenUsage } from '../ledger/price.ts'
import type { Ledger, PlannedCall, Settlement } from '../turn/ports/ledger.ts'
import type { ModelFailure } from '../turn/ports.ts'
import type { Attempt } from './attempt.ts'
import { failure } from './failure.ts'

export type Books = Pick<Ledger, 'reserve' | 'settle'>

/**
 * Makes one request under a reservation, and enters what it came to; or says which limit is in its way. `count`: what it
 * used by our own count, asked where it was stopped or broke off before the provider could tell.
 */
export type Meter = (
  call: PlannedCall,
  make: () => Promise<Attempt>,
  count: (made: Attempt) => TokenUsage,
) => Promise<Attempt | Refused>

export const isRefused = (outcome: Attempt | Refused): outcome is Refused => 'refused' in outcome

const outcomeOf = ({ finish, refusal, text, stopped }: Attempt): Settlement['outcome'] => {
  if (finish !== null)
    return text === '' || refusal !== '' || finish === 'content_filter' ? 'failed' : 'finished'
  if (stopped) return 'stopped'
  return text === '' ? 'failed' : 'cut'
}

/** A stream that ended before its usage was told. Who tells none at the end never does, and may count as it likes. */
const isUntold = ({ usage, finish }: Attempt): boolean => usage === undefined && finish === null

const settlementOf = (made: Attempt, count: (made: Attempt) => TokenUsage): Settlement => ({
  outcome: outcomeOf(made),
  usage: made.usage ?? (made.notTakenOn ? noUsage : undefined),
  ...(isUntold(made) && !made.notTakenOn ? { counted: count(made) } : {}),
  firstTokenMs: made.firstTokenMs,
  totalMs: made.totalMs,
})

/** Whether a provider counts more than was set aside, so that a limit may be passed. */
const isPassed = ({ promptTokens, maxTokens }: PlannedCall, { usage }: Attempt): boolean =>
  usage !== undefined && (usage.input > promptTokens || usage.output > maxTokens)

/** Why a call that the ledger refused gave nothing, for a player. */
export const refusalOf = (refused: Refused): ModelFailure => {
  const limit = `the limit of the ${refused.scope} for a ${refused.window}`
  if (refused.refused === 'unpriced') return failure('unpriced', `nobody set a price, and ${limit} stands`)
  const over = failure('over_budget', `${limit} is in the way: ${refused.refused}`)
  return refused.refused === 'spent' ? { ...over, until: refused.resetsAt } : over
}

/**
 * Every request is entered: those that are made again, too. An answer that came is not lost when the ledger cannot take
 * its end: it counts there with all that was reserved. One that used more than that counts with what it used; its model
 * is reserved for so much from then on.
 */
export const createMeter =
  ({ ledger, log }: { readonly ledger: Books; readonly log: Logger }): Meter =>
  async (call, make, count) => {
    const reserved = await ledger.reserve(call)
    if ('refused' in reserved) return reserved
    const { id } = reserved
    const made = await make()
    if (isPassed(call, made)) {
      const { connection, model, promptTokens, maxTokens } = call
      const line = { call: id, connection, model, promptTokens, maxTokens, usage: made.usage }
      log.warn(line, 'a call used more than was reserved for it: a limit may have been passed by that much')
    }
    await ledger.settle(id, settlementOf(made, count)).catch((error: unknown) => {
      log.error({ err: error, call: id }, 'a call could not be entered in the ledger')
    })
    return made
  }
