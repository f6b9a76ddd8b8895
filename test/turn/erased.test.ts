import { expect, test } from 'vitest'
import { beginWith, headNow, told, type Workshop, workshop } from './given.ts'
import { say, stores } from './table.ts'

const plan = {
  ...{ speakers: ['Mira'], reason: 'Ada asked her about the boat.', beats: ['She tells of the boat.'] },
  ...{ must_not_contradict: [], leave_room: '' },
}
const begun = async (): Promise<Workshop> => {
  const world = workshop(told('Rain.', '"Which?"', '"What?"'))
  await beginWith(world, 'Mira')
  return world
}
const wordsLeft = async () =>
  (await stores.db.selectFrom('texts').select('body').execute()).map(({ body }) => body).join('\n')

test('an erasure takes along what was planned for an answer to it, and why', async () => {
  const world = await begun()
  world.model.giving('planner', { value: plan })
  await say(world, 'm1', '"Mira, I sank the boat."')
  expect(await wordsLeft()).toMatch(/Ada asked her about the boat/u)
  await stores.erasure.eraseMessage('m1')
  expect(await wordsLeft()).not.toMatch(/boat/u)
  const { state, words } = await headNow()
  expect(words.get(state.turn.plan ?? '')).toBeUndefined()
  expect(words.get(state.turn.reason ?? '')).toBeUndefined()
})

test('also where it was planned for an answer to what came after it', async () => {
  const world = await begun()
  await say(world, 'm1', '"Mira, I sank the boat."')
  world.model.giving('planner', { value: plan })
  await say(world, 'm2', '"Mira?"')
  await stores.erasure.eraseMessage('m1')
  expect(await wordsLeft()).not.toMatch(/boat/u)
})

test('what a planner read before an erasure is no plan after it, nor is its prompt kept', async () => {
  const world = await begun()
  const { asked, release } = world.hold('planner', plan)
  const answered = say(world, 'm1', '"Mira, I sank the boat."')
  await asked
  await stores.erasure.eraseMessage('m1')
  release()
  await answered
  const { ref, state } = await headNow()
  expect(state.turn).toMatchObject({ phase: 'told', plan: null })
  expect(await wordsLeft()).not.toMatch(/boat/u)
  const answer = { ...ref, turn: state.turn.id, alternate: 0 }
  expect(JSON.stringify(await stores.records.promptsOf(answer))).not.toMatch(/boat/u)
})
