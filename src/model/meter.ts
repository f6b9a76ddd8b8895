import type { Clock } from '../kit/clock.ts'
import type { Logger } from '../kit/logger.ts'
import type { Refused } from '../ledger/budget.ts'
import { noUsage, priceAt } from '../ledger/price.ts'
import type { Ledger, PlannedCall, Settlement } from '../turn/ports/ledger.ts'
import type { ModelFailure } from '../turn/ports.ts'
import type { Attempt } from './attempt.ts'
import { failure } from './failure.ts'

export type Books = Pick<Ledger, 'reserve' | 'settle' | 'pricesAt' | 'setPrice'>

/** Makes one request under a reservation, and enters what it came to; or says which limit is in its way. */
export type Meter = (
  call: PlannedCall,
  isPrivate: boolean,
  make: () => Promise<Attempt>,
) => Promise<Attempt | Refused>

export const isRefused = (outcome: Attempt | Refused): outcome is Refused => 'refused' in outcome

const outcomeOf = ({ finish, refusal, text, stopped }: Attempt): Settlement['outcome'] => {
  if (finish !== null)
    return text === '' || refusal !== '' || finish === 'content_filter' ? 'failed' : 'finished'
  if (stopped) return 'stopped'
  return text === '' ? 'failed' : 'cut'
}

const settlementOf = (made: Attempt): Settlement => ({
  outcome: outcomeOf(made),
  usage: made.usage ?? (made.notTakenOn ? noUsage : undefined),
  firstTokenMs: made.firstTokenMs,
  totalMs: made.totalMs,
})

/** Why a call that the ledger refused gave nothing, for a player. */
export const refusalOf = (refused: Refused): ModelFailure => {
  const limit = `the limit of the ${refused.scope} for a ${refused.window}`
  if (refused.refused === 'unpriced') return failure('unpriced', `nobody set a price, and ${limit} stands`)
  const over = failure('over_budget', `${limit} is in the way: ${refused.refused}`)
  return refused.refused === 'spent' ? { ...over, until: refused.resetsAt } : over
}

/**
 * Every request is entered: those that are made again, too. Models on this machine or next to it cost nothing until
 * someone says what they cost. An answer that came is not lost when the ledger cannot take its end: it counts there
 * with all that was reserved.
 */
export const createMeter = (deps: { ledger: Books; clock: Clock; log: Logger }): Meter => {
  const { ledger, clock, log } = deps
  const priced = new Set<string>()

  const priceAsFree = async ({ connection, model }: PlannedCall): Promise<void> => {
    const key = `${connection}/${model}`
    if (priced.has(key)) return
    const now = clock.now()
    if (priceAt(await ledger.pricesAt(now), { connection, model }, now) === undefined)
      await ledger.setPrice({ connection, model, from: 0, input: 0, cached: 0, output: 0 })
    priced.add(key)
  }

  return async (call, isPrivate, make) => {
    if (isPrivate) await priceAsFree(call)
    const reserved = await ledger.reserve(call)
    if ('refused' in reserved) return reserved
    const made = await make()
    await ledger.settle(reserved.id, settlementOf(made)).catch((error: unknown) => {
      log.error({ err: error, call: reserved.id }, 'a call could not be entered in the ledger')
    })
    return made
  }
}
