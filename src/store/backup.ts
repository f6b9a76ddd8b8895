import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { SkeinError } from '../kit/errors.ts'
import type { Backup, BackupFault, Backups } from '../turn/ports.ts'
import { checksumFile, checksumOf, faultInBackground } from './backup-check.ts'
import { syncDirectory, syncFile } from './durable.ts'

const NAME = /^skein-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.sqlite$/u
const UNFINISHED = '.partial'

/** How many backups are kept. */
export const KEPT = 14

/** Where the backups of a data directory are. */
export const backupsIn = (directory: string): string => join(directory, 'backups')

/** `skein-2026-01-31T03-00-00Z.sqlite`: names sort by time. */
export const backupName = (at: number): string =>
  `skein-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z.sqlite`

const timeIn = (name: string): number => Date.parse(name.replace(NAME, '$1T$2:$3:$4Z'))

/** The backups of a data directory, the newest first. Only plain files under a backup's name count. */
export const listBackups = async (directory: string): Promise<Backup[]> => {
  const folder = backupsIn(directory)
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isFile() && NAME.test(entry.name)).map(({ name }) => name)
  const backups = names.map(async (name) => ({
    name,
    at: timeIn(name),
    bytes: (await stat(join(folder, name))).size,
  }))
  return (await Promise.all(backups)).sort((a, b) => b.at - a.at)
}

/** What is wrong with a backup, by its name. Nothing outside the folder is looked at. */
export const verifyBackup = async (
  directory: string,
  name: string,
  signal?: AbortSignal,
): Promise<BackupFault | undefined> => {
  const backups = await listBackups(directory)
  if (!backups.some((backup) => backup.name === name)) return 'missing'
  return faultInBackground(join(backupsIn(directory), name), signal)
}

/** Which backups to remove, newest first given: all but the newest ones and the newest that is known to be good. */
export const pruneBackups = (
  backups: readonly { readonly name: string; readonly isGood: boolean }[],
  keep = KEPT,
): string[] => {
  const lastGood = backups.findIndex(({ isGood }) => isGood)
  return backups.filter((_, index) => index >= keep && index !== lastGood).map(({ name }) => name)
}

// The snapshot is held by a read transaction. Without it each commit of the program would start the copy again.
const copy = async (from: string, to: string, signal: AbortSignal): Promise<void> => {
  const source = new Database(from, { readonly: true, fileMustExist: true })
  try {
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    await source.backup(to, {
      progress: () => {
        signal.throwIfAborted()
        return 100
      },
    })
  } finally {
    source.close()
  }
}

// One file that is complete without a log beside it, and that can be read where nothing can be written.
const standAlone = (path: string): void => {
  const database = new Database(path)
  database.pragma('journal_mode = DELETE')
  database.close()
}

const clearUnfinished = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder))
    if (name.includes(UNFINISHED)) await rm(join(folder, name), { force: true })
}

const freeName = async (directory: string, now: number): Promise<{ name: string; at: number }> => {
  const taken = new Set((await listBackups(directory)).map(({ name }) => name))
  let at = now - (now % 1000)
  while (taken.has(backupName(at))) at += 1000
  return { name: backupName(at), at }
}

const makeBackup = async (directory: string, now: number, signal: AbortSignal): Promise<Backup> => {
  const folder = backupsIn(directory)
  await mkdir(folder, { recursive: true })
  await clearUnfinished(folder)
  const { name, at } = await freeName(directory, now)
  const path = join(folder, name)
  const unfinished = `${path}${UNFINISHED}`
  try {
    await copy(join(directory, 'skein.sqlite'), unfinished, signal)
    standAlone(unfinished)
    const fault = await faultInBackground(unfinished, signal)
    if (fault) throw new SkeinError('backup_faulty', `the new backup is ${fault}`, { fault })
    await syncFile(unfinished)
    await writeFile(checksumFile(path), `${await checksumOf(unfinished)}  ${basename(path)}\n`, {
      flush: true,
    })
    await rename(unfinished, path)
    await syncDirectory(folder)
    return { name, at, bytes: (await stat(path)).size }
  } catch (error) {
    await rm(checksumFile(path), { force: true })
    throw error
  } finally {
    await clearUnfinished(folder)
  }
}

const prune = async (directory: string, made: Backup, signal: AbortSignal): Promise<void> => {
  const backups = await listBackups(directory)
  if (backups.length <= KEPT) return
  const judged: { name: string; isGood: boolean }[] = []
  for (const { name } of backups) {
    const isSettled = judged.some(({ isGood }) => isGood)
    const isGood =
      !isSettled && (name === made.name || (await verifyBackup(directory, name, signal)) === undefined)
    judged.push({ name, isGood })
  }
  for (const name of pruneBackups(judged)) {
    const path = join(backupsIn(directory), name)
    await rm(path, { force: true })
    await rm(checksumFile(path), { force: true })
  }
}

/** The backups of a data directory whose database is in use. `close` breaks off what is being made or checked. */
export const backupStore = (
  directory: string,
  now: () => number,
): Backups & { readonly close: () => Promise<void> } => {
  const closing = new AbortController()
  let making: Promise<Backup> | undefined
  const make = async () => {
    closing.signal.throwIfAborted()
    const made = await makeBackup(directory, now(), closing.signal)
    await prune(directory, made, closing.signal)
    return made
  }
  return {
    make: () => {
      making ??= make().finally(() => {
        making = undefined
      })
      return making
    },
    list: () => listBackups(directory),
    verify: (name) => verifyBackup(directory, name, closing.signal),
    close: async () => {
      closing.abort()
      await making?.catch(() => {})
    },
  }
}
