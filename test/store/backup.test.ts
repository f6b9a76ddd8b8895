import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  backupName,
  backupStore,
  backupsIn,
  KEPT,
  listBackups,
  pruneBackups,
  verifyBackup,
} from '../../src/store/backup.ts'
import { checksumFile, faultIn } from '../../src/store/backup-check.ts'
import { positionOf } from '../../src/story/head.ts'
import { manualClock } from '../doubles/clock.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref, turnsOf } from '../doubles/told.ts'

const NIGHT = Date.UTC(2026, 0, 31, 3)
const NAME = 'skein-2026-01-31T03-00-00Z.sqlite'

let directory: string
let stores: Stores
let clock: ReturnType<typeof manualClock>
let backups: ReturnType<typeof backupStore>

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-backup-'))
  stores = await openStores(directory)
  clock = manualClock(NIGHT)
  backups = backupStore(directory, clock.now)
  await beginStory(stores)
})
afterEach(async () => {
  await backups.close()
  await stores.close()
  await rm(directory, { recursive: true })
})

const pathOf = (name: string) => join(backupsIn(directory), name)
const filesInFolder = async () => (await readdir(backupsIn(directory))).sort()

/** The story as a backup holds it. */
const turnsIn = async (name: string) => {
  const elsewhere = await mkdtemp(join(tmpdir(), 'skein-opened-'))
  await writeFile(join(elsewhere, 'skein.sqlite'), await readFile(pathOf(name)))
  const opened = await openStores(elsewhere)
  const turns = await turnsOf(opened)
  await opened.close()
  await rm(elsewhere, { recursive: true })
  return turns
}

/** Changes a backup by SQL, with or without its checksum. */
const alter = async (name: string, sql: string) => {
  const database = new Database(pathOf(name))
  database.pragma('foreign_keys = OFF')
  database.exec(sql)
  database.close()
  await rm(checksumFile(pathOf(name)))
}

describe('a backup', () => {
  test('is named by the time, whole, checked, and one file with its checksum', async () => {
    const made = await backups.make()
    expect(made).toMatchObject({ name: NAME, at: NIGHT })
    expect(await filesInFolder()).toEqual([NAME, `${NAME}.sha256`])
    expect(await verifyBackup(directory, NAME)).toBeUndefined()
    expect(await turnsIn(NAME)).toBe(await turnsOf(stores))
  })

  test('is made while stories go on, and holds one moment of them', async () => {
    await stores.db
      .insertInto('texts')
      .values(
        Array.from({ length: 400 }, (_, i) => ({
          id: `x${i}`,
          story: 'story1',
          author: 'a',
          body: 'x'.repeat(8000),
        })),
      )
      .execute()
    const before = await turnsOf(stores)
    let isMade = false
    const making = backups.make().finally(() => {
      isMade = true
    })
    let played = 0
    while (!isMade) {
      await playTurn(stores, `"Hello ${played}."`)
      played += 1
      await new Promise(setImmediate)
    }
    const { name } = await making
    expect(played).toBeGreaterThan(1)
    expect(await verifyBackup(directory, name)).toBeUndefined()
    const held = (await turnsIn(name)) ?? 0
    expect(held).toBeGreaterThanOrEqual(before ?? 0)
    expect(held).toBeLessThan((await turnsOf(stores)) ?? 0)
  })

  test('holds deleted branches and stories too, and is good', async () => {
    const head = await stores.store.load(ref)
    if (!head) throw new Error('no story')
    const branch = { id: 'b', author: '1001', name: 'Other', description: null }
    await stores.branches.create(head, positionOf(head), branch, { ids: [], channel: null })
    await stores.branches.remove({ ...ref, branch: 'b' })
    await stores.db.updateTable('stories').set({ deleted_at: 1 }).execute()
    expect(await verifyBackup(directory, (await backups.make()).name)).toBeUndefined()
  })

  test('is made once when two ask at once', async () => {
    const [one, other] = await Promise.all([backups.make(), backups.make()])
    expect(other).toBe(one)
    expect(await backups.list()).toHaveLength(1)
  })

  test('never takes the place of another one of the same second', async () => {
    await backups.make()
    expect((await backups.make()).name).toBe('skein-2026-01-31T03-00-01Z.sqlite')
  })

  test('that fails its check leaves nothing but the error', async () => {
    await stores.db.updateTable('branches').set({ state: '{"half' }).execute()
    await expect(backups.make()).rejects.toMatchObject({
      code: 'backup_faulty',
      details: { fault: 'unreadable' },
    })
    expect(await filesInFolder()).toEqual([])
  })

  test('that a crash left unfinished is cleared away and never listed', async () => {
    await mkdir(backupsIn(directory))
    await writeFile(pathOf(`${NAME}.partial`), 'half')
    expect(await backups.list()).toEqual([])
    await backups.make()
    expect(await filesInFolder()).toEqual([NAME, `${NAME}.sha256`])
  })

  test('is broken off when Skein closes', async () => {
    const making = backups.make()
    await Promise.all([expect(making).rejects.toThrow(), backups.close()])
    expect(await filesInFolder()).toEqual([])
  })
})

describe('verifying finds', () => {
  beforeEach(async () => {
    for (let turn = 0; turn < 40; turn += 1) await playTurn(stores, `"${'Fog. '.repeat(60)}"`)
    await backups.make()
  })
  const verify = () => verifyBackup(directory, NAME)
  const withoutChecksum = () => rm(checksumFile(pathOf(NAME)))

  test('a file that is not there', async () => {
    expect(await verifyBackup(directory, backupName(0))).toBe('missing')
  })

  test('any changed byte', async () => {
    const whole = await readFile(pathOf(NAME))
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const altered = Buffer.from(whole)
        altered.writeUInt8((altered[at] ?? 0) ^ change, at)
        await writeFile(pathOf(NAME), altered)
        expect(await faultIn(pathOf(NAME))).toBe(at < 16 ? 'not_a_database' : 'altered')
        expect(await readFile(pathOf(NAME))).toEqual(altered)
      }),
      { numRuns: 20 },
    )
  })

  test('a file that was cut', async () => {
    const { length } = await readFile(pathOf(NAME))
    await truncate(pathOf(NAME), Math.floor(length / 2))
    expect(await verify()).toBe('altered')
    await withoutChecksum()
    expect(await verify()).toBe('damaged')
  })

  test('broken pages, where there is no checksum', async () => {
    const file = await readFile(pathOf(NAME))
    await writeFile(pathOf(NAME), file.fill(0xff, 4096 * 2, 4096 * 6))
    await withoutChecksum()
    expect(await verify()).toBe('damaged')
  })

  test.each([
    ['nothing at all', ''],
    ['what is no database', 'Dear diary, '.repeat(1000)],
  ])('%s', async (_, content) => {
    await writeFile(pathOf(NAME), content)
    expect(await verify()).toBe('not_a_database')
  })

  test.each([
    ['a reference to what is not there', 'delete from stories', 'damaged'],
    ['another program’s database', 'drop table kysely_migration', 'foreign'],
    ['a newer Skein’s', "insert into kysely_migration values ('9999_later', '2030')", 'too_new'],
    ['a state that cannot be read', "update branches set state = 'no'", 'unreadable'],
    ['a state with parts missing', "update branches set state = '{}'", 'unreadable'],
    [
      'an event that cannot be read, when states are folded anew',
      "update branches set state_version = 0; update events set data = '[]'",
      'unreadable',
    ],
  ])('%s', async (_, sql, fault) => {
    await alter(NAME, sql)
    expect(await verify()).toBe(fault)
  })
})

describe('the list', () => {
  test('has the newest first, and nothing but backups in the folder', async () => {
    await backups.make()
    await clock.advance(60_000)
    await backups.make()
    await writeFile(pathOf('notes.txt'), '')
    await mkdir(pathOf(backupName(0)))
    await symlink(join(directory, 'skein.sqlite'), pathOf(backupName(1000)))
    expect((await listBackups(directory)).map(({ at }) => at)).toEqual([NIGHT + 60_000, NIGHT])
  })

  test.each(['../skein.sqlite', '/etc/passwd', `x/${NAME}`, `../backups/${NAME}`, `${NAME}\0`])(
    'has no %j',
    async (name) => {
      await backups.make()
      expect(await verifyBackup(directory, name)).toBe('missing')
    },
  )
})

describe('pruning', () => {
  const list = fc
    .array(fc.boolean(), { maxLength: 40 })
    .map((good) => good.map((isGood, i) => ({ name: `b${i}`, isGood })))

  test('keeps the newest ones and the last good one, and nothing else', () => {
    fc.assert(
      fc.property(list, (all) => {
        const gone = new Set(pruneBackups(all))
        const left = all.filter(({ name }) => !gone.has(name))
        const lastGood = all.find(({ isGood }) => isGood)
        if (lastGood) expect(left).toContain(lastGood)
        expect(left.slice(0, KEPT)).toEqual(all.slice(0, KEPT))
        expect(left.filter((one) => one !== lastGood).length).toBeLessThanOrEqual(KEPT)
      }),
    )
  })

  test('comes with each new backup', async () => {
    for (let night = 0; night < KEPT + 1; night += 1) {
      await backups.make()
      await clock.advance(86_400_000)
    }
    const left = await backups.list()
    expect(left).toHaveLength(KEPT)
    expect(left.at(-1)?.at).toBe(NIGHT + 86_400_000)
    expect(await filesInFolder()).toHaveLength(2 * KEPT)
  })
})
