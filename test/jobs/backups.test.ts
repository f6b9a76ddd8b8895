import { schedule as cron } from 'node-cron'
import { expect, test } from 'vitest'
import { nightlyBackups } from '../../src/jobs/backups.ts'
import { createLogger } from '../../src/kit/logger.ts'
import type { Backup } from '../../src/turn/ports.ts'

const backup: Backup = { name: 'skein-2026-01-31T03-00-00Z.sqlite', at: 0, bytes: 4096 }

/** A job whose nights come when the test says so. */
const job = (make: () => Promise<Backup>) => {
  const logged: string[] = []
  let expression = ''
  let night: () => Promise<void> = async () => {}
  let isScheduled = true
  const nightly = nightlyBackups({
    at: { hour: 3, minute: 5 },
    backups: { make },
    log: createLogger('info', { write: (line) => logged.push(line) }),
    schedule: (pattern, run) => {
      expression = pattern
      night = run
      return {
        destroy: () => {
          isScheduled = false
        },
      }
    },
  })
  return {
    logged,
    expression: () => expression,
    night: () => night(),
    isScheduled: () => isScheduled,
    close: nightly.close,
  }
}

test('a backup is made each night at the time that was set', async () => {
  const { night, expression, logged } = job(async () => backup)
  const task = cron(expression(), () => {})
  const next = task.getNextRuns(2)
  void task.destroy()
  expect(next.map((at) => [at.getHours(), at.getMinutes(), at.getSeconds()])).toEqual([
    [3, 5, 0],
    [3, 5, 0],
  ])
  await night()
  expect(logged.join()).toContain(backup.name)
})

test('a failure is logged, and the next night tries again', async () => {
  let tried = 0
  const { night, logged } = job(async () => {
    tried += 1
    throw new Error('the disk is full')
  })
  await night()
  await night()
  expect(tried).toBe(2)
  expect(logged.join()).toContain('the disk is full')
})

test('a night that comes while a backup is still made starts no other', async () => {
  const made = Promise.withResolvers<Backup>()
  let started = 0
  const { night } = job(() => {
    started += 1
    return made.promise
  })
  const first = night()
  const second = night()
  made.resolve(backup)
  await Promise.all([first, second])
  expect(started).toBe(1)
})

test('closing ends the schedule and waits for what is being made', async () => {
  const made = Promise.withResolvers<Backup>()
  const { night, close, isScheduled } = job(() => made.promise)
  void night()
  let isClosed = false
  const closed = close().then(() => {
    isClosed = true
  })
  await new Promise(setImmediate)
  expect([isScheduled(), isClosed]).toEqual([false, false])
  made.resolve(backup)
  await closed
  expect(isClosed).toBe(true)
})
