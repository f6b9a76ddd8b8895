import { afterEach, beforeEach, expect, test } from 'vitest'
import { capabilityStore } from '../../src/store/capabilities.ts'
import { type Db, openDatabase } from '../../src/store/database.ts'

let db: Db
beforeEach(async () => {
  db = await openDatabase(':memory:')
})
afterEach(() => db.destroy())

test('what was learned of a connection’s models is there at the next start, the newest of each', async () => {
  const store = capabilityStore(db)
  await store.keep('home', 'maker/large', { temperature: false })
  await store.keep('home', 'maker/large', { temperature: false, context: 8_192 })
  await store.keep('home', 'small', { context: null })
  await store.keep('away', 'small', {})
  expect(await capabilityStore(db).load('home')).toEqual({
    'maker/large': { temperature: false, context: 8_192 },
    small: { context: null },
  })
})

test('nothing is known of a connection that is new', async () => {
  expect(await capabilityStore(db).load('home')).toEqual({})
})
