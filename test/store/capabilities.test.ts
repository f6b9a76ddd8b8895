import { afterEach, beforeEach, expect, test } from 'vitest'
import { capabilityStore } from '../../src/store/capabilities.ts'
import { type Db, openDatabase } from '../../src/store/database.ts'

let db: Db
beforeEach(async () => {
  db = await openDatabase(':memory:')
})
afterEach(() => db.destroy())

const home = { connection: 'home', address: 'http://127.0.0.1:1/v1' }

test('what was learned of a connection’s models is there at the next start, the newest of each', async () => {
  const store = capabilityStore(db)
  await store.keep(home, 'maker/large', { temperature: false })
  await store.keep(home, 'maker/large', { temperature: false, context: 8_192 })
  await store.keep(home, 'small', { context: null })
  await store.keep({ ...home, connection: 'away' }, 'small', {})
  expect(await capabilityStore(db).load(home)).toEqual({
    'maker/large': { temperature: false, context: 8_192 },
    small: { context: null },
  })
})

test('nothing is known of a connection that is new, or that is another server under the same name', async () => {
  const store = capabilityStore(db)
  await store.keep(home, 'small', { temperature: false })
  expect(await store.load({ ...home, connection: 'away' })).toEqual({})
  expect(await store.load({ ...home, address: 'http://127.0.0.1:2/v1' })).toEqual({})
})
