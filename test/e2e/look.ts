import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Db } from '../../src/store/database.ts'
import type { Row, Tables } from '../../src/store/schema.ts'
import { storesOver } from '../../src/store/stores.ts'
import type { RoleName } from '../../src/story/settings.ts'
import { countingIds } from '../doubles/ids.ts'
import { linesOf } from '../doubles/store.ts'

/** Looks into the database of a data directory, also while Skein is running on it. Nothing can be changed there. */
export const lookInto = async <T>(directory: string, look: (db: Db) => Promise<T>): Promise<T> => {
  const database = new Database(join(directory, 'skein.sqlite'), { readonly: true })
  const db: Db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  return look(db).finally(() => db.destroy())
}

/** What is known of the story that a thread tells. */
export const storyOf = async (db: Db, thread: string) => {
  const stores = storesOver(db, Date.now, countingIds('none'))
  const ref = await stores.threads.storyIn(thread)
  if (!ref) throw new Error('the thread tells no story')
  return { stores, ref }
}

/** What is part of the story that a thread tells: its lines, oldest first. */
export const transcriptOf = (directory: string, thread: string): Promise<string[]> =>
  lookInto(directory, async (db) => {
    const { stores, ref } = await storyOf(db, thread)
    return (await linesOf(stores, ref)).map(({ text }) => text)
  })

/** The calls that were made in a role for the story of a thread, the first first, and how many have no end yet. */
export const ledgerOf = (
  directory: string,
  thread: string,
  role: RoleName,
): Promise<{ readonly calls: readonly Row<'calls'>[]; readonly open: number }> =>
  lookInto(directory, async (db) => {
    const { ref } = await storyOf(db, thread)
    const of = { story: ref.story, role }
    const calls = db
      .selectFrom('calls')
      .selectAll()
      .where((eb) => eb.and(of))
    const open = db
      .selectFrom('reservations')
      .select('id')
      .where((eb) => eb.and(of))
    return {
      calls: await calls.orderBy('at').orderBy('id').execute(),
      open: (await open.execute()).length,
    }
  })
