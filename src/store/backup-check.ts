import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { migrations } from '../../migrations/index.ts'
import { SkeinError } from '../kit/errors.ts'
import { emptyState } from '../story/state.ts'
import type { BackupFault } from '../turn/ports.ts'
import { loadHead } from './load.ts'
import type { Tables } from './schema.ts'

const HEADER = 'SQLite format 3\0'

/** Where the checksum of a backup stands, in the form that `sha256sum -c` reads. */
export const checksumFile = (path: string): string => `${path}.sha256`

export const checksumOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

const isDatabase = async (path: string): Promise<boolean> => {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER.length), 0, HEADER.length, 0)
    return buffer.toString('latin1', 0, bytesRead) === HEADER
  } finally {
    await file.close()
  }
}

// A copy that came here without its checksum is judged by what is in it.
const isAltered = async (path: string): Promise<boolean> => {
  const kept = await readFile(checksumFile(path), 'utf8').catch(() => undefined)
  return kept !== undefined && kept.split(/\s/u)[0] !== (await checksumOf(path))
}

const isWhole = (database: Database.Database): boolean =>
  database.pragma('integrity_check', { simple: true }) === 'ok' &&
  (database.pragma('foreign_key_check') as unknown[]).length === 0

const migrationsIn = (database: Database.Database): string[] => {
  const isKept = database.prepare("select 1 from sqlite_schema where name = 'kysely_migration'").get()
  return isKept ? (database.prepare('select name from kysely_migration').pluck().all() as string[]) : []
}

const canLoadEveryStory = async (database: Database.Database): Promise<boolean> => {
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
  try {
    const branches = await db
      .selectFrom('branches')
      .innerJoin('stories', 'stories.id', 'branches.story')
      .select(['branches.story', 'branches.id'])
      .where('branches.deleted_at', 'is', null)
      .where('stories.deleted_at', 'is', null)
      .execute()
    for (const { story, id } of branches) {
      const head = await loadHead(db, { story, branch: id })
      if (!head || !Object.keys(emptyState).every((key) => key in head.state)) return false
    }
    return true
  } catch {
    return false
  }
}

const faultInside = async (database: Database.Database): Promise<BackupFault | undefined> => {
  if (!isWhole(database)) return 'damaged'
  const made = migrationsIn(database)
  if (made.length === 0) return 'foreign'
  if (made.some((name) => !Object.hasOwn(migrations, name))) return 'too_new'
  // Older tables are read once they are brought up to date, which a restore does before it puts them in place.
  const isCurrent = made.length === Object.keys(migrations).length
  return !isCurrent || (await canLoadEveryStory(database)) ? undefined : 'unreadable'
}

/** What is wrong with a database file, looking at all of it: its time grows with its size. Changes nothing. */
export const faultIn = async (path: string): Promise<BackupFault | undefined> => {
  const isFile = await stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
  if (!isFile) return 'missing'
  if (!(await isDatabase(path))) return 'not_a_database'
  if (await isAltered(path)) return 'altered'
  let database: Database.Database | undefined
  try {
    database = new Database(path, { readonly: true, fileMustExist: true })
    return await faultInside(database)
  } catch (error) {
    if (error instanceof Database.SqliteError && /CORRUPT|NOTADB/u.test(error.code)) return 'damaged'
    throw error
  } finally {
    database?.close()
  }
}

/** `faultIn`, on a thread of its own: SQLite's checks would hold up every story that is being told. */
export const faultInBackground = (path: string, signal?: AbortSignal): Promise<BackupFault | undefined> =>
  new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const worker = new Worker(new URL('./backup-check-worker.ts', import.meta.url), { workerData: path })
    const stop = () => void worker.terminate()
    signal?.addEventListener('abort', stop, { once: true })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop)
      reject(new SkeinError('check_ended', 'the check of a backup was broken off', { path }))
    })
  })
