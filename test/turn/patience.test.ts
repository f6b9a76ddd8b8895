import { beforeEach, describe, expect, test } from 'vitest'
import { isTooSoon, patience } from '../../src/turn/patience.ts'
import { beginWith, headNow, rewind, told, type Workshop, workshop } from './given.ts'
import { say, stores } from './table.ts'

let world: Workshop
const tries = patience<string>()

const evidence = async () => {
  const lines = await stores.store.lines(await headNow(), 1, 3)
  return { from: 1, to: 3, lines: lines.map(({ id }) => id) }
}
const kept = async () => (await tries.last(world.deps, await headNow()))?.kept
const keep = async (hasFailed = true) =>
  tries.keep(world.deps, await headNow(), await evidence(), 'One.', hasFailed)

beforeEach(async () => {
  world = workshop(told(...Array.from({ length: 12 }, (_, nth) => `Turn ${nth + 1}.`)))
  await beginWith(world, 'Mira')
  for (const turn of [2, 3]) await say(world, `m${turn}`, `"Words ${turn}."`)
})

describe('what a try gave', () => {
  test('is there for the next one', async () => {
    await keep()
    expect(await kept()).toBe('One.')
  })

  test('goes with any words that it rests on', async () => {
    await keep()
    await stores.erasure.eraseMessage('m2')
    expect(await kept()).toBeUndefined()
  })

  test('counts for nothing where the story went back to before it', async () => {
    await keep()
    await rewind(world, 2, 'i9')
    expect(await kept()).toBeUndefined()
  })

  test('counts for nothing in another program', async () => {
    await keep()
    expect(await tries.last({ ...world.deps }, await headNow())).toBeUndefined()
  })

  test('is kept for as many branches as go on at a time, and no more', async () => {
    await keep()
    const head = await headNow()
    for (let nth = 1; nth <= 200; nth += 1)
      tries.keep(world.deps, { ...head, ref: { ...head.ref, branch: `b${nth}` } }, await evidence(), '', true)
    expect(await kept()).toBeUndefined()
  })
})

describe('after a try', () => {
  const isTooSoonAfter = async (turns: number) => {
    for (let turn = 4; turn < 4 + turns; turn += 1) await say(world, `m${turn}`, `"Words ${turn}."`)
    const head = await headNow()
    return isTooSoon(head, await tries.last(world.deps, head))
  }

  test('that failed, it is too soon for another for five turns', async () => {
    await keep()
    expect(await isTooSoonAfter(4)).toBe(true)
    await say(world, 'm8', '"Words 8."')
    expect(await isTooSoonAfter(0)).toBe(false)
  })

  test('that was only broken off, it is not', async () => {
    await keep(false)
    expect(await isTooSoonAfter(0)).toBe(false)
  })
})
