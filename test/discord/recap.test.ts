import type { AnyThreadChannel } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tellRecap } from '../../src/discord/recap.ts'
import { en } from '../../src/locales/en.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'

let stores: Stores
beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
})
afterEach(() => stores.close())

const recap = async (): Promise<string[]> => {
  const sent: string[] = []
  const thread = { send: async (content: string) => sent.push(content) } as unknown as AnyThreadChannel
  const head = await stores.store.load(ref)
  if (head) await tellRecap(thread, head, { lines: stores.store.lines, texts: en })
  return sent
}

test('it has the last lines, each in one row under its speaker’s name, without the answer that stands below', async () => {
  await playTurn(stores, '*waits*\nand "listens"', 'm1')
  expect(await recap()).toEqual(['-# What happened last:\n> Rain.\n> **Ada**: \\*waits\\* and "listens"'])
})

test('where nothing stands before the newest answer, nothing is said', async () => {
  expect(await recap()).toEqual([])
})

test('it stays within one message', async () => {
  for (let turn = 0; turn < 6; turn += 1) await playTurn(stores, 'x'.repeat(1900), `m${turn}`)
  const [only = ''] = await recap()
  expect(only.length).toBeLessThanOrEqual(2000)
})
