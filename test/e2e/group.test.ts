import { describe, expect, test } from 'vitest'
import { en } from '../../src/locales/en.ts'
import {
  bot,
  isGone,
  lastPrompt,
  mara,
  messages,
  run,
  saying,
  thread,
  told,
  tomas,
  world,
} from './company.ts'
import { transcriptOf } from './look.ts'

describe('a round', () => {
  const begin = () => run(mara, 'turn mode', { mode: 'round', minutes: 5 })

  test('waits, in one quiet line, until everybody has spoken', async () => {
    expect(await begin()).toContain('5 minutes after the first of them')
    await mara.player.say(thread, '"Mira, the light!"')
    const line = await saying('Waiting for Tomas Reed', tomas)
    expect(line.content).toMatch(/^-# ⌛ .*<t:\d+:R>/u)
    expect(await run(tomas, 'turn show')).toContain('waiting for Tomas Reed')
    expect(await run(mara, 'continue')).toContain('waiting for Tomas Reed')
    expect(await run(mara, 'regenerate')).toContain('waiting for Tomas Reed')
    const asked = world.prose().length

    await tomas.player.say(thread, '*climbs after her*')
    expect((await told(mara, 3)).content).toMatch(/^\*\*Mira\*\*\n/u)
    await isGone(line.id)
    expect(world.prose()).toHaveLength(asked + 1)
    expect(lastPrompt()).toMatch(/Ada: .*the light!.*Tomas Reed: \*climbs after her\*/u)
  })

  test('is answered by a press on its line, for those who play', async () => {
    await begin()
    await mara.player.say(thread, '*listens*')
    const line = await saying('Waiting for Tomas Reed')
    await tomas.player.click(line, 'Answer now')
    await told(mara, 3)
    await isGone(line.id)
    expect(await run(mara, 'turn go')).toContain('No turn is waiting')
  })

  test('that a restart finds waits on, under the same line', async () => {
    await begin()
    await mara.player.say(thread, '*listens*')
    const line = await saying('Waiting for Tomas Reed')
    await world.stop()
    await world.start()
    await tomas.player.say(thread, '*listens, too*')
    await told(mara, 3)
    await isGone(line.id)
    expect(messages().filter(({ content }) => content.includes('⌛'))).toEqual([])
    expect(lastPrompt()).toMatch(/\*listens\*.*\*listens, too\*/u)
  })

  test('given someone edits what they said in it, then their new words stand, and nothing is offered', async () => {
    await begin()
    await mara.player.say(thread, '*drops the lamp*')
    await saying('Waiting for Tomas Reed')
    const { id } = await saying('drops the lamp')
    await mara.visitor.do({ do: 'edit', channel: thread, message: id, content: '*holds the lamp*' })
    await expect.poll(() => transcriptOf(world.directory, thread)).toContain('*holds the lamp*')
    await tomas.player.say(thread, '*waits*')
    await told(mara, 3)
    expect(lastPrompt()).toContain('holds the lamp')
    expect(messages().filter(({ content }) => content.includes('Your new words'))).toEqual([])
  })

  test('is answered when the story takes turns in another way', async () => {
    await begin()
    await mara.player.say(thread, '*listens*')
    await saying('Waiting for Tomas Reed')
    expect(await run(mara, 'turn mode', { mode: 'each' })).toContain('Every message is answered')
    await told(mara, 3)
  })

  test('loses the words of a message that is deleted, and waits for its player again', async () => {
    await begin()
    await mara.player.say(thread, '*drops the secret lamp*')
    await saying('Waiting for Tomas Reed')
    const said = await saying('secret lamp')
    await mara.visitor.do({ do: 'delete', channel: thread, message: said.id })
    await expect.poll(() => run(mara, 'turn show')).toContain('waiting for Ada and Tomas Reed')
    await tomas.player.say(thread, '*waits*')
    await saying('Waiting for Ada;')
    await mara.player.say(thread, '*picks it up*')
    await told(mara, 3)
    expect(lastPrompt()).not.toContain('secret lamp')
  })
})

describe('/turn', () => {
  test('mode is for those who lead the story, go for those who play', async () => {
    expect(await run(tomas, 'turn mode', { mode: 'round' })).toContain('Only whoever started this story')
    const iris = await world.enter('admin')
    expect(await run(iris, 'turn go')).toContain('No turn is waiting')
    expect(await run(tomas, 'turn go')).toContain('No turn is waiting')
  })

  test('mode has nothing answered in a story that is set aside', async () => {
    await run(mara, 'turn mode', { mode: 'round' })
    await mara.player.say(thread, '*listens*')
    await saying('Waiting for Tomas Reed')
    const asked = world.prose().length
    await run(mara, 'story archive')
    expect(await run(mara, 'turn mode', { mode: 'each' })).toBe(en.stories.isArchived)
    await run(mara, 'story unarchive')
    expect(await run(mara, 'turn show')).toContain('waiting for Tomas Reed')
    expect(world.prose()).toHaveLength(asked)
  })

  test('outside a story’s thread it says where to go', async () => {
    for (const path of [['turn', 'show'], ['turn', 'go'], ['say'], ['do']]) {
      const options = path.length === 1 ? { text: 'Hello.' } : {}
      const { content } = await mara.player.command(world.stories, path, options)
      expect(content).toContain('This works in a story’s thread')
    }
  })
})

describe('a story that is told when it is called', () => {
  test('takes in what is said, and answers the message that names the bot, without that name', async () => {
    await run(mara, 'turn mode', { mode: 'mention' })
    await mara.player.say(thread, '*lights the lamp*')
    await tomas.player.say(thread, '"Too bright."')
    await expect.poll(() => run(mara, 'turn show')).toContain('a message that mentions me')
    const asked = world.prose().length
    await mara.player.say(thread, `<@${bot()}>, "Mira?"`)
    expect((await told(mara, 3)).content).toMatch(/^\*\*Mira\*\*\n/u)
    expect(world.prose()).toHaveLength(asked + 1)
    expect(lastPrompt()).toMatch(/\*lights the lamp\*.*Too bright\..*Mira\?/u)
    expect(lastPrompt()).not.toContain(mara.visitor.welcome.bot.user.username)
  })

  test('answers a reply to what it told', async () => {
    await run(mara, 'turn mode', { mode: 'mention' })
    const answer = await told(mara, 2)
    await mara.visitor.do({ do: 'send', channel: thread, content: '*nods*', replyTo: answer.id })
    await told(mara, 3)
    expect(lastPrompt()).toContain('Ada: *nods*')
    const options = { text: `<@${bot()}>, who is there?` }
    await mara.visitor.do({ do: 'command', channel: thread, path: ['say'], options })
    await told(mara, 4)
    expect(lastPrompt()).toContain('Ada: “who is there?”')
  })
})

describe('who speaks', () => {
  test('can be chosen for what comes next, and for another answer', async () => {
    const eli = await mara.player.openForm(thread, ['character', 'create'])
    await eli.fill({ name: 'Eli', persona: 'The ferryman.' })
    expect(await mara.player.suggested(thread, ['continue'], {}, 'speaker')).toEqual([
      'Mira',
      'Eli',
      'Narrator',
    ])
    await run(mara, 'continue', { speaker: 'Eli' })
    expect((await told(mara, 3)).content).toMatch(/^\*\*Eli\*\*\n/u)
    await run(mara, 'regenerate', { speaker: 'mira' })
    await saying('**Mira**\n')
    expect(await run(mara, 'continue', { speaker: 'Nobody' })).toContain('Mira, Eli, Narrator')
  })
})
