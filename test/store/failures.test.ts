import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Db, openDatabase } from '../../src/store/database.ts'
import { failureStore } from '../../src/store/failures.ts'
import type { KeptFailure } from '../../src/turn/ports/models.ts'
import { countingIds } from '../doubles/ids.ts'

let db: Db
let at = 0
beforeEach(async () => {
  db = await openDatabase(':memory:')
  await db
    .insertInto('stories')
    .values(['story1', 'story2'].map((id) => ({ id, guild: '9', last_seq: 0, created_at: 1, updated_at: 1 })))
    .execute()
  at = 0
})
afterEach(() => db.destroy())

const open = () =>
  failureStore(
    db,
    () => {
      at += 1
      return at
    },
    countingIds('failure'),
  )

const failure = (change: Partial<KeptFailure> = {}): KeptFailure => ({
  ...{ ref: { story: 'story1', branch: 'root' }, turn: 't1' },
  ...{ role: 'archivist', connection: 'home', model: 'maker/large' },
  ...{ attempt: 1, kind: 'misfit', detail: 'expected string', raw: '{"place": 7}' },
  ...change,
})

test('the failures of a turn are read as they were kept, the first first', async () => {
  const store = open()
  const second = failure({ attempt: 2, kind: 'not_json', raw: 'The mill.' })
  for (const each of [failure(), second, failure({ turn: 't2' })]) await store.keep(each)
  await store.keep(failure({ ref: { story: 'story2', branch: 'root' } }))
  expect(await store.failuresOf('story1', 't1')).toEqual([failure(), second])
})

test('one that belongs to no story is kept, too', async () => {
  const store = open()
  await store.keep(failure({ ref: null, turn: null }))
  expect(await db.selectFrom('failures').select(['story', 'branch', 'turn', 'raw']).execute()).toEqual([
    { story: null, branch: null, turn: null, raw: '{"place": 7}' },
  ])
})

test('of a story that fails for ever the newest are kept, and all of the others', async () => {
  const store = open()
  await store.keep(failure({ ref: { story: 'story2', branch: 'root' } }))
  for (let count = 0; count < 210; count += 1) await store.keep(failure({ attempt: count }))
  const kept = await store.failuresOf('story1', 't1')
  expect([kept.length, kept[0]?.attempt, kept.at(-1)?.attempt]).toEqual([200, 10, 209])
  expect(await store.failuresOf('story2', 't1')).toHaveLength(1)
})
