import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import { isEnd, stemsOf } from '../../src/recall/terms.ts'
import { exportStory, importStory } from '../../src/store/bundle.ts'
import { keepIndexed } from '../../src/store/memory-index.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import type { Playing } from '../timeline/play.ts'
import { bodiesOf, form, lineOf, openRecalling, recallAt } from './recalling.ts'

const STORY = 'story1'

let story: Awaited<ReturnType<typeof openRecalling>>
let stores: Stores
let root: Playing
let mira: string
let jon: string

beforeEach(async () => {
  story = await openRecalling()
  ;({ stores, root, mira, jon } = story)
})
afterEach(() => stores.close())

const bodies = async (words: string, owner = mira) =>
  bodiesOf(await recallAt(stores, await root.head(), owner, words))

/** In which tables of the index a part of a word stands: in rows, or in what the index is written down in. */
const tablesWith = async ({ db }: Stores, part: string): Promise<string[]> => {
  const { rows: held } = await sql`select term from terms_held where term like ${`%${part}%`}`.execute(db)
  const { rows: kept } = await sql`select id from indexed where stems like ${`%${part}%`}`.execute(db)
  const { rows: blocks } = await sql<{ block: Buffer }>`select block from terms_data`.execute(db)
  return [
    ...(held.length > 0 ? ['terms_held'] : []),
    ...(kept.length > 0 ? ['indexed'] : []),
    ...(blocks.some(({ block }) => block.includes(part)) ? ['terms_data'] : []),
  ]
}

/** What each owner is said to have in all, and what they have. */
const countsIn = async ({ db }: Stores) => {
  const said = await db.selectFrom('owners').select(['story', 'owner', 'memories', 'stems']).execute()
  const texts = await db
    .selectFrom('memories')
    .innerJoin('texts', (join) =>
      join.onRef('texts.story', '=', 'memories.story').onRef('texts.id', '=', 'memories.text'),
    )
    .select(['memories.story', 'memories.owner', 'texts.body'])
    .execute()
  return said.map(({ memories, stems, ...whose }) => {
    const own = texts.filter((each) => each.story === whose.story && each.owner === whose.owner)
    const words = own.flatMap(({ body }) => stemsOf(body).filter((stem) => !isEnd(stem)))
    return { ...whose, said: { memories, stems }, is: { memories: own.length, stems: words.length } }
  })
}
const expectCounted = async (in_: Stores): Promise<void> => {
  const counts = await countsIn(in_)
  expect(counts.length).toBeGreaterThan(0)
  for (const { said, is } of counts) expect(said).toEqual(is)
}

describe('when a message is erased', () => {
  /** Two messages, with what Mira and Jon remember of each, and what rests on neither. */
  const tellSecrets = async () => {
    for (const word of ['quillfeather', 'mandragora']) {
      await root.turn(`"The word is ${word}."`, 'Silence.', word)
      const lines = [await lineOf(stores, root, `"The word is ${word}."`)]
      await form(root, mira, [`Ada’s word is ${word}, and it opens the door.`, `${word}!`, '🗝️', ''], {
        lines,
      })
      await form(root, jon, [`Someone said ${word} and ﷺ.`], { lines })
    }
    await form(root, mira, ['The door is oak.'])
  }

  test('its words are gone from the index, in every form of it, and those of others are not', async () => {
    await tellSecrets()
    expect(await tablesWith(stores, 'illfeath')).toEqual(['terms_held', 'indexed', 'terms_data'])
    await stores.erasure.eraseMessage('quillfeather')
    expect(await tablesWith(stores, 'illfeath')).toEqual([])
    expect(await tablesWith(stores, 'andragora')).toEqual(['terms_held', 'indexed', 'terms_data'])
    expect(await bodies('quillfeather')).toEqual([])
    expect((await bodies('mandragora')).filter((body) => body.includes('mandragora'))).toHaveLength(2)
    expect(await bodies('mandragora', jon)).toEqual(['Someone said mandragora and ﷺ.'])
    await stores.erasure.eraseMessage('mandragora')
    expect(await tablesWith(stores, 'andragora')).toEqual([])
    expect(await bodies('door')).toEqual(['The door is oak.'])
  })

  test('what each owner has is counted without them', async () => {
    await tellSecrets()
    await expectCounted(stores)
    await stores.erasure.eraseMessage('quillfeather')
    await expectCounted(stores)
    await stores.erasure.eraseMessage('quillfeather')
    await expectCounted(stores)
    await form(root, mira, ['The door is open.'])
    await expectCounted(stores)
    expect((await bodies('door')).toSorted()).toEqual(
      expect.arrayContaining(['The door is oak.', 'The door is open.']),
    )
  })

  test('nothing of it comes back with a bundle, or when the index is made anew', async () => {
    await tellSecrets()
    await stores.erasure.eraseMessage('quillfeather')
    await stores.db.deleteFrom('index_version').execute()
    await keepIndexed(stores.db)
    await expectCounted(stores)
    expect(await tablesWith(stores, 'illfeath')).toEqual([])
    const there = await openStores()
    const bundle = await exportStory(stores.db, STORY)
    if (bundle) await importStory(there.db, bundle, { story: STORY, guild: '9', at: 0 })
    await expectCounted(there)
    expect(await tablesWith(there, 'illfeath')).toEqual([])
    expect(await tablesWith(there, 'andragora')).toEqual(['terms_held', 'indexed', 'terms_data'])
    await there.close()
  })

  test('a bundle with it, where it is erased by now, brings none of its words in', async () => {
    await tellSecrets()
    const bundle = await exportStory(stores.db, STORY)
    await stores.erasure.eraseMessage('quillfeather')
    if (bundle) await importStory(stores.db, bundle, { story: 'story2', guild: '9', at: 0 })
    expect(await tablesWith(stores, 'illfeath')).toEqual([])
    await expectCounted(stores)
  })
})

/** Memories of several owners, some on another branch, replaced or forgotten. */
const remembersMuch = async () => {
  await root.turn('"Hello?"', 'Nobody.')
  const lines = [await lineOf(stores, root, '"Hello?"')]
  await form(root, mira, ['The lamp broke.', 'Ada lit a lamp with salt.', 'Rope.', 'Fog at the tower.'], {
    lines,
  })
  await form(root, jon, ['Jon sells lamps.'], { lines })
  const other = await root.branchAt(await root.endOf(1), 'other')
  await form(other, mira, ['Another lamp.'])
  await form(
    root,
    mira,
    Array.from({ length: 40 }, (_, nth) => `Net ${nth} and a lamp.`),
  )
  return other
}
const ASKED = ['the lamp, the salt and the fog', 'net 7', 'rope', 'who sells lamps?']
const allIn = async (from: Stores, ref = root.ref) => {
  const head = await from.store.load(ref)
  if (!head) throw new Error('no head')
  return Promise.all([mira, jon].flatMap((owner) => ASKED.map((words) => recallAt(from, head, owner, words))))
}

describe('the index', () => {
  test('comes with a story from a bundle, as it was: order and scores', async () => {
    const other = await remembersMuch()
    const there = await openStores()
    const bundle = await exportStory(stores.db, STORY)
    if (bundle) await importStory(there.db, bundle, { story: STORY, guild: '9', at: 0 })
    expect(await allIn(there)).toEqual(await allIn(stores))
    expect(await allIn(there, other.ref)).toEqual(await allIn(stores, other.ref))
    await expectCounted(there)
    await there.close()
  })

  const emptied = async () => {
    const { db } = stores
    await sql`insert into terms (terms) values ('delete-all')`.execute(db)
    for (const table of ['indexed', 'owners', 'index_version'] as const) await db.deleteFrom(table).execute()
  }

  test('is made anew where it was never made', async () => {
    await remembersMuch()
    const before = await allIn(stores)
    expect(before.flat().length).toBeGreaterThan(20)
    await emptied()
    expect((await allIn(stores)).flat()).toEqual([])
    await keepIndexed(stores.db)
    expect(await allIn(stores)).toEqual(before)
    await expectCounted(stores)
  })

  test('is made anew where it was made by other rules, and not where it was made by these', async () => {
    await remembersMuch()
    const before = await allIn(stores)
    await stores.db.updateTable('indexed').set({ stems: 'nothing' }).execute()
    await keepIndexed(stores.db)
    expect(await allIn(stores)).not.toEqual(before)
    await stores.db.updateTable('index_version').set({ version: 0 }).execute()
    await keepIndexed(stores.db)
    expect(await allIn(stores)).toEqual(before)
  })

  test('goes on after it was made anew: what is remembered later is found as well', async () => {
    await remembersMuch()
    await emptied()
    await keepIndexed(stores.db)
    await form(root, mira, ['A lantern.'])
    expect(await bodies('lantern')).toContain('A lantern.')
    await expectCounted(stores)
  })
})

describe('a database from before there was an index', () => {
  let directory: string
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'skein-recall-'))
  })
  afterEach(() => rm(directory, { recursive: true }))

  /** The story as the version before kept it: its rows, as far as that had columns for them. */
  const keptAsBefore = async () => {
    await sql`vacuum into ${join(directory, 'now.sqlite')}`.execute(stores.db)
    const database = new Database(join(directory, 'skein.sqlite'))
    const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database }) })
    const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
    const { error } = await migrator.migrateTo('0005_roles')
    if (error) throw error
    database.prepare('attach ? as now').run(join(directory, 'now.sqlite'))
    database.pragma('foreign_keys = OFF')
    const named = (query: string, ...of: readonly unknown[]) =>
      database
        .prepare(query)
        .pluck()
        .all(...of)
    for (const table of named(
      `select name from main.sqlite_schema where type = 'table' and name not like 'kysely%'`,
    )) {
      const columns = named(`select '"' || name || '"' from pragma_table_info(?)`, table).join(', ')
      database.exec(`insert into main.${table} (${columns}) select ${columns} from now.${table}`)
    }
    await db.destroy()
  }

  test('brings up all that is remembered in it, on every branch', async () => {
    const other = await remembersMuch()
    await keptAsBefore()
    const later = await openStores(directory)
    expect(await allIn(later)).toEqual(await allIn(stores))
    expect(await allIn(later, { story: STORY, branch: ROOT_BRANCH })).toEqual(await allIn(later))
    expect(await allIn(later, other.ref)).toEqual(await allIn(stores, other.ref))
    await expectCounted(later)
    await later.close()
  })
})
