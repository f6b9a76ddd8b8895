import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportStory, importStory } from '../../src/store/bundle.ts'
import { storyAdmin } from '../../src/store/story-admin.ts'
import { type Decision, type Refusal, say, tell } from '../../src/story/decide.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { call } from '../../src/story/gather.ts'
import type { Head } from '../../src/story/head.ts'
import { segmentAll } from '../../src/story/segment.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, ref } from '../doubles/told.ts'
import { accepted, ada, ben, newId } from '../story/given.ts'

let stores: Stores
beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
})
afterEach(() => stores.close())

const headNow = async (): Promise<Head> => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no story')
  return head
}
const append = async (decide: (head: Head) => Decision | Refusal) => {
  const head = await headNow()
  expect(await stores.store.append(head, accepted(decide(head)))).toBe('appended')
}
const gather = (text: string, player = ada) =>
  append(({ state, words }) => say(state, player, segmentAll([{ id: text, text }]), words, newId, true))
const answerNow = async () => {
  const head = await headNow()
  const said = await stores.store.lines(head, 2, 2)
  await append(({ state, words }) => call(state, ada.id, said, words, newId))
}
/** Whether there is an open delivery of the newest turn. */
const isToDeliver = async () => {
  const { id } = (await headNow()).state.turn
  return (await stores.deliveries.open()).some(({ turn }) => turn === id)
}
const gathering = async () => (await stores.gatherings.heads()).map((head) => head.ref)

test('a turn that gathers has nothing to deliver until it is called', async () => {
  await gather('*listens*')
  await gather('*waits*', ben)
  expect(await isToDeliver()).toBe(false)
  await answerNow()
  expect(await isToDeliver()).toBe(true)
})

test('turns that gather are found, also by a newer Skein, with when they were opened', async () => {
  expect(await gathering()).toEqual([])
  await gather('*listens*')
  expect(await gathering()).toEqual([ref])
  const at = await stores.gatherings.openedAt(await headNow())
  await gather('*waits*', ben)
  expect(await stores.gatherings.openedAt(await headNow())).toBe(at)
  await stores.db.updateTable('branches').set({ state: '{}', state_version: 0 }).execute()
  expect(await gathering()).toEqual([ref])
  expect(await stores.gatherings.heads({ ...ref, branch: 'other' })).toEqual([])
  await answerNow()
  expect(await gathering()).toEqual([])
})

test('those of stories that were set aside, or are told in no thread, are not waited for', async () => {
  await gather('*listens*')
  const admin = storyAdmin(stores.db, () => 1, newId)
  await admin.archive(ref.story)
  expect(await gathering()).toEqual([])
  await admin.unarchive(ref.story)
  expect(await gathering()).toEqual([ref])
  await admin.remove(ref.story)
  expect(await gathering()).toEqual([])
})

test('a turn that was gathered ends with who answered it, not with who would have at first', async () => {
  await append(({ state }) => createCharacter(state, ada.id, { name: 'Mira' }, newId))
  await gather('*listens*')
  expect((await headNow()).state.turn.speaker).toBe('narrator')
  await gather('"Mira?"', ben)
  await answerNow()
  const { speaker, id } = (await headNow()).state.turn
  await append(({ state }) => tell(state, 'Aye.', 'finished', newId))
  expect(speaker).not.toBe('narrator')
  expect(await stores.store.endOf({ ...ref, turn: id })).toMatchObject({ speaker, outcome: { text: 'Aye.' } })
})

test('a story that is taken elsewhere while a turn gathers goes on gathering there', async () => {
  await gather('*listens*')
  const bundle = await exportStory(stores.db, ref.story)
  const there = await openStores()
  if (bundle) await importStory(there.db, bundle, { story: 'story2', guild: '9', at: 7 })
  const head = await there.store.load({ ...ref, story: 'story2' })
  expect(head?.state.turn).toEqual((await headNow()).state.turn)
  expect(await there.deliveries.open()).toEqual([])
  await there.close()
})
