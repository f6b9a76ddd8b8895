import { type APIMessage, MessageFlags } from 'discord-api-types/v10'
import { afterEach, beforeEach, expect } from 'vitest'
import { FORM, isTold, labelsOf, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

export type Person = { readonly visitor: Visitor; readonly player: Player }

/** Anew for each test: a story that two people play. */
export let world: World
export let mara: Person
export let tomas: Person
export let thread: string

// Mara plays Ada, and Tomas himself; each has said something.
beforeEach(async () => {
  world = await startWorld()
  mara = await world.enter('player')
  tomas = await world.enter('second')
  thread = await mara.player.start(world.stories, FORM)
  await tomas.player.say(thread, '*steps in*')
  await tomas.player.answer(thread)
  // The opening may not have been the newest answer that Mara saw.
  await told(mara, 2)
})
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

export const messages = ({ visitor }: Person = mara): APIMessage[] =>
  visitor.messagesIn(thread).map(({ message }) => message)
/** Waits until someone sees the end of so many answers, and gives the last. */
export const told = ({ visitor }: Person, count: number): Promise<APIMessage> =>
  visitor.until(`answer ${count}`, ({ messagesIn }) => {
    const answers = messagesIn(thread)
      .filter(isTold)
      .map(({ message }) => message)
      .filter((message) => !isActed(message) && !isPrivate(message))
    const last = answers.at(-1)
    return answers.length >= count && last && labelsOf(last).includes('Continue') ? last : undefined
  })
export const isPrivate = ({ flags }: APIMessage) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0
/** Words of a player that the bot shows for them. */
export const isActed = ({ content }: APIMessage) => /^\*\*[^*]+\*\* [“*]/u.test(content)
export const saying = (part: string, { visitor }: Person = mara): Promise<APIMessage> =>
  visitor.until(`“${part}”`, ({ messagesIn }) =>
    messagesIn(thread)
      .map(({ message }) => message)
      .find(({ content }) => content.includes(part)),
  )
export const isGone = (id: string) =>
  mara.visitor.until('the message to go', () =>
    messages().some((message) => message.id === id) ? undefined : true,
  )
export const run = async ({ player }: Person, command: string, options = {}) =>
  (await player.command(thread, command.split(' '), options)).content
export const lastPrompt = () => JSON.stringify(world.prose().at(-1)?.body)
export const bot = () => mara.visitor.welcome.bot.user.id
