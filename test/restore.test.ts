import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { SnowflakeUtil } from 'discord.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backupStore, backupsIn } from '../src/store/backup.ts'
import { checksumFile } from '../src/store/backup-check.ts'
import { claimDirectory } from '../src/store/database.ts'
import { runProgram } from './doubles/program.ts'
import { linesOf, openStores } from './doubles/store.ts'
import { beginStory, playTurn, ref, turnsOf } from './doubles/told.ts'

let directory: string
let backup: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-restore-'))
  const stores = await openStores(directory)
  await beginStory(stores)
  const backups = backupStore(directory, Date.now)
  backup = join(backupsIn(directory), (await backups.make()).name)
  await playTurn(stores, '"Later."')
  await stores.close()
})
afterEach(() => rm(directory, { recursive: true }))

const restore = async (...args: string[]) => {
  const program = runProgram({ SKEIN_DATA_DIR: directory }, directory, ['src/restore.ts', ...args])
  return { code: await program.ended, lines: program.output().trim().split('\n') }
}
const turnsIn = async (folder: string) => {
  const stores = await openStores(folder)
  const turns = await turnsOf(stores)
  await stores.close()
  return turns
}
const database = () => readFile(join(directory, 'skein.sqlite'))
const keptAside = () => readdir(join(directory, 'replaced')).catch((): string[] => [])

/** A copy of the data directory as a kill leaves it: the newest turn stands only in the log. */
const afterKill = async (): Promise<void> => {
  const stores = await openStores(directory)
  await playTurn(stores, '"Just now."')
  const copy = await mkdtemp(join(tmpdir(), 'skein-killed-'))
  await cp(directory, copy, { recursive: true })
  await stores.close()
  await cp(copy, directory, { recursive: true })
  await rm(copy, { recursive: true })
}

describe('restoring', () => {
  test('what was said since the backup was made is not answered again', async () => {
    await restore(backup)
    const restored = await openStores(directory)
    const upTo = BigInt((await restored.threads.lastTakenIn('500')) ?? 0)
    await restored.close()
    expect(Number(SnowflakeUtil.timestampFrom(upTo))).toBeGreaterThan(Date.now() - 60_000)
  })

  test('what was erased since the backup was made does not come back with it', async () => {
    const stores = await openStores(directory)
    await playTurn(stores, '"My name is Rumpelstiltskin."', 'm7')
    const newer = join(backupsIn(directory), (await backupStore(directory, Date.now).make()).name)
    await stores.erasure.eraseMessage('m7')
    await stores.close()
    expect((await restore(newer)).code).toBe(0)
    expect((await database()).includes('Rumpelstiltskin')).toBe(false)
    const restored = await openStores(directory)
    const words = (await linesOf(restored, ref)).map(({ text }) => text)
    await restored.close()
    expect(words.slice(-2)).toEqual(['So it is.', 'So it is.'])
  })

  test.each(['by its path', 'by its name'])(
    'puts a backup in place %s, and keeps what was there',
    async (how) => {
      const before = (await turnsIn(directory)) ?? 0
      const { code, lines } = await restore(
        how === 'by its path' ? backup : backup.slice(backupsIn(directory).length + 1),
      )
      expect([code, lines[0]]).toEqual([0, `Restored ${backup}.`])
      expect(await turnsIn(directory)).toBe(before - 1)
      const [kept = ''] = await keptAside()
      expect(lines[2]).toContain(join('replaced', kept, 'skein.sqlite'))
      expect(await turnsIn(join(directory, 'replaced', kept))).toBe(before)
      expect((await readdir(directory)).filter((name) => name.startsWith('restoring'))).toEqual([])
    },
  )

  test('can be undone, by restoring what was kept', async () => {
    const before = await turnsIn(directory)
    await restore(backup)
    const [kept = ''] = await keptAside()
    expect((await restore(join(directory, 'replaced', kept, 'skein.sqlite'))).code).toBe(0)
    expect(await turnsIn(directory)).toBe(before)
  })

  test('keeps what a kill had left in the log, and the log never meets the restored database', async () => {
    const before = (await turnsIn(directory)) ?? 0
    await afterKill()
    expect((await restore(backup)).code).toBe(0)
    expect(await turnsIn(directory)).toBe(before - 1)
    expect(await turnsIn(join(directory, 'replaced', ...(await keptAside())))).toBe(before + 1)
  })

  test('takes a copy that was made by hand, with its log', async () => {
    await afterKill()
    const copy = await mkdtemp(join(tmpdir(), 'skein-by-hand-'))
    await cp(join(directory, 'skein.sqlite'), join(copy, 'mine.sqlite'))
    await cp(join(directory, 'skein.sqlite-wal'), join(copy, 'mine.sqlite-wal'))
    const before = await turnsIn(directory)
    expect((await restore(backup)).code).toBe(0)
    expect((await restore(join(copy, 'mine.sqlite'))).code).toBe(0)
    expect(await turnsIn(directory)).toBe(before)
    await rm(copy, { recursive: true })
  })

  test('works when the present database is broken, or gone', async () => {
    await writeFile(join(directory, 'skein.sqlite'), 'ruined')
    expect((await restore(backup)).code).toBe(0)
    expect(await keptAside()).toHaveLength(1)
    await rm(join(directory, 'skein.sqlite'))
    const { code, lines } = await restore(backup)
    expect([code, lines[0], lines.length]).toEqual([0, `Restored ${backup}.`, 2])
    expect(await turnsIn(directory)).toBeDefined()
  })
})

describe('nothing is changed, and one line says why,', () => {
  const refused = async (reason: string, ...args: string[]) => {
    const before = await database()
    const { code, lines } = await restore(...args)
    expect([code, lines]).toEqual([1, [expect.stringContaining(`Nothing was restored: ${reason}`)]])
    expect(await database()).toEqual(before)
    expect(await keptAside()).toEqual([])
    expect((await readdir(directory)).filter((name) => name.startsWith('restoring'))).toEqual([])
  }
  const change = (sql: string) => {
    const opened = new Database(backup)
    opened.pragma('foreign_keys = OFF')
    opened.exec(sql)
    opened.close()
    return rm(checksumFile(backup))
  }

  test('while Skein runs', async () => {
    const claim = claimDirectory(directory)
    await refused('Skein runs on this data', backup)
    claim.release()
  })

  test('without a file', () => refused('name a backup'))

  test('with a file that is not there', () => refused('there is no such file', 'nowhere.sqlite'))

  test('with a backup that was cut', async () => {
    await truncate(backup, 20_000)
    await refused('the file has changed since it was made', backup)
  })

  test('with a damaged one that has no checksum', async () => {
    await truncate(backup, 20_000)
    await rm(checksumFile(backup))
    await refused('the database in it is damaged', backup)
  })

  test('with what is no database', async () => {
    await writeFile(backup, 'Dear diary')
    await refused('this is no database file', backup)
  })

  test('with one of a newer Skein', async () => {
    await change("insert into kysely_migration values ('9999_later', '2030')")
    await refused('it was made by a newer Skein', backup)
  })

  test('with one whose stories cannot be read', async () => {
    await change("update branches set state = 'no'")
    await refused('a story in it cannot be read', backup)
  })
})
