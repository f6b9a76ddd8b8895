import type { AnyThreadChannel } from 'discord.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tellRecap } from '../../src/discord/recap.ts'
import { en } from '../../src/locales/en.ts'
import { type Decision, type Refusal, whisper } from '../../src/story/decide.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'
import { accepted, ada, newId } from '../story/given.ts'

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

const appendTo = async (decide: (head: Head) => Decision | Refusal) => {
  const head = await stores.store.load(ref)
  if (head) await stores.store.append(head, accepted(decide(head)))
}

test('it has the last lines, each in one row under its speaker’s name, without the answer that stands below', async () => {
  await playTurn(stores, '*waits*\nand "listens"', 'm1')
  expect(await recap()).toEqual(['-# What happened last:\n> Rain.\n> **Ada**: \\*waits\\* and "listens"'])
})

test('what was whispered is not in it, though that it was is', async () => {
  await appendTo((head) => createCharacter(head.state, ada.id, { name: 'Mira' }, newId))
  await appendTo(({ state }) => {
    const to = state.cast.characters[0]?.character ?? ''
    const intent = { player: ada, to, text: '“The light.”', shown: '*whispers.*', source: 'm1' }
    return whisper(state, intent, newId)
  })
  expect(await recap()).toEqual(['-# What happened last:\n> Rain.\n> **Ada**: \\*whispers.\\*'])
})

test('where nothing stands before the newest answer, nothing is said', async () => {
  expect(await recap()).toEqual([])
})

test('it stays within one message', async () => {
  for (let turn = 0; turn < 6; turn += 1) await playTurn(stores, 'x'.repeat(1900), `m${turn}`)
  const [only = ''] = await recap()
  expect(only.length).toBeLessThanOrEqual(2000)
})
