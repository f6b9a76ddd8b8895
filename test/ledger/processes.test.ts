import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Books, openBooks } from './books.ts'
import { CENT } from './call.ts'

let directory: string
let books: Books
let children: ChildProcess[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-ledger-'))
  books = await openBooks(directory)
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await books.close()
  await rm(directory, { recursive: true })
})

/** A process that has the database open, and waits for its sign. */
const start = async (name: string, count: number): Promise<ChildProcess> => {
  const child = fork(join(import.meta.dirname, 'rush.ts'), [directory, name, `${count}`])
  children.push(child)
  await once(child, 'message')
  return child
}

const rush = async (child: ChildProcess): Promise<number> => {
  const answered = once(child, 'message')
  child.send('go')
  const [granted] = await answered
  return granted
}

test('two processes are granted together what a limit holds, and not one call more', async () => {
  await books.priced()
  await books.limit(60)
  const [one = 0, two = 0] = await Promise.all(
    (await Promise.all([start('one', 50), start('two', 50)])).map(rush),
  )
  expect(one + two).toBe(60)
  expect(Math.min(one, two)).toBeGreaterThanOrEqual(10)
  const settled = (await books.calls()).length
  expect(await books.sumOf('9', '2026-11-21')).toEqual({
    spent: settled * CENT,
    reserved: (60 - settled) * CENT,
  })
})

test('what a process that was killed had reserved is spent after the next start', async () => {
  await books.priced()
  await books.limit(3)
  const child = await start('one', 2)
  await rush(child)
  await books.reserved()
  const killed = once(child, 'exit')
  child.kill('SIGKILL')
  await killed
  await books.close()
  books = await openBooks(directory)
  expect(await books.ledger.abandonOpen()).toBe(2)
  expect((await books.calls()).map(({ outcome }) => outcome).sort()).toEqual([
    'abandoned',
    'abandoned',
    'finished',
  ])
  expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: 3 * CENT, reserved: 0 })
  expect(await books.granted(1)).toBe(0)
})
