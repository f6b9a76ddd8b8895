import { beforeAll, describe, expect, test } from 'vitest'
import { type Judged, walkAsking } from './recall-walk.ts'

const SEEDS = [11, 12, 13, 14, 15, 16]
const STEPS = 300

const DONE =
  `rewind undo goBackTo swipe branch turnTo remove restore regenerates revises resets erase emigrate supersedes
  scenes tellsScene sumsUp whispers edits notes`.split(/\s+/u)

let walks: readonly (Judged & { readonly taken: ReadonlySet<string> })[]
beforeAll(async () => {
  const done: (typeof walks)[number][] = []
  for (const seed of SEEDS) done.push(await walkAsking(seed, STEPS))
  walks = done
}, 120_000)

const sumOf = (of: 'asked' | 'brought' | 'hidden') => walks.reduce((sum, walk) => sum + walk[of], 0)

describe('whoever is asked for whatever words, at whichever point of whichever way of a story', () => {
  test('brings up nothing that is not to be seen or was not perceived there, and all that has those words', () =>
    expect(walks.flatMap(({ faults }) => faults).slice(0, 20)).toEqual([]))

  test('is asked ten thousand times, and there is much to find and much to leave', () => {
    expect(sumOf('asked')).toBeGreaterThanOrEqual(10_000)
    expect(sumOf('brought')).toBeGreaterThanOrEqual(5_000)
    expect(sumOf('hidden')).toBeGreaterThanOrEqual(5_000)
  })

  test('after all that can happen to what is remembered', () => {
    const taken = new Set(walks.flatMap((walk) => [...walk.taken]))
    for (const name of DONE) expect([name, taken.has(name)]).toEqual([name, true])
  })
})
