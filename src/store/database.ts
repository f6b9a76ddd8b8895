import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import {
  CompiledQuery,
  Kysely,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely'
import { Migrator } from 'kysely/migration'
import { LRUCache } from 'lru-cache'
import { migrations } from '../../migrations/index.ts'
import { SkeinError } from '../kit/errors.ts'
import { keepIndexed } from './memory-index.ts'
import type { Tables } from './schema.ts'

export type Db = Kysely<Tables>

/** How many statements are kept: Skein has fewer, apart from how many rows each brings. */
const STATEMENTS = 500

// To plan how rows are found that a head sees takes SQLite longer than to find them, so each statement is prepared once.
const preparing = (database: Database.Database): SqliteDatabase => {
  const statements = new LRUCache<string, Database.Statement>({ max: STATEMENTS })
  return {
    prepare: (text) => {
      const statement = statements.get(text) ?? database.prepare(text)
      statements.set(text, statement)
      return statement as unknown as SqliteStatement
    },
    close: () => database.close(),
  }
}

// A deferred transaction that reads and then writes can lose its snapshot (SQLITE_BUSY_SNAPSHOT), so all of
// Skein's transactions take the write lock at once. Kysely's own mutex queues them on the one connection.
const immediate = (database: SqliteDatabase): SqliteDialect => {
  const dialect = new SqliteDialect({ database })
  dialect.createDriver = () => {
    const driver = new SqliteDriver({ database })
    driver.beginTransaction = async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'))
    }
    return driver
  }
  return dialect
}

/**
 * Opens the database of a data directory, or one in memory, and brings it up to date. A commit is on the disk
 * when its promise resolves: WAL alone would lower `synchronous` to NORMAL.
 */
export const openDatabase = async (directory: string | ':memory:'): Promise<Db> => {
  const database = new Database(directory === ':memory:' ? directory : join(directory, 'skein.sqlite'))
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('busy_timeout = 5000')
  // Words that are erased are overwritten, not only unlinked.
  database.pragma('secure_delete = ON')
  const db = new Kysely<Tables>({ dialect: immediate(preparing(database)) })
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest()
  if (error) {
    await db.destroy()
    throw new SkeinError(
      'migration_failed',
      'the database could not be brought up to date',
      { directory },
      error,
    )
  }
  await keepIndexed(db)
  return db
}

const lockFile = (directory: string): Database.Database => {
  try {
    mkdirSync(directory, { recursive: true })
    return new Database(join(directory, 'skein.lock'), { timeout: 0 })
  } catch (error) {
    throw new SkeinError(
      'data_dir_unusable',
      `nothing can be kept in ${directory}: check SKEIN_DATA_DIR and who may write there`,
      { directory },
      error,
    )
  }
}

/**
 * Claims a data directory for this process, creating it. The lock is a transaction on a file of its own, which
 * the kernel frees however the process ends. Throws `data_dir_in_use` while another process holds it, and
 * `data_dir_unusable` where it cannot be written.
 */
export const claimDirectory = (directory: string): { release(): void } => {
  const lock = lockFile(directory)
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!(error instanceof Database.SqliteError) || error.code !== 'SQLITE_BUSY') throw error
    throw new SkeinError(
      'data_dir_in_use',
      `another Skein already runs on ${directory}`,
      { directory },
      error,
    )
  }
  return { release: () => lock.close() }
}
