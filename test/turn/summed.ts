import { expect } from 'vitest'
import { beginWith, headNow, sentTo, told, type Workshop, workshop } from './given.ts'
import { promptOf, say, stores } from './table.ts'

/** So long that the seventh turn fills a prompt. */
const long = (turn: number) => `Turn ${turn}. ${'word '.repeat(880)}`
export const FULL = 7
export const ANSWERS = Array.from({ length: 2 * FULL }, (_, nth) => long(nth + 1))
export const summary = (text: string) => ({ value: { summary: text } })

export const playUpTo = async (world: Workshop, last: number) => {
  for (let turn = (await headNow()).state.turn.number + 1; turn <= last; turn += 1)
    await say(world, `m${turn}`, `Words ${turn}.`)
}
/** A story of Mira and Ada whose next turn fills a prompt. */
export const almostFull = async () => {
  const world = workshop(told(...ANSWERS))
  await beginWith(world, 'Mira')
  await playUpTo(world, FULL - 1)
  expect(sentTo(world, 'summariser')).toEqual([])
  return world
}
export const summedUp = async () => {
  const world = await almostFull()
  world.model.giving('summariser', summary('Ada came ashore.'))
  const done = world.appended('past.left')
  await playUpTo(world, FULL)
  await done
  return world
}
/** The summaries that say something. */
export const rows = async () =>
  (await stores.summaries.of(await headNow()))
    .filter(({ body }) => body !== '')
    .map(({ owner, from, to, level, body }) => ({ ...{ owner, from, to, level, body } }))
export const lastPrompt = (world: Workshop) => promptOf(world, world.model.requests.length - 1)
