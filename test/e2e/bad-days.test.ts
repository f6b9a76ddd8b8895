import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { removeChannel } from '../../src/sandbox/discord/acts/channels.ts'
import { channelOf } from '../../src/sandbox/discord/world/world.ts'
import { FORM, isLive, isTold, labelsOf, type Player } from '../doubles/player.ts'
import type { SeenMessage, Visitor } from '../doubles/visitor.ts'
import { chunk, sse, startProvider } from '../model/provider.ts'
import { startWorld, type World } from './world.ts'

let world: World
let ada: { visitor: Visitor; player: Player }

const openWorld = async (options: Parameters<typeof startWorld>[0] = {}) => {
  world = await startWorld(options)
  ada = await world.enter('player')
}
beforeEach(() => openWorld())
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

const begin = (title = FORM.title) => ada.player.start(world.stories, { ...FORM, title })
const lastPrompt = () => JSON.stringify(world.model.requests().at(-1)?.body)
const stall = () => world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
const told = (thread: string) => ada.visitor.messagesIn(thread).filter(isTold)
const untilTold = (thread: string, what: string, fits: (seen: SeenMessage) => boolean) =>
  ada.visitor.until(what, () => told(thread).find(fits))

/** A turn that stands in the middle of its answer. */
const inTheMiddle = async () => {
  const thread = await begin()
  stall()
  await ada.player.say(thread, 'I go left.')
  return { thread, live: (await ada.player.growing(thread)).message }
}

describe('odd words', () => {
  test('what is a special token to a tokenizer is words to Skein', async () => {
    const thread = await begin()
    await ada.player.say(thread, 'I carve <|endoftext|> into the door.')
    await ada.player.answer(thread)
    expect(lastPrompt()).toContain('<|endoftext|>')
  })

  test('mentions and a server’s own emoji are read as people read them', async () => {
    const thread = await begin()
    const { second } = world.discord.ids.people
    await ada.player.say(thread, `I wave at <@${second}> <:hat:123456789012345678>`)
    await ada.player.answer(thread)
    expect(lastPrompt()).toContain('I wave at @Tomas Reed :hat:')
  })

  test('the out-of-character mark is a setting', async () => {
    await world.close()
    await openWorld({ settings: { SKEIN_OOC_MARKS: '[[ ]]' } })
    const thread = await begin()
    await ada.player.say(thread, 'I wait. [[my cat]] ((quietly))')
    await ada.player.answer(thread)
    expect(lastPrompt()).toContain('((quietly))')
    expect(lastPrompt()).not.toContain('my cat')
  })
})

test('an answer over 2,000 units goes on in further messages, and only the last can have buttons', async () => {
  const paragraph = 'The rain has a great deal to say tonight, and says it to the roof. '.repeat(9).trim()
  const text = Array.from({ length: 8 }, (_, nth) => `${nth}: ${paragraph}`).join('\n\n')
  const words = text.match(/\S+\s*/gu) ?? []
  const provider = await startProvider((_request, response) => {
    response.setHeader('content-type', 'text/event-stream')
    response.end(sse(...words.map((content) => chunk({ content })), chunk({}, 'stop')))
  })
  await world.close()
  await openWorld({ settings: { OPENAI_BASE_URL: provider.baseURL } })
  const thread = await begin()
  await untilTold(
    thread,
    'the last part',
    ({ message }) => message.content.includes('7: ') && !isLive(message),
  )
  const parts = told(thread).map(({ message }) => message)
  expect(parts.length).toBeGreaterThanOrEqual(3)
  expect(parts.every(({ content }) => content.length <= 2000)).toBe(true)
  expect(
    parts
      .map(({ content }) => content)
      .join(' ')
      .replaceAll(/\s+/gu, ' '),
  ).toBe(text.replaceAll(/\s+/gu, ' '))
  expect(parts.slice(0, -1).flatMap(labelsOf)).toEqual([])
  expect(parts.slice(-1).flatMap(labelsOf)).toEqual(['Regenerate', 'Continue', 'Branch'])
  await provider.close()
})

describe('two stories', () => {
  test('are told at once, and do not know of each other', async () => {
    const first = await begin('The Lighthouse')
    const second = await begin('The Forest')
    stall()
    await ada.player.say(first, 'I light the lamp.')
    const live = await ada.player.growing(first)
    await ada.player.say(second, 'I follow the deer.')
    await ada.player.answer(second)
    expect(lastPrompt()).toContain('I follow the deer.')
    expect(lastPrompt()).not.toContain('I light the lamp.')
    await ada.player.click(live.message, 'Stop')
    await untilTold(first, 'the stopped answer', ({ message }) => message.content.includes('Stopped here.'))
  })
})

describe('in the middle of an answer', () => {
  test('a moderator deletes it: the writing stops, and the story goes on with what there was', async () => {
    await world.close()
    await openWorld({ tokensPerSecond: 20 })
    const thread = await begin()
    await ada.player.say(thread, 'I go left.')
    const { message } = await ada.player.growing(thread)
    const iris = await world.enter('admin')
    await iris.visitor.do({ do: 'delete', channel: thread, message: message.id })
    await expect.poll(() => world.model.requests().at(-1)?.outcome, { timeout: 8000 }).toBe('client_gone')
    await ada.player.say(thread, 'I go on.')
    await ada.player.growing(thread)
    expect(lastPrompt()).toMatch(/I go left\..*I go on\./)
    expect(lastPrompt()).toContain(message.content.slice(0, 30).replaceAll('"', '\\"'))
  })

  test('the thread is deleted: other stories go on', async () => {
    const { thread } = await inTheMiddle()
    const channel = channelOf(world.discord.world, thread)
    if (channel) removeChannel(world.discord.world, channel)
    const other = await begin('The Forest')
    await ada.player.say(other, 'I follow the deer.')
    await ada.player.answer(other)
    expect(lastPrompt()).toContain('I follow the deer.')
  })

  test('Skein loses its permission: once it is back, the end is shown before the next answer', async () => {
    const { thread, live } = await inTheMiddle()
    const route = { on: { route: /\/messages/u }, kind: 'lost_permission' } as const
    const lost = world.discord.faults.add(route)
    await ada.player.click(live, 'Stop')
    await expect.poll(() => lost.strikes()).toBeGreaterThan(0)
    lost.remove()
    await ada.player.say(thread, 'I go on.')
    const ended = await untilTold(
      thread,
      'the end that was missing',
      ({ message }) => message.id === live.id && message.content.includes('Stopped here.'),
    )
    expect(isLive(ended.message)).toBe(false)
    await untilTold(thread, 'the next answer', ({ message }) => message.id > live.id && !isLive(message))
  })
})

describe('what was written while Skein could not hear', () => {
  test('a message that waits is not lost when the session ends and it is read a second time', async () => {
    const { thread, live } = await inTheMiddle()
    await ada.player.say(thread, 'I go right.')
    await untilWaiting(thread)
    world.discord.gateway.invalidate(false)
    await ada.visitor.until('a new session', (_seen, event) =>
      event?.name === 'bot' && event.online ? true : undefined,
    )
    await ada.player.click(live, 'Stop')
    await untilTold(
      thread,
      'both answers',
      () => told(thread).filter(({ message }) => !isLive(message)).length === 3,
    )
    expect(lastPrompt()).toMatch(/I go left\..*I go right\./)
    expect(world.model.requests()).toHaveLength(3)
  })

  const untilWaiting = (thread: string) =>
    ada.visitor.until('the hourglass', ({ messagesIn }) =>
      messagesIn(thread).find(({ message }) => message.reactions?.some(({ emoji }) => emoji.name === '⏳')),
    )

  test('is read in every thread, though one cannot be read at first', async () => {
    const first = await begin('The Lighthouse')
    const second = await begin('The Forest')
    await world.stop()
    await ada.player.say(first, 'I light the lamp.')
    await ada.player.say(second, 'I follow the deer.')
    world.discord.faults.add({
      on: { method: 'GET', route: /\/messages/u },
      kind: '500',
      times: 4,
    })
    await world.start()
    await ada.visitor.until('both answers', () =>
      told(first).length === 2 && told(second).length === 2 ? true : undefined,
    )
  })
})
