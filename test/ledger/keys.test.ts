import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type CompiledQuery, Kysely, SqliteDialect } from 'kysely'
import { expect, test } from 'vitest'
import { ledgerStore } from '../../src/store/ledger.ts'
import type { Tables } from '../../src/store/schema.ts'
import { openBooks } from './books.ts'
import { NOON, planned, settlement } from './call.ts'

/** A database as a ledger has made it, and what is asked of it from now on. */
const openListening = async (directory: string) => {
  const books = await openBooks(directory)
  await books.priced()
  await books.limit(3)
  await books.limit(3, { scope: 'user' })
  await books.close()
  const database = new Database(join(directory, 'skein.sqlite'))
  const queries: CompiledQuery[] = []
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database }),
    log: ({ query }) => {
      queries.push(query)
    },
  })
  const plans = () =>
    queries
      .filter(({ sql }) => /^(?:select|update|delete|insert)/u.test(sql))
      .flatMap(
        ({ sql, parameters }) =>
          database.prepare(`explain query plan ${sql}`).all(...parameters) as { detail: string }[],
      )
      .map(({ detail }) => detail)
  return { db, plans }
}

test('a limit is checked, and a call settled, by keys alone: it takes no longer as calls add up', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'skein-ledger-'))
  const { db, plans } = await openListening(directory)
  try {
    const ledger = ledgerStore(
      db,
      () => NOON,
      () => 'call1',
    )
    expect(await ledger.reserve(planned)).toEqual({ id: 'call1' })
    await ledger.settle('call1', settlement)
    const details = plans()
    for (const table of ['prices', 'budgets', 'totals', 'reservations'])
      expect(details.some((detail) => detail.startsWith(`SEARCH ${table} USING`))).toBe(true)
    expect(
      details.filter((detail) => detail.startsWith('SCAN') && !/VALUES CLAUSE$|CONSTANT ROW$/u.test(detail)),
    ).toEqual([])
  } finally {
    await db.destroy()
    await rm(directory, { recursive: true })
  }
})
