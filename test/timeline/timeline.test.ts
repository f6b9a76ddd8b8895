import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHECKPOINT_EVERY } from '../../src/store/fold.ts'
import { operationNames, type Walked } from './walk.ts'
import type { Errand } from './walk-worker.ts'

const FIRST_SEED = 2
const LONG = 1000
const SHORT = 160
const WALKS = 108
const ON_DISK = 4

/** Walks on a thread of their own, one after the other. */
const walkApart = (errands: readonly Errand[]): Promise<Walked[]> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./walk-worker.ts', import.meta.url), { workerData: errands })
    worker.once('message', resolve)
    worker.once('error', reject)
  })

let walks: readonly Walked[]
let root: string

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'skein-timeline-'))
  const directories = await Promise.all(
    Array.from({ length: ON_DISK }, (_, at) => mkdtemp(join(root, `${at}-`))),
  )
  const errands = Array.from({ length: WALKS }, (_, at): Errand => {
    const directory = directories[at - 1]
    const walk = { seed: FIRST_SEED + at, count: at === 0 ? LONG : SHORT }
    return directory === undefined ? walk : { ...walk, directory }
  })
  // The long walk takes as long as many short ones: the others are dealt so that both threads end together.
  const first = errands.filter((_, at) => at === 0 || at % 5 > 2)
  const second = errands.filter((errand) => !first.includes(errand))
  walks = (await Promise.all([walkApart(first), walkApart(second)])).flat()
}, 180_000)
afterAll(() => rm(root, { recursive: true }))

describe('random walks over one story, done to the store and to naive lists of all that happened', () => {
  test('show the same after every step: what is true, the transcript, memories, facts and answers', () => {
    expect(walks.flatMap(({ divergences }) => divergences).join('\n\n')).toBe('')
  })

  test('take thousands of steps, and one of them a thousand', () => {
    const lengths = walks.map(({ taken }) => taken.length)
    expect(walks.length).toBeGreaterThanOrEqual(100)
    expect(Math.max(...lengths)).toBe(LONG)
    expect(lengths.reduce((sum, length) => sum + length)).toBeGreaterThanOrEqual(18_000)
  })

  test('leave nothing out that can be done, and get past two checkpoints', () => {
    const taken = walks.flatMap((walk) => walk.taken.map(([name]) => name))
    for (const name of operationNames)
      expect([name, taken.filter((other) => other === name).length >= 10]).toEqual([name, true])
    expect(Math.max(...walks.map(({ newestTurn }) => newestTurn))).toBeGreaterThan(2 * CHECKPOINT_EVERY)
  })
})
