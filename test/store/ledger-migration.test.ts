import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { openBooks } from '../ledger/books.ts'
import { CENT, NOON, price, settlement } from '../ledger/call.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-migration-'))
})
afterEach(() => rm(directory, { recursive: true }))

/** A ledger as the version before prices were each server’s own left it, with a call under way. */
const oldLedger = async (): Promise<void> => {
  const database = new Database(join(directory, 'skein.sqlite'))
  const db = new Kysely<Record<string, Record<string, unknown>>>({ dialect: new SqliteDialect({ database }) })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateTo(
    '0004_ledger',
  )
  if (error) throw error
  const { cacheWrite: _, ...amounts } = price
  await db
    .insertInto('prices')
    .values({ ...amounts, model: 'bard', connection: '', from: 7 })
    .execute()
  await db
    .insertInto('reservations')
    .values({
      ...{ id: 'open', guild: '9', role: 'writer', connection: 'openai', model: 'bard' },
      ...{ at: NOON, day: '2026-11-21', amount: CENT },
    })
    .execute()
  await db.destroy()
}

test('prices that were set before are for all servers, and a call that was under way is settled by them', async () => {
  await oldLedger()
  const books = await openBooks(directory)
  try {
    expect(await books.ledger.pricesAt('9', NOON)).toEqual([
      { ...price, guild: null, model: 'bard', connection: null, from: 7 },
    ])
    await books.ledger.settle('open', settlement)
    expect(await books.calls()).toMatchObject([{ id: 'open', price: CENT, cache_written: 0 }])
  } finally {
    await books.close()
  }
})
