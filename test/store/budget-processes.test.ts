import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Program, runProgram } from '../doubles/program.ts'
import { type Books, openBooks } from '../ledger/books.ts'
import { CENT } from '../ledger/call.ts'

let directory: string
let books: Books
let spenders: Program[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-ledger-'))
  books = await openBooks(directory)
  await books.priced()
  spenders = []
})
afterEach(async () => {
  for (const spender of spenders) spender.kill('SIGKILL')
  await Promise.all(spenders.map(({ ended }) => ended))
  await books.close()
  await rm(directory, { recursive: true })
})

/** A process that is ready to spend; it begins when it gets SIGUSR2. */
const spender = async (leftOpen = 0): Promise<Program> => {
  const program = runProgram({}, directory, ['test/doubles/spender.ts', directory, String(leftOpen)])
  spenders.push(program)
  await program.says('ready')
  return program
}

const DAY = '2026-11-21'

/** What is spent and reserved together, in cents. */
const standing = async (): Promise<number> => {
  // The database answers at once: without this, nothing else would happen between two looks.
  await setImmediate()
  const { spent = 0, reserved = 0 } = (await books.sumOf('9', DAY)) ?? {}
  return (spent + reserved) / CENT
}

const openCalls = async (): Promise<number> =>
  (await books.db.selectFrom('reservations').select('id').execute()).length

test('two processes that spend as fast as they can never pass a limit, not even by one call', async () => {
  const LIMIT = 150
  await books.limit(LIMIT)
  const both = await Promise.all([spender(), spender()])
  const ended = Promise.all(both.map((program) => program.ended))
  const seen: number[] = []
  let isOver = false
  void ended.then(() => {
    isOver = true
  })

  for (const program of both) program.kill('SIGUSR2')
  while (!isOver) seen.push(await standing())

  expect(await ended).toEqual([0, 0])
  expect(seen.filter((cents) => cents > LIMIT)).toEqual([])
  expect(seen.some((cents) => cents > 0 && cents < LIMIT)).toBe(true)
  const granted = both.map((program) => Number(/granted (\d+) in all/u.exec(program.output())?.[1]))
  expect(granted.reduce((sum, calls) => sum + calls)).toBe(LIMIT)
  expect((await books.calls()).length).toBe(LIMIT)
  expect(await books.sumOf('9', DAY)).toEqual({ spent: LIMIT * CENT, reserved: 0 })
}, 15_000)

test('what a killed process had reserved counts for the others, and as spent after the next start', async () => {
  await books.limit(100_000)
  const killed = await spender(3)
  killed.kill('SIGUSR2')
  await killed.says('granted 40')
  killed.kill('SIGKILL')
  expect(await killed.ended).toBe('SIGKILL')

  const [open, before] = [await openCalls(), await standing()]
  expect(open).toBeGreaterThanOrEqual(3)
  expect(before).toBe((await books.calls()).length + open)
  await books.limit(before + 2)
  expect(await books.granted(5)).toBe(2)

  expect(await books.ledger.abandonOpen()).toBe(open + 2)
  expect(await books.sumOf('9', DAY)).toEqual({ spent: (before + 2) * CENT, reserved: 0 })
  expect(await books.granted(1)).toBe(0)
  await books.limit(before + 3)
  const another = await spender()
  another.kill('SIGUSR2')
  await another.says('granted 1 in all')
}, 15_000)
