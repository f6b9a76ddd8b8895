import { schedule as cron } from 'node-cron'
import { expect, test } from 'vitest'
import { regularCheckpoints } from '../../src/jobs/checkpoints.ts'
import { createLogger } from '../../src/kit/logger.ts'

/** A job whose half hours come when the test says so. */
const job = (keep: () => Promise<Record<string, number>>) => {
  const logged: string[] = []
  let expression = ''
  let halfHour: () => Promise<void> = async () => {}
  const { close } = regularCheckpoints({
    keep,
    log: createLogger('debug', { write: (line) => logged.push(line) }),
    schedule: (pattern, run) => {
      expression = pattern
      halfHour = run
      return { destroy: () => {} }
    },
  })
  return { logged, expression: () => expression, halfHour: () => halfHour(), close }
}

test('checkpoints are kept every half hour', async () => {
  const { halfHour, expression, logged } = job(async () => ({ taken: 3 }))
  const task = cron(expression(), () => {})
  const [one, other] = task.getNextRuns(2)
  void task.destroy()
  expect((other?.getTime() ?? 0) - (one?.getTime() ?? 0)).toBe(30 * 60_000)
  await halfHour()
  expect(logged.join()).toContain('"taken":3')
})

test('a failure is logged, and the next half hour tries again', async () => {
  let tried = 0
  const { halfHour, logged } = job(async () => {
    tried += 1
    throw new Error('the disk is full')
  })
  await halfHour()
  await halfHour()
  expect(tried).toBe(2)
  expect(logged.join()).toContain('the disk is full')
})

test('a half hour that comes while checkpoints are still kept starts nothing', async () => {
  const kept = Promise.withResolvers<Record<string, number>>()
  let started = 0
  const { halfHour, close } = job(() => {
    started += 1
    return kept.promise
  })
  const both = [halfHour(), halfHour()]
  kept.resolve({})
  await Promise.all([...both, close()])
  expect(started).toBe(1)
})
