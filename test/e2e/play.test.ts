import type { APIMessage } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FORM, isLive, isTold, labelsOf, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

let world: World
let ada: { visitor: Visitor; player: Player }

beforeEach(async () => {
  world = await startWorld()
  ada = await world.enter('player')
})
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

const begin = (form: Readonly<Record<string, string>> = FORM) => ada.player.start(world.stories, form)
const botMessages = (thread: string, { visitor }: { visitor: Visitor } = ada): APIMessage[] =>
  visitor
    .messagesIn(thread)
    .filter(isTold)
    .map(({ message }) => message)
const lastPrompt = () => JSON.stringify(world.prose().at(-1)?.body)

describe('a story in a thread', () => {
  test('begins with a form, opens a public thread named after it, and is told there', async () => {
    const thread = await begin()
    expect(ada.visitor.channels.get(thread)).toMatchObject({
      name: 'The Lighthouse',
      parent_id: world.stories,
    })
    expect(botMessages(thread)[0]?.content.length).toBeGreaterThan(40)
    expect(ada.visitor.messagesIn(thread)[0]?.message.content).toContain('`((out of character))`')
    expect(world.prose()).toHaveLength(1)
  })

  test('needs no more than a title', async () => {
    const thread = await begin({ title: 'Fog' })
    await ada.player.say(thread, 'I listen.')
    await ada.player.answer(thread)
    expect(lastPrompt()).toContain('Mara Quill: I listen.')
  })

  test('a message is a turn; a character is answered by that character, under its name', async () => {
    const thread = await begin()
    await ada.player.say(thread, '"Mira, who is there?"')
    const { message } = await ada.player.answer(thread)
    expect(message.content).toMatch(/^\*\*Mira\*\*\n/)
    expect(isLive(message)).toBe(false)
  })

  test('what is out of character is in nobody’s prompt, and alone it starts no turn', async () => {
    const thread = await begin()
    await ada.player.say(thread, '((brb, the kettle))')
    await ada.player.say(thread, '*waits* ((hoover again)) "Well?"')
    await ada.player.answer(thread)
    expect(world.prose()).toHaveLength(2)
    expect(lastPrompt()).toContain('*waits*')
    expect(lastPrompt()).not.toMatch(/kettle|hoover/)
  })

  test('a second player joins by speaking', async () => {
    const thread = await begin()
    const ben = await world.enter('second')
    await ben.player.say(thread, '*steps out of the rain*')
    await ben.player.answer(thread)
    expect(lastPrompt()).toContain('Tomas Reed: *steps out of the rain*')
    expect(lastPrompt()).toContain('Tomas Reed (played by a person)')
  })

  test('other bots, webhooks and messages outside stories start nothing', async () => {
    const thread = await begin()
    await ada.player.say(world.stories, 'Hello, everyone.')
    await fetch(`${world.discord.apiUrl}/v10/channels/${thread}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${world.discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'I am a bot.' }),
    })
    await ada.player.say(thread, 'I knock.')
    await ada.player.answer(thread)
    expect(world.prose()).toHaveLength(2)
    expect(lastPrompt()).not.toMatch(/everyone|bot\./)
  })

  test('mentions nobody, whatever is written', async () => {
    const thread = await begin({ ...FORM, title: '@everyone', name: '@here' })
    await ada.player.say(thread, '"@everyone?"')
    await ada.player.answer(thread)
    for (const message of botMessages(thread)) {
      expect(message.mention_everyone).toBe(false)
      expect(message.mentions).toEqual([])
    }
  })

  test('/story list shows each story with its last line; what is out of character is small print', async () => {
    expect((await ada.player.command(world.stories, ['story', 'list'])).content).toContain('No stories yet')
    const thread = await begin()
    await ada.player.say(thread, '*waits*')
    await ada.player.answer(thread)
    await ada.player.say(thread, '((really))')
    await expect
      .poll(async () => (await ada.player.command(world.stories, ['story', 'list'])).content)
      .toMatch(/-# \(\(really\)\)$/)
    const list = await ada.player.command(world.stories, ['story', 'list'])
    expect(list.content).toContain(`<#${thread}> · 2 turns`)
  })
})

describe('Stop', () => {
  const writing = async () => {
    const thread = await begin()
    world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
    await ada.player.say(thread, '*opens the oil locker*')
    return { thread, message: (await ada.player.growing(thread)).message }
  }

  test('keeps what was written and marks it', async () => {
    const { thread, message } = await writing()
    await ada.player.click(message, 'Stop')
    const stopped = (await ada.player.answer(thread)).message
    expect(stopped.content).toContain(message.content.slice(0, 30))
    expect(stopped.content).toMatch(/\n-# Stopped here\.$/)
  })

  test('is refused to another player, who is told why; a moderator may', async () => {
    const { thread, message } = await writing()
    const ben = await world.enter('second')
    const refusal = ben.visitor.until('the refusal', (_seen, event) =>
      event?.name === 'message' && event.ephemeral ? event.message.content : undefined,
    )
    await ben.player.click(message, 'Stop')
    expect(await refusal).toContain('Only the player whose turn it is')
    const iris = await world.enter('admin')
    await iris.player.click(message, 'Stop')
    expect((await ada.player.answer(thread)).message.content).toContain('Stopped here.')
  })
})

describe('messages that come while an answer is written', () => {
  test('wait, marked with an hourglass, and are answered in their order', async () => {
    const thread = await begin()
    world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
    await ada.player.say(thread, 'I go left.')
    const { message } = await ada.player.growing(thread)
    const ben = await world.enter('second')
    await ben.player.say(thread, 'I go right.')
    const marked = await ben.visitor.until('the hourglass', ({ messagesIn }) =>
      messagesIn(thread).find((seen) => seen.message.reactions?.some(({ emoji }) => emoji.name === '⏳')),
    )
    expect(marked.message.content).toBe('I go right.')
    await ada.player.click(message, 'Stop')
    await ada.visitor.until(
      'the answer to both',
      ({ messagesIn }) => messagesIn(thread).filter((seen) => isTold(seen) && !isLive(seen.message))[2],
    )
    expect(lastPrompt()).toMatch(/I go left\..*I go right\./)
    await ben.visitor.until('the hourglass to go', ({ messagesIn }) =>
      messagesIn(thread).find(
        (seen) => seen.message.id === marked.message.id && (seen.message.reactions ?? []).length === 0,
      ),
    )
  })
})

describe('when the model fails', () => {
  test('nothing came: the player reads what to do, and can try again', async () => {
    const words = 'answered with nothing'
    const thread = await begin()
    const fault = world.model.faults.add({ kind: 'empty' })
    await ada.player.say(thread, 'I knock.')
    const { message } = await ada.player.answer(thread)
    expect(message.content).toContain(words)
    fault()
    await ada.player.click(message, 'Try again')
    const answer = await ada.visitor.until('the second try', ({ messagesIn }) =>
      messagesIn(thread).find(
        (seen) =>
          seen.message.id === message.id && !seen.message.content.includes(words) && !isLive(seen.message),
      ),
    )
    expect(labelsOf(answer.message)).toEqual(['Regenerate', 'Continue', 'Branch'])
    expect(lastPrompt()).toContain('I knock.')
  })

  test('a key that is not taken is not tried again before a restart', async () => {
    const thread = await begin()
    const fault = world.model.faults.add({ kind: 'unauthorized' })
    await ada.player.say(thread, 'I knock.')
    const { message, edits } = await ada.player.answer(thread)
    expect(message.content).toContain('refused Skein’s key')
    fault()
    const asked = world.model.requests().length
    await ada.player.click(message, 'Try again')
    await ada.visitor.until('the second refusal', ({ messagesIn }) =>
      messagesIn(thread).find((seen) => seen.message.id === message.id && seen.edits > edits),
    )
    expect(world.model.requests()).toHaveLength(asked)
    await world.stop()
    await world.start()
    await ada.player.say(thread, 'I knock again.')
    expect((await ada.player.answer(thread)).message.content).not.toContain('refused')
  })

  test('a stream that breaks off keeps what came, marked', async () => {
    const thread = await begin()
    world.model.faults.add({ kind: 'cut_stream', afterTokens: 25, times: 1 })
    await ada.player.say(thread, 'I knock.')
    const { message } = await ada.player.answer(thread)
    expect(message.content).toMatch(/-# The line to the model broke here/)
  })
})

describe('when Discord fails', () => {
  test('a duplicated dispatch changes nothing', async () => {
    const thread = await begin()
    world.discord.faults.add({ on: { gateway: 'MESSAGE_CREATE' }, kind: 'duplicate_dispatch' })
    world.discord.faults.add({ on: { gateway: 'INTERACTION_CREATE' }, kind: 'duplicate_dispatch' })
    await ada.player.say(thread, 'I knock.')
    await ada.player.answer(thread)
    const list = await ada.player.command(world.stories, ['story', 'list'])
    expect(list.content).toContain('2 turns')
    expect(world.prose()).toHaveLength(2)
    expect(botMessages(thread)).toHaveLength(2)
  })

  test('a gateway that drops is taken up again, and no message is lost', async () => {
    const thread = await begin()
    world.discord.faults.add({ on: { gateway: 'MESSAGE_CREATE' }, kind: 'drop_gateway', times: 1 })
    await ada.player.say(thread, 'I knock.')
    await ada.player.answer(thread)
    expect(lastPrompt()).toContain('I knock.')
  })

  test('a session that is invalid is begun anew, and what was missed is read', async () => {
    const thread = await begin()
    world.discord.faults.add({ on: { gateway: 'RESUME' }, kind: 'invalid_session', times: 1 })
    world.discord.faults.add({ on: { gateway: 'MESSAGE_CREATE' }, kind: 'drop_gateway', times: 1 })
    await ada.player.say(thread, 'I knock.')
    await ada.player.answer(thread)
    expect(lastPrompt()).toContain('I knock.')
  })

  test('an edit that fails now and then still ends with the whole text', async () => {
    const thread = await begin()
    world.discord.faults.add({
      on: { method: 'PATCH', route: '/channels/{channel_id}/messages/{message_id}' },
      kind: '500',
      times: 2,
    })
    await ada.player.say(thread, 'I knock.')
    const { message } = await ada.player.answer(thread)
    expect(isLive(message)).toBe(false)
  })

  test('a message that a moderator deletes while it is written does not stop the story', async () => {
    const thread = await begin()
    world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
    await ada.player.say(thread, 'I go left.')
    const { message } = await ada.player.growing(thread)
    const iris = await world.enter('admin')
    await iris.visitor.do({ do: 'delete', channel: thread, message: message.id })
    await world.stop()
    await world.start()
    await ada.player.say(thread, 'I go on.')
    await ada.player.answer(thread)
    expect(lastPrompt()).toMatch(/I go left\..*I go on\./)
  })

  test('without its permissions in a channel, Skein says which it needs', async () => {
    const iris = await world.enter('admin')
    const reply = await iris.player.command(world.discord.ids.channels.staff, ['story', 'start'])
    expect(reply.content).toMatch(/I still need: View Channel, .*Create Public Threads/)
  })
})

describe('stopping and starting', () => {
  test('the thread goes on where it was, and what was written meanwhile is answered', async () => {
    const thread = await begin()
    await world.stop()
    await ada.player.say(thread, 'I knock, and wait.')
    await world.start()
    await ada.player.answer(thread)
    expect(lastPrompt()).toContain('I knock, and wait.')
    expect(world.prose()).toHaveLength(2)
  })

  test('a stop while an answer is written keeps and marks what there is', async () => {
    const thread = await begin()
    world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
    await ada.player.say(thread, 'I knock.')
    const { message } = await ada.player.growing(thread)
    await world.stop()
    const kept = botMessages(thread).find(({ id }) => id === message.id)
    expect(kept?.content).toContain('Skein was restarted here')
    expect(kept && isLive(kept)).toBe(false)
    await world.start()
    expect(botMessages(thread)).toHaveLength(2)
  })
})
