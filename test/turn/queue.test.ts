import { expect, test } from 'vitest'
import { storyQueue } from '../../src/turn/queue.ts'

const ref = { story: 's', branch: 'root' }

/** A small linear congruential generator: the same numbers in every run. */
const numbersFrom = (seed: number) => {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state >> 8
  }
}

test('jobs of one branch never overlap, however they come', async () => {
  const queue = storyQueue()
  let running = 0
  let overlaps = 0
  const ticks = async (count: number) => {
    for (let tick = 0; tick < count; tick += 1) await Promise.resolve()
  }
  const actor = async (numbers: () => number) => {
    for (let jobs = 0; jobs < 5000; jobs += 1) {
      await queue.run(ref, async () => {
        running += 1
        if (running > 1) overlaps += 1
        await ticks(numbers() % 12)
        running -= 1
      })
      await ticks(numbers() % 12)
    }
  }
  await Promise.all([actor(numbersFrom(1)), actor(numbersFrom(2)), actor(numbersFrom(3))])
  expect(overlaps).toBe(0)
})

test('a job is awaited until it begins, unless it is a quiet one', async () => {
  const queue = storyQueue()
  const held = Promise.withResolvers<void>()
  const running = queue.run(ref, () => held.promise)
  const quiet = queue.run(ref, async () => {}, true)
  await Promise.resolve()
  expect(queue.isAwaited(ref)).toBe(false)
  const waiting = queue.run(ref, async () => queue.isAwaited(ref))
  expect(queue.isAwaited(ref)).toBe(true)
  held.resolve()
  expect(await waiting).toBe(false)
  await Promise.all([running, quiet])
})

test('a branch is busy from its first job to its last', async () => {
  const queue = storyQueue()
  const held = Promise.withResolvers<void>()
  const job = queue.run(ref, () => held.promise)
  expect(queue.isBusy(ref)).toBe(true)
  held.resolve()
  await job
  await queue.idle()
  expect(queue.isBusy(ref)).toBe(false)
})
