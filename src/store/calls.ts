import type { TokenUsage } from '../ledger/price.ts'
import type { Period } from '../ledger/window.ts'
import type { TurnId } from '../story/ref.ts'
import type { CallRow, Cost } from '../turn/ports/ledger.ts'
import type { Db } from './database.ts'
import type { Row } from './schema.ts'

const sumCalls = (db: Db) =>
  db
    .selectFrom('calls')
    .select(['role', 'model'])
    .select(({ fn, eb }) => {
      const columns = ['input', 'cached', 'cache_written', 'reasoning', 'output', 'price'] as const
      const sum = (column: (typeof columns)[number]) =>
        fn.coalesce(fn.sum<number>(column), eb.lit(0)).as(column)
      return [
        fn.countAll<number>().as('calls'),
        fn.count<number>('price').as('priced'),
        fn.count<number>('price').filterWhere('input', 'is', null).as('estimated'),
        ...columns.map(sum),
      ]
    })
    .groupBy(['role', 'model'])
    .orderBy('role')
    .orderBy('model')

type Summed = Pick<Cost, 'role' | 'model' | 'calls' | 'estimated' | 'price'> &
  Omit<TokenUsage, 'cacheWritten'> & { readonly cache_written: number; readonly priced: number }

const asCost = ({ input, cached, cache_written, reasoning, output, priced, ...cost }: Summed): Cost => ({
  ...cost,
  usage: { input, cached, cacheWritten: cache_written, reasoning, output },
  unpriced: cost.calls - priced,
})

/** What the calls for a story came to, by role and model. */
export const costOf = async (db: Db, story: string): Promise<Cost[]> =>
  (await sumCalls(db).where('story', '=', story).execute()).map(asCost)

/** What the calls of a server came to in a month, like `2026-11`. */
export const costOfMonth = async (db: Db, guild: string, month: Period): Promise<Cost[]> => {
  const rows = await sumCalls(db)
    .where('guild', '=', guild)
    .where('day', '>=', `${month}-01`)
    .where('day', '<=', `${month}-31`)
    .execute()
  return rows.map(asCost)
}

const asCall = ({
  input,
  cached,
  cache_written,
  reasoning,
  output,
  first_token_ms,
  total_ms,
  ...call
}: Row<'calls'>): CallRow => ({
  role: call.role,
  connection: call.connection,
  model: call.model,
  usage:
    input === null
      ? null
      : {
          ...{ input, cached: cached ?? 0, cacheWritten: cache_written ?? 0 },
          ...{ reasoning: reasoning ?? 0, output: output ?? 0 },
        },
  firstTokenMs: first_token_ms,
  totalMs: total_ms,
  price: call.price,
  outcome: call.outcome,
  at: call.at,
})

/** The calls for a turn, the first first. */
export const callsOf = async (db: Db, story: string, turn: TurnId): Promise<CallRow[]> => {
  const rows = await db
    .selectFrom('calls')
    .selectAll()
    .where('story', '=', story)
    .where('turn', '=', turn)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(asCall)
}
