import type { Budget } from '../../src/ledger/budget.ts'
import { openDatabase } from '../../src/store/database.ts'
import { ledgerStore } from '../../src/store/ledger.ts'
import type { PlannedCall, Settlement } from '../../src/turn/ports/ledger.ts'
import { countingIds } from '../doubles/ids.ts'
import { CENT, NOON, planned, price, settlement } from './call.ts'

/**
 * A ledger over a database, in memory unless a directory is named, with two stories in it. Its calls cost a cent at
 * most. `clock.at` is its time, a noon at first.
 */
export const openBooks = async (directory = ':memory:') => {
  const db = await openDatabase(directory)
  const clock = { at: NOON }
  const ledger = ledgerStore(db, () => clock.at, countingIds('call'))
  await db
    .insertInto('stories')
    .values(['story1', 'story2'].map((id) => ({ id, guild: '9', last_seq: 0, created_at: 1, updated_at: 1 })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()

  const asking = (change: Partial<PlannedCall> = {}) => ledger.reserve({ ...planned, ...change })
  const reserved = async (change: Partial<PlannedCall> = {}): Promise<string> => {
    const outcome = await asking(change)
    if ('refused' in outcome) throw new Error(outcome.refused)
    return outcome.id
  }
  return {
    db,
    clock,
    ledger,
    asking,
    reserved,
    /** A call from its beginning to its end. */
    made: async (change: Partial<PlannedCall> = {}, end: Partial<Settlement> = {}) =>
      ledger.settle(await reserved(change), { ...settlement, ...end }),
    /** How many of calls that are asked for at once may be made. */
    granted: async (times: number, change: Partial<PlannedCall> = {}): Promise<number> => {
      const outcomes = await Promise.all(Array.from({ length: times }, () => asking(change)))
      return outcomes.filter((outcome) => 'id' in outcome).length
    },
    priced: (from = 0) => ledger.setPrice({ ...price, guild: null, model: 'bard', connection: null, from }),
    limit: (cents: number, change: Partial<Budget> = {}) =>
      ledger.setBudget({
        ...{ guild: '9', scope: 'server', subject: null, window: 'day', limit: cents * CENT },
        ...change,
      }),
    calls: () => db.selectFrom('calls').selectAll().orderBy('at').execute(),
    sumOf: (subject: string, period: string) =>
      db
        .selectFrom('totals')
        .select(['spent', 'reserved'])
        .where('subject', '=', subject)
        .where('period', '=', period)
        .executeTakeFirst(),
    close: () => db.destroy(),
  }
}

export type Books = Awaited<ReturnType<typeof openBooks>>
