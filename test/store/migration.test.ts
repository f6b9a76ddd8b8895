import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { up } from '../../migrations/0001_story.ts'
import { retry } from '../../src/story/decide.ts'
import { isRefusal } from '../../src/story/draft.ts'
import { linesOf, openStores } from '../doubles/store.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-migration-'))
})
afterEach(() => rm(directory, { recursive: true }))

const EVENTS = [
  [1, 1, '1001', 'story.started', { title: 't1', premise: null, author: '1001' }],
  [2, 1, '1001', 'persona.taken', { persona: 'p1', player: '1001', name: 't2', description: null }],
  [3, 1, '1001', 'turn.opened', { speaker: 'narrator', player: '1001', opening: true }],
  [4, 1, 'skein', 'turn.failed', { failure: 'stalled' }],
  [5, 1, '1001', 'turn.retried', { player: '1001' }],
  [
    6,
    1,
    'skein',
    'line.spoken',
    { line: 'l1', speaker: 'narrator', kind: 'prose', text: 't3', witnesses: [] },
  ],
  [7, 1, 'skein', 'turn.told', { ending: 'finished' }],
  [8, 2, '1001', 'turn.opened', { speaker: 'narrator', player: '1001', opening: false }],
  [9, 2, '1001', 'line.spoken', { line: 'l2', speaker: 'p1', kind: 'prose', text: 't4', witnesses: [] }],
  [10, 2, 'skein', 'turn.failed', { failure: 'stalled' }],
] as const

/** A database as the first version of Skein left it. */
const oldDatabase = async (): Promise<void> => {
  const database = new Database(join(directory, 'skein.sqlite'))
  const db = new Kysely<Record<string, Record<string, unknown>>>({ dialect: new SqliteDialect({ database }) })
  await up(db as unknown as Kysely<unknown>)
  const story = 'story1'
  const at = { story, branch: 'root' }
  await db
    .insertInto('stories')
    .values({ id: story, guild: '9', last_seq: 10, created_at: 1, updated_at: 2 })
    .execute()
  await db
    .insertInto('branches')
    .values({ story, id: 'root', head_seq: 10, state: '{}', state_version: 2, turn: 2 })
    .execute()
  for (const [seq, turn, actor, type, data] of EVENTS)
    await db
      .insertInto('events')
      .values({ ...at, seq, turn, alternate: 0, at: 5, actor, type, version: 1, data: JSON.stringify(data) })
      .execute()
  for (const [id, body] of [
    ['t1', 'Fog'],
    ['t2', 'Ada'],
    ['t3', 'Rain.'],
    ['t4', 'I wait.'],
  ] as const)
    await db.insertInto('texts').values({ id, story, author: '1001', body }).execute()
  for (const [id, turn, seq, speaker, text] of [
    ['l1', 1, 6, 'narrator', 't3'],
    ['l2', 2, 9, 'p1', 't4'],
  ] as const)
    await db
      .insertInto('lines')
      .values({ ...at, id, turn, alternate: 0, seq, speaker, kind: 'prose', text, witnesses: '[]' })
      .execute()
  await db
    .insertInto('threads')
    .values({ ...at, channel: '500', parent: '400' })
    .execute()
  await db
    .insertInto('drafts')
    .values({ ...at, turn: 2, text: '' })
    .execute()
  await db
    .insertInto('posts')
    .values({ ...at, message: '700', channel: '500', turn: 2, part: 0 })
    .execute()
  await db.schema
    .createTable('kysely_migration')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('timestamp', 'text')
    .execute()
  await db.insertInto('kysely_migration').values({ name: '0001_story', timestamp: '2026-01-01' }).execute()
  await db.destroy()
}

test('a story of the first version goes on: its turns, its delivery and its buttons are found', async () => {
  await oldDatabase()
  const stores = await openStores(directory)
  const ref = { story: 'story1', branch: 'root' }
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no head')
  expect(head.state.turn).toMatchObject({ id: '2', number: 2, phase: 'failed', alternate: 0 })
  expect((await linesOf(stores, ref)).map(({ text }) => text)).toEqual(['Rain.', 'I wait.'])
  expect(await stores.deliveries.open()).toEqual([{ ...ref, turn: '2' }])
  expect(await stores.posts.turnOf('700')).toEqual({ ...ref, turn: '2' })
  const retried = retry(head.state, '1001', '2', () => 'new')
  if (isRefusal(retried)) throw new Error(retried.refused)
  expect(await stores.store.append(head, retried)).toBe('appended')
  expect(await stores.past.endOfTurn(head, 1)).toEqual({ strand: 1, seq: 7, turn: 1, alternate: 0 })
  await stores.close()
})
