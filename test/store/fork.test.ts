import { afterEach, beforeEach, expect, test } from 'vitest'
import { regenerate, tell } from '../../src/story/decide.ts'
import type { Head } from '../../src/story/head.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn, ref } from '../doubles/told.ts'
import { accepted, ada, newId } from '../story/given.ts'

const other: StoryRef = { ...ref, branch: 'other' }
const none = { ids: [], channel: null }

let stores: Stores
beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
  for (const words of ['"One?"', '"Two?"']) await playTurn(stores, words)
})
afterEach(() => stores.close())

const headOf = async (branch: StoryRef = ref): Promise<Head> => {
  const head = await stores.store.load(branch)
  if (!head) throw new Error(`no branch ${branch.branch}`)
  return head
}
const branchAt = async (turn: number) => {
  const head = await headOf()
  const at = await stores.past.endOfTurn(head, turn)
  if (!at) throw new Error(`no turn ${turn}`)
  await stores.branches.create(
    head,
    at,
    { id: 'other', author: ada.id, name: 'Fog', description: null },
    none,
  )
}
const fork = async () => {
  const [one, two] = [await headOf(), await headOf(other)]
  const there = await stores.past.forkOf(one, two)
  expect(await stores.past.forkOf(two, one)).toEqual(there)
  return there.turn
}

test('two branches have in common what stands before the turn after which one left the other', async () => {
  await branchAt(2)
  expect(await fork()).toBe(2)
  await playTurn(stores, '"Three?"')
  expect(await fork()).toBe(2)
})

test('given that one went back further, then only what it still has', async () => {
  await branchAt(2)
  const head = await headOf()
  const to = await stores.past.endOfTurn(head, 1)
  if (to) await stores.past.move(head, to, { actor: ada.id, cause: 'rewound', undoes: null }, none)
  expect(await fork()).toBe(1)
})

test('given another answer on one of them, then not the turn that was answered otherwise', async () => {
  const head = await headOf()
  const to = await stores.past.endOfTurn(head, 2)
  if (to) await stores.past.move(head, to, undefined, none)
  const back = await headOf()
  await stores.branches.create(
    back,
    { strand: back.strand, seq: back.seq, turn: 2, alternate: 0 },
    { id: 'other', author: ada.id, name: 'Fog', description: null },
    none,
  )
  expect(await fork()).toBe(2)
  const again = accepted(regenerate(back.state, { player: ada.id, alternate: 1 }, newId))
  await stores.store.append(back, again, none)
  await stores.store.append(await headOf(), accepted(tell((await headOf()).state, 'Fog.', 'finished', newId)))
  expect(await fork()).toBe(1)
})
