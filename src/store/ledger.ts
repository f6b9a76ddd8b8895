import type { NewId } from '../kit/ids.ts'
import {
  type Account,
  accountsOf,
  type Budget,
  limitOf,
  mayReserve,
  type Payer,
  type Refused,
  type Standing,
  type Sum,
} from '../ledger/budget.ts'
import {
  freePrice,
  type ListedPrice,
  mostFor,
  Nanos,
  Price,
  priceAt,
  priceOf,
  pricesInForce,
  readableUsage,
  type TokenUsage,
} from '../ledger/price.ts'
import { type Day, dayAt } from '../ledger/window.ts'
import type { Ledger, PlannedCall, Settlement } from '../turn/ports/ledger.ts'
import { callsOf, costOf, costOfMonth } from './calls.ts'
import type { Db } from './database.ts'
import type { Row } from './schema.ts'
import type { Trx } from './transact.ts'

/** In a key's column, what null is outside. */
const ANY = ''

const asPrice = ({ guild, connection, cache_write, ...price }: Row<'prices'>): ListedPrice => ({
  ...price,
  guild: guild === ANY ? null : guild,
  connection: connection === ANY ? null : connection,
  cacheWrite: cache_write,
})

const asBudget = ({ subject, ...budget }: Row<'budgets'>): Budget => ({
  ...budget,
  subject: subject === ANY ? null : subject,
})

type Called = Pick<Row<'reservations'>, 'guild' | 'model' | 'connection' | 'is_free'>

/** What a call costs: by the price that someone set, else nothing where it is free. */
const priceFor = async (trx: Trx, called: Called, at: number): Promise<Price | undefined> => {
  const rows = await trx
    .selectFrom('prices')
    .selectAll()
    .where('model', '=', called.model)
    .where('connection', 'in', [called.connection, ANY])
    .where('guild', 'in', [called.guild, ANY])
    .where('from', '<=', at)
    .execute()
  return priceAt(rows.map(asPrice), called, at) ?? (called.is_free ? freePrice : undefined)
}

const budgetsFor = async (trx: Trx, { guild, player, story }: Payer): Promise<Budget[]> => {
  const subjects = [ANY, guild, player, story].filter((subject) => subject !== null)
  const rows = await trx
    .selectFrom('budgets')
    .selectAll()
    .where('guild', '=', guild)
    .where('subject', 'in', subjects)
    .execute()
  return rows.map(asBudget)
}

const sumOf = async (trx: Trx, guild: string, { scope, subject, period }: Account): Promise<Sum> => {
  const sum = await trx
    .selectFrom('totals')
    .select(['spent', 'reserved'])
    .where((eb) => eb.and({ guild, subject, period, scope }))
    .executeTakeFirst()
  return sum ?? { spent: 0, reserved: 0 }
}

/** Each account that a call counts in and that has a limit. */
const standingsOf = async (trx: Trx, payer: Payer, day: Day): Promise<Standing[]> => {
  const budgets = await budgetsFor(trx, payer)
  const standings: Standing[] = []
  for (const account of accountsOf(payer, day)) {
    const limit = limitOf(budgets, account)
    if (limit !== undefined)
      standings.push({ ...account, limit, ...(await sumOf(trx, payer.guild, account)) })
  }
  return standings
}

/** Adds to every account that a call counts in, limited or not. */
const add = async (trx: Trx, payer: Payer, day: Day, { spent, reserved }: Sum): Promise<void> => {
  const accounts = accountsOf(payer, day)
  await trx
    .insertInto('totals')
    .values(
      accounts.map(({ window: _, ...account }) => ({ guild: payer.guild, ...account, spent, reserved })),
    )
    .onConflict((conflict) =>
      conflict.columns(['guild', 'subject', 'period', 'scope']).doUpdateSet((eb) => ({
        spent: eb('totals.spent', '+', eb.ref('excluded.spent')),
        reserved: eb('totals.reserved', '+', eb.ref('excluded.reserved')),
      })),
    )
    .execute()
}

// One transaction, and one that has the write lock from its beginning: between the check and the entry nobody can
// spend, be it another process.
const reserve =
  (db: Db, now: () => number, newId: NewId) =>
  ({
    zone,
    promptTokens,
    maxTokens,
    isFree,
    marksCache,
    ...planned
  }: PlannedCall): Promise<{ id: string } | Refused> =>
    db.transaction().execute(async (trx) => {
      const call = { ...planned, is_free: Number(isFree), marks_cache: Number(marksCache) }
      const at = now()
      const day = dayAt(at, zone)
      const amount = mostFor(promptTokens, maxTokens, await priceFor(trx, call, at), marksCache)
      const outcome = mayReserve(await standingsOf(trx, call, day), amount, at, zone)
      if (outcome !== 'ok') return outcome
      const id = newId()
      await trx
        .insertInto('reservations')
        .values({ ...call, id, at, day, amount })
        .execute()
      await add(trx, call, day, { spent: 0, reserved: amount ?? 0 })
      return { id }
    })

type Ended = Pick<Row<'calls'>, 'outcome' | 'first_token_ms' | 'total_ms'>

const tokensOf = (usage: TokenUsage | undefined) => ({
  input: usage?.input ?? null,
  cached: usage?.cached ?? null,
  cache_written: usage?.cacheWritten ?? null,
  reasoning: usage?.reasoning ?? null,
  output: usage?.output ?? null,
})

type Used = Pick<Settlement, 'usage' | 'counted'>

const costOfCall = async (
  trx: Trx,
  { amount, ...call }: Row<'reservations'>,
  { usage, counted }: Used,
): Promise<Nanos | null> => {
  const tokens = usage ?? counted
  if (!tokens) return amount
  const price = priceOf(tokens, await priceFor(trx, call, call.at), call.marks_cache === 1)
  return usage || price === null || amount === null ? price : Math.min(price, amount)
}

/** Makes a call of a reservation, on the day on which it was reserved. */
const enter = async (trx: Trx, reserved: Row<'reservations'>, used: Used, ended: Ended): Promise<void> => {
  const price = await costOfCall(trx, reserved, used)
  const { amount, is_free: _, marks_cache: __, ...call } = reserved
  await trx.deleteFrom('reservations').where('id', '=', call.id).execute()
  await trx
    .insertInto('calls')
    .values({ ...call, ...tokensOf(used.usage), ...ended, price })
    .execute()
  await add(trx, call, call.day, { spent: price ?? 0, reserved: -(amount ?? 0) })
}

const settle =
  (db: Db) =>
  (id: string, { outcome, usage, counted, firstTokenMs, totalMs }: Settlement): Promise<void> =>
    db.transaction().execute(async (trx) => {
      const reserved = await trx
        .selectFrom('reservations')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst()
      if (!reserved) return
      const ended = { outcome, first_token_ms: firstTokenMs, total_ms: totalMs }
      const used = { usage: readableUsage(usage), counted: readableUsage(counted) }
      await enter(trx, reserved, used, ended)
    })

const nothingTold: Used = { usage: undefined, counted: undefined }

const abandonOpen = (db: Db) => (): Promise<number> =>
  db.transaction().execute(async (trx) => {
    const open = await trx.selectFrom('reservations').selectAll().execute()
    for (const reserved of open)
      await enter(trx, reserved, nothingTold, { outcome: 'abandoned', first_token_ms: null, total_ms: null })
    return open.length
  })

const setPrice = async (db: Db, { guild, model, connection, from, ...price }: ListedPrice): Promise<void> => {
  const { cacheWrite, ...whole } = Price.parse(price)
  const amounts = { ...whole, cache_write: cacheWrite }
  await db
    .insertInto('prices')
    .values({ guild: guild ?? ANY, model, connection: connection ?? ANY, from, ...amounts })
    .onConflict((conflict) => conflict.columns(['model', 'connection', 'guild', 'from']).doUpdateSet(amounts))
    .execute()
}

const pricesAt = async (db: Db, guild: string, at: number): Promise<ListedPrice[]> => {
  const rows = await db
    .selectFrom('prices')
    .selectAll()
    .where('guild', 'in', [guild, ANY])
    .orderBy('model')
    .orderBy('connection')
    .execute()
  return pricesInForce(rows.map(asPrice), at)
}

const setBudget = async (
  db: Db,
  { limit, subject, ...budget }: Omit<Budget, 'limit'> & { readonly limit: Nanos | null },
): Promise<void> => {
  const key = { ...budget, subject: subject ?? ANY }
  if (limit === null) {
    await db
      .deleteFrom('budgets')
      .where((eb) => eb.and(key))
      .execute()
    return
  }
  const whole = { limit: Nanos.parse(limit) }
  await db
    .insertInto('budgets')
    .values({ ...key, ...whole })
    .onConflict((conflict) => conflict.columns(['guild', 'subject', 'scope', 'window']).doUpdateSet(whole))
    .execute()
}

const budgetsOf = async (db: Db, guild: string): Promise<Budget[]> => {
  const rows = await db
    .selectFrom('budgets')
    .selectAll()
    .where('guild', '=', guild)
    .orderBy('scope')
    .orderBy('subject')
    .orderBy('window')
    .execute()
  return rows.map(asBudget)
}

/** What model calls cost and may cost. `now` is in milliseconds since the epoch. */
export const ledgerStore = (db: Db, now: () => number, newId: NewId): Ledger => ({
  reserve: reserve(db, now, newId),
  settle: settle(db),
  abandonOpen: abandonOpen(db),
  costOf: (story) => costOf(db, story),
  costOfMonth: (guild, month) => costOfMonth(db, guild, month),
  callsOf: (story, turn) => callsOf(db, story, turn),
  setPrice: (price) => setPrice(db, price),
  pricesAt: (guild, at) => pricesAt(db, guild, at),
  setBudget: (budget) => setBudget(db, budget),
  budgetsOf: (guild) => budgetsOf(db, guild),
  standings: (payer, zone) => db.transaction().execute((trx) => standingsOf(trx, payer, dayAt(now(), zone))),
})
