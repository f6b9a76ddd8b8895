import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { branchStore } from '../../src/store/branches.ts'
import { castMembers } from '../../src/story/cast.ts'
import { addMemory } from '../../src/story/edit/memory.ts'
import { createCharacter, setEdge, setPersona, summariseEdge } from '../../src/story/edit/people.ts'
import { addPlace, advanceClock, changeWeather, openScene, setActivity } from '../../src/story/edit/world.ts'
import type { Head } from '../../src/story/head.ts'
import { positionOf } from '../../src/story/head.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { countingIds } from '../doubles/ids.ts'
import { openStores, type Stores } from '../doubles/store.ts'
import { beginStory, playTurn } from '../doubles/told.ts'
import { accepted, ada, by, type Step } from '../story/given.ts'

const ref = { story: 'story1', branch: ROOT_BRANCH }
const newId = countingIds('view')

let stores: Stores
let mira = ''
let adas = ''

const headNow = async (): Promise<Head> => {
  const head = await stores.store.load(ref)
  if (!head) throw new Error('no head')
  return head
}
const change = async (step: Step): Promise<void> => {
  const head = await headNow()
  await stores.store.append(head, accepted(step(head.state)))
}
const rowsOf = async (view: string) => {
  const { rows } = await sql<Record<string, unknown>>`select * from ${sql.ref(view)}`.execute(stores.db)
  return rows
}

beforeEach(async () => {
  stores = await openStores()
  await beginStory(stores)
  await change(by(setPersona, { player: ada.id, name: 'Ada', pronouns: 'she', description: 'A smuggler.' }))
  await change(by(createCharacter, { name: 'Mira', persona: 'Keeps the light.', voice: 'Aye.' }))
  const { state } = await headNow()
  ;[mira = '', adas = ''] = castMembers(state.cast)
})
afterEach(() => stores.close())

test('stories show how far they are, and when they are', async () => {
  await playTurn(stores, 'I knock.')
  await change(by(advanceClock, { minutes: 24 * 60 + 65, reason: 'rest' }))
  await change(by(changeWeather, { weather: 'fog' }))
  expect(await rowsOf('stories_now')).toEqual([
    {
      ...{ story: 'story1', branch: ROOT_BRANCH, guild: '9', branch_name: null, title: 'Fog' },
      ...{ turn: 2, phase: 'told', day: 2, time: '09:05', first_day: null, weather: 'fog' },
    },
  ])
})

test('the cast shows with its words, and without those that were erased', async () => {
  const { state } = await headNow()
  const voice = state.cast.characters[0]?.voice ?? ''
  expect(await rowsOf('cast_now')).toMatchObject([
    {
      entity: mira,
      kind: 'character',
      name: 'Mira',
      persona: 'Keeps the light.',
      voice: 'Aye.',
      traits: null,
    },
    { entity: adas, kind: 'persona', name: 'Ada', persona: 'A smuggler.', pronouns: 'she', player: ada.id },
  ])
  await stores.db.deleteFrom('texts').where('id', '=', voice).execute()
  expect((await rowsOf('cast_now'))[0]).toMatchObject({ name: 'Mira', voice: null })
})

test('places show what they are in, and scenes where they are and with whom', async () => {
  expect(await rowsOf('scenes_now')).toEqual([])
  await change(by(addPlace, { name: 'Lighthouse', type: 'tower' }))
  const parent = (await headNow()).state.places[0]?.place ?? ''
  await change(by(addPlace, { name: 'Lamp room', type: 'room', parent, public: false }))
  const place = (await headNow()).state.places[1]?.place ?? ''
  await change(by(openScene, { place }))
  expect(await rowsOf('places_now')).toMatchObject([
    { place: parent, name: 'Lighthouse', type: 'tower', within: null, moving: 0, public: 1 },
    { place, name: 'Lamp room', type: 'room', within: 'Lighthouse', public: 0, audible: 'near' },
  ])
  expect(await rowsOf('scenes_now')).toEqual([
    { ...ref, scene: 1, place: 'Lamp room', participants: 'Mira, Ada' },
  ])
})

test('activities show what everyone does', async () => {
  const action = { label: 'mending', interruptibility: 'urgency', attention: 'half', minutes: 20 } as const
  const activity = { posture: 'sitting', action, attention: { entity: adas }, holding: ['a needle', 'twine'] }
  await change(by(setActivity, { entity: mira, activity }))
  await change(by(setActivity, { entity: adas, activity: { attention: { thing: 'the lamp' } } }))
  expect(await rowsOf('activities_now')).toMatchObject([
    {
      ...{ entity: mira, name: 'Mira', posture: 'sitting', action: 'mending', interruptibility: 'urgency' },
      ...{ minutes: 20, since: 480, attention: 'Ada', holding: 'a needle, twine', status: null },
    },
    { entity: adas, name: 'Ada', action: null, attention: 'the lamp', holding: null },
  ])
})

test('edges and pins show by name', async () => {
  await change(by(setEdge, { from: mira, to: adas, affinity: 70, trust: 20 }))
  await change(by(summariseEdge, { from: mira, to: adas, summary: 'Wary.' }))
  await change(by(addMemory, { owner: mira, text: 'The boat did not come.', significance: 3 }))
  expect(await rowsOf('edges_now')).toEqual([
    {
      ...{ ...ref, from_entity: mira, from_name: 'Mira', to_entity: adas, to_name: 'Ada' },
      ...{ affinity: 70, trust: 20, summary: 'Wary.', last_turn: null },
    },
  ])
  expect(await rowsOf('pins_now')).toMatchObject([
    { owner: mira, name: 'Mira', how: 'automatic', body: 'The boat did not come.' },
  ])
})

test('a branch shows from its first turn on, until it is deleted', async () => {
  const branches = branchStore(stores.db, () => 1, newId)
  const head = await headNow()
  const other = { ...ref, branch: 'other' }
  const named = { id: other.branch, author: ada.id, name: 'What if', description: null }
  await branches.create(head, positionOf(head), named, { ids: [], channel: null })
  expect(await rowsOf('stories_now')).toHaveLength(1)
  const begun = await stores.store.load(other)
  if (begun) await stores.store.append(begun, accepted(by(changeWeather, { weather: 'sun' })(begun.state)))
  expect(await rowsOf('stories_now')).toMatchObject([
    { branch: ROOT_BRANCH, weather: null },
    { branch: 'other', branch_name: 'What if', weather: 'sun' },
  ])
  await branches.remove(other)
  expect(await rowsOf('cast_now')).toHaveLength(2)
})
