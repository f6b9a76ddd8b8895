import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { SkeinError } from '../kit/errors.ts'
import type { BackupFault } from '../turn/ports.ts'
import { backupName } from './backup.ts'
import { checksumFile, faultIn } from './backup-check.ts'
import { openDatabase } from './database.ts'
import { syncDirectory, syncFile } from './durable.ts'
import { type Erasure, eraseAgain } from './erase.ts'

const FILE = 'skein.sqlite'
const SIDES = ['-wal', '-shm']

const refuse = (fault: BackupFault, file: string): SkeinError =>
  new SkeinError('backup_faulty', `the backup is ${fault}`, { fault, file })

const copyIfThere = async (from: string, to: string): Promise<void> => {
  if (existsSync(from)) await copyFile(from, to, constants.COPYFILE_FICLONE)
}

/** What was erased by now; nothing where the present database is too broken to say. */
const erasedBy = (present: string): Erasure[] => {
  if (!existsSync(present)) return []
  let database: Database.Database | undefined
  try {
    database = new Database(present, { readonly: true, fileMustExist: true })
    return database.prepare<[], Erasure>('select source, at from erasures').all()
  } catch (error) {
    if (error instanceof Database.SqliteError) return []
    throw error
  } finally {
    database?.close()
  }
}

/**
 * Copies the backup and all that belongs to it into a directory of its own, brings it up to date there, and erases
 * what people have had erased since it was made. What was said up to a message is passed over: it was answered once.
 */
const prepare = async (
  file: string,
  directory: string,
  erased: readonly Erasure[],
  saidUntil: string,
): Promise<string> => {
  const path = join(directory, FILE)
  if (!existsSync(file)) throw refuse('missing', file)
  await copyIfThere(file, path)
  // A database that was copied by hand, or kept aside broken, may have its newest commits here.
  await copyIfThere(`${file}-wal`, `${path}-wal`)
  await copyIfThere(checksumFile(file), checksumFile(path))
  const fault = await faultIn(path)
  if (fault) throw refuse(fault, file)
  await rm(checksumFile(path), { force: true })
  const db = await openDatabase(directory)
  try {
    await eraseAgain(db, erased)
    await db.updateTable('threads').set({ passed_over: saidUntil }).execute()
  } finally {
    await db.destroy()
  }
  const left = await faultIn(path)
  if (left) throw refuse(left, file)
  await syncFile(path)
  return path
}

// Brings the log into the file where that can be done; a database too broken for it is kept with its log.
const settle = (path: string): void => {
  try {
    const database = new Database(path, { fileMustExist: true })
    try {
      database.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      database.close()
    }
  } catch (error) {
    if (!(error instanceof Database.SqliteError)) throw error
  }
}

const copySafely = async (from: string, to: string): Promise<void> => {
  if (!existsSync(from)) return
  await copyIfThere(from, to)
  await syncFile(to)
}

const keepAside = async (directory: string, now: number): Promise<string | undefined> => {
  const present = join(directory, FILE)
  if (!existsSync(present)) return undefined
  settle(present)
  const folder = join(directory, 'replaced')
  await mkdir(folder, { recursive: true })
  const kept = await mkdtemp(join(folder, `${backupName(now).replace('.sqlite', '')}-`))
  try {
    for (const side of ['', ...SIDES]) await copySafely(`${present}${side}`, join(kept, `${FILE}${side}`))
    for (const path of [kept, folder, directory]) await syncDirectory(path)
  } catch (error) {
    await rm(kept, { recursive: true, force: true })
    throw error
  }
  return join(kept, FILE)
}

/**
 * Puts a backup in the place of the database of a directory that the caller has claimed. Until the last rename the
 * present database stays where it is; a copy of it stays under `replaced/`, whose path is returned. Throws
 * `backup_faulty` with what is wrong in `details.fault`. `saidUntil`: an id such as messages have that are sent now.
 */
export const restoreDatabase = async (
  directory: string,
  file: string,
  now: number,
  saidUntil: string,
): Promise<{ readonly kept: string | undefined }> => {
  const aside = join(directory, 'restoring')
  try {
    await rm(aside, { recursive: true, force: true })
    await mkdir(aside)
    const present = join(directory, FILE)
    const prepared = await prepare(file, aside, erasedBy(present), saidUntil)
    const kept = await keepAside(directory, now)
    // A log of the old database must never meet the new one. What it holds is in the copy.
    for (const side of SIDES) await rm(`${present}${side}`, { force: true })
    await rename(prepared, present)
    await syncDirectory(directory)
    return { kept }
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}
