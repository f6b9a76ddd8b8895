import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStores, type Stores } from '../doubles/store.ts'

let stores: Stores
let templates: Stores['templates']

beforeEach(async () => {
  stores = await openStores()
  templates = stores.templates
})
afterEach(() => stores.close())

test('a server has no prompts of its own at first', async () => {
  expect(await templates.of('9')).toEqual({})
  expect(await templates.history('9', 'narrator')).toEqual([])
})

describe('given a server’s own wording', () => {
  beforeEach(() => templates.set('9', 'narrator', 'Once upon a time.', '1001'))

  test('it is in force for that server and that role', async () => {
    expect(await templates.of('9')).toEqual({ narrator: { version: 1, body: 'Once upon a time.' } })
    expect(await templates.of('8')).toEqual({})
  })

  test('a newer one takes its place under a higher version', async () => {
    expect(await templates.set('9', 'narrator', 'Long ago.', '1002')).toBe(2)
    expect(await templates.set('9', 'planner', 'Plan.', '1002')).toBe(1)
    expect(await templates.of('9')).toEqual({
      narrator: { version: 2, body: 'Long ago.' },
      planner: { version: 1, body: 'Plan.' },
    })
  })

  test('it can go back to the built-in one, and no version is given twice', async () => {
    expect(await templates.set('9', 'narrator', null, '1001')).toBe(2)
    expect(await templates.of('9')).toEqual({})
    expect(await templates.set('9', 'narrator', 'Once more.', '1001')).toBe(3)
    expect(await templates.of('9')).toEqual({ narrator: { version: 3, body: 'Once more.' } })
  })

  test('its history says who put what in force, the newest first', async () => {
    await templates.set('9', 'narrator', null, '1002')
    const [second, first] = await templates.history('9', 'narrator')
    expect(second).toMatchObject({ version: 2, body: null, actor: '1002' })
    expect(first).toMatchObject({ version: 1, body: 'Once upon a time.', actor: '1001' })
    expect(second?.at).toBeGreaterThan(first?.at ?? Infinity)
  })

  test('many who write at once get a version each', async () => {
    const versions = await Promise.all(
      Array.from({ length: 8 }, (_, nth) => templates.set('9', 'narrator', `Tale ${nth}.`, '1001')),
    )
    expect(versions.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
  })
})
