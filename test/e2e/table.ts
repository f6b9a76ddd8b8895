import type { APIMessage } from 'discord-api-types/v10'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { FORM, type Player } from '../doubles/player.ts'
import type { SeenMessage, Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

/** Anew for each file; the story anew for each test. */
export let world: World
export let mara: Player
export let visitor: Visitor
export let tomas: Player
export let thread: string
export let knock: APIMessage

export type Options = Parameters<Player['command']>[2]
export const run = async (command: string, options: Options = {}, player = mara, channel = thread) =>
  (await player.command(channel, command.split(' '), options)).content
export const play = async (words: string, channel = thread): Promise<APIMessage> => {
  await mara.say(channel, words)
  return (await mara.answer(channel)).message
}
export const messages = (channel = thread): APIMessage[] =>
  visitor.messagesIn(channel).map(({ message }: SeenMessage) => message)
export const told = (channel: string, part: string): Promise<APIMessage> =>
  visitor.until(`“${part}”`, () => messages(channel).find(({ content }) => content.includes(part)))
export const linkIn = (content: string): string => /<#(\d+)>/u.exec(content)?.[1] ?? ''
export const lastPrompt = () => JSON.stringify(world.model.requests().at(-1)?.body)
beforeAll(async () => {
  world = await startWorld()
  ;({ player: mara, visitor } = await world.enter('player'))
  tomas = (await world.enter('second')).player
})
afterAll(() => world.close())

// Each test has a story of its own: its opening, and two turns of Ada, whom Mara plays.
beforeEach(async () => {
  thread = await mara.start(world.stories, FORM)
  knock = await play('*I knock.*')
  await play('*I climb the stairs.*')
})
afterEach(() => {
  expect(world.violations).toEqual([])
})
