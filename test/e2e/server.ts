import { afterEach, beforeEach, expect } from 'vitest'
import { FORM, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

/** Anew for each test: a server with one story, of which Mara is in charge. Iris may manage the server. */
export let world: World
export let mara: Player
export let visitor: Visitor
export let tomas: Player
export let iris: Player
export let thread: string

export type Options = Parameters<Player['command']>[2]
export const run = async (player: Player, command: string, options: Options = {}, channel = thread) =>
  (await player.command(channel, command.split(' '), options)).content

beforeEach(async () => {
  world = await startWorld()
  ;({ player: mara, visitor } = await world.enter('player'))
  tomas = (await world.enter('second')).player
  iris = (await world.enter('admin')).player
  thread = await mara.start(world.stories, FORM)
})
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})
