import { type APIMessage, MessageFlags } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { en } from '../../src/locales/en.ts'
import { FORM, isTold, labelsOf, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { transcriptOf } from './look.ts'
import { startWorld, type World } from './world.ts'

type Person = { readonly visitor: Visitor; readonly player: Player }

let world: World
let mara: Person
let tomas: Person
let thread: string

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

const messages = ({ visitor }: Person = mara): APIMessage[] =>
  visitor.messagesIn(thread).map(({ message }) => message)
/** Waits until someone sees the end of so many answers, and gives the last. */
const told = ({ visitor }: Person, count: number): Promise<APIMessage> =>
  visitor.until(`answer ${count}`, ({ messagesIn }) => {
    const answers = messagesIn(thread)
      .filter(isTold)
      .map(({ message }) => message)
      .filter((message) => !isActed(message) && !isPrivate(message))
    const last = answers.at(-1)
    return answers.length >= count && last && labelsOf(last).includes('Continue') ? last : undefined
  })
const isPrivate = ({ flags }: APIMessage) => ((flags ?? 0) & MessageFlags.Ephemeral) !== 0
/** Words of a player that the bot shows for them. */
const isActed = ({ content }: APIMessage) => /^\*\*[^*]+\*\* [“*]/u.test(content)
const saying = (part: string, { visitor }: Person = mara): Promise<APIMessage> =>
  visitor.until(`“${part}”`, ({ messagesIn }) =>
    messagesIn(thread)
      .map(({ message }) => message)
      .find(({ content }) => content.includes(part)),
  )
const isGone = (id: string) =>
  mara.visitor.until('the message to go', () =>
    messages().some((message) => message.id === id) ? undefined : true,
  )
const run = async ({ player }: Person, command: string, options = {}) =>
  (await player.command(thread, command.split(' '), options)).content
const lastPrompt = () => JSON.stringify(world.prose().at(-1)?.body)
const bot = () => mara.visitor.welcome.bot.user.id

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

describe('/say and /do', () => {
  test('show the words for all, and are answered as a message is', async () => {
    const said = mara.visitor.do({
      ...{ do: 'command', channel: thread, path: ['say'] },
      options: { text: '"Mira", see <@1> & [this](https://example.com)?' },
    } as const)
    const shown = await saying('see', tomas)
    await said
    expect(shown.content).toMatch(/^\*\*Ada\*\* “‘Mira’, see .*\[this\\\]\(https/u)
    expect(shown.mentions).toEqual([])
    expect((await told(mara, 3)).content).toMatch(/^\*\*Mira\*\*\n/u)
    expect(lastPrompt()).toContain('Ada: “‘Mira’, see')

    await tomas.visitor.do({
      ...{ do: 'command', channel: thread, path: ['do'], options: { text: '*shuts the door*' } },
    } as const)
    expect((await saying('shuts the door')).content).toBe('**Tomas Reed** *shuts the door*')
    await told(mara, 4)
    expect(lastPrompt()).toContain('Tomas Reed: *shuts the door*')
  })

  test('are known by the message that shows them', async () => {
    await mara.visitor.do({ do: 'command', channel: thread, path: ['do'], options: { text: 'hums' } })
    const shown = await saying('hums')
    await told(mara, 3)
    const rewound = await mara.player.messageCommand(thread, shown.id, 'Rewind to here')
    expect(rewound.content).toContain('already stands there')
    const iris = await world.enter('admin')
    await iris.visitor.do({ do: 'delete', channel: thread, message: shown.id })
    await isGone(shown.id)
    await mara.player.say(thread, '*waits*')
    await told(mara, 4)
    expect(lastPrompt()).not.toContain('*hums*')
  })

  describe('taken back', () => {
    const { onMessage, done, notYours } = en.retract
    const takeBack = async ({ player }: Person, id: string) =>
      (await player.messageCommand(thread, id, onMessage)).content

    test('by who spoke, the message goes, and its words are erased', async () => {
      await mara.visitor.do({
        do: 'command',
        channel: thread,
        path: ['say'],
        options: { text: 'Swordfish!' },
      })
      const shown = await saying('Swordfish')
      const answer = await told(mara, 3)
      expect(await takeBack(mara, shown.id)).toBe(done)
      await isGone(shown.id)
      expect(await transcriptOf(world.directory, thread)).not.toContain('“Swordfish!”')
      expect(await takeBack(mara, answer.id)).toBe(notYours)
    })

    test('by anyone else, they stand', async () => {
      await mara.visitor.do({ do: 'command', channel: thread, path: ['do'], options: { text: 'hums' } })
      const shown = await saying('hums')
      await told(mara, 3)
      expect(await takeBack(tomas, shown.id)).toBe(notYours)
      expect(await transcriptOf(world.directory, thread)).toContain('*hums*')
    })

    test('while they wait for an answer to end, they are never taken in', async () => {
      world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
      await mara.player.say(thread, '*listens*')
      const { message } = await mara.player.growing(thread)
      await tomas.visitor.do({ do: 'command', channel: thread, path: ['do'], options: { text: 'coughs' } })
      const shown = await saying('coughs')
      expect(await takeBack(tomas, shown.id)).toBe(done)
      await isGone(shown.id)
      await mara.player.click(message, 'Stop')
      await mara.player.say(thread, '*waits*')
      await told(mara, 4)
      expect(lastPrompt()).not.toContain('coughs')
    })
  })

  test('what is too long, or nothing, is refused and shown to nobody', async () => {
    expect(await run(mara, 'say', { text: 'x'.repeat(1995) })).toContain('characters too long')
    expect(await run(mara, 'do', { text: '***' })).toContain('nothing in that')
    expect(messages().filter(isActed)).toEqual([])
  })

  test('wait for an answer that is being written, marked with an hourglass', async () => {
    world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
    await mara.player.say(thread, '*listens*')
    const { message } = await mara.player.growing(thread)
    await tomas.visitor.do({ do: 'command', channel: thread, path: ['do'], options: { text: 'coughs' } })
    await tomas.visitor.until('the hourglass', ({ messagesIn }) =>
      messagesIn(thread).find(
        (seen) => seen.message.content.includes('coughs') && (seen.message.reactions ?? []).length > 0,
      ),
    )
    await mara.player.click(message, 'Stop')
    await told(mara, 4)
    expect(lastPrompt()).toContain('Tomas Reed: *coughs*')
  })
})

describe('/whisper', () => {
  const SECRET = 'Zephyrine'

  const whisper = () => run(mara, 'whisper', { to: 'Mira', text: `The word is ${SECRET}.` })
  const sentOf = (role: 'prose' | 'all') =>
    (role === 'prose' ? world.prose() : world.model.requests()).map(({ body }) => JSON.stringify(body))

  beforeEach(async () => {
    const eli = await mara.player.openForm(thread, ['character', 'create'])
    await eli.fill({ name: 'Eli', persona: 'The ferryman.' })
  })

  test('reaches the one character, in whose prompt it is marked, and who answers', async () => {
    expect(await whisper()).toBe(`To **Mira** alone: “The word is ${SECRET}.”`)
    expect((await saying('whispers', tomas)).content).toBe('**Ada** *whispers to Mira.*')
    expect((await told(mara, 3)).content).toMatch(/^\*\*Mira\*\*\n/u)
    expect(lastPrompt()).toContain(`Ada (whispering to you alone): “The word is ${SECRET}.”`)
    expect(lastPrompt()).toContain('Ada: *whispers to Mira.*')
    expect(await mara.player.suggested(thread, ['whisper'], { text: 'x' }, 'to')).toEqual(['Mira', 'Eli'])
  })

  test('stands in no other prompt, and nowhere that others can see', async () => {
    await whisper()
    await told(mara, 3)
    await tomas.player.say(thread, '"Eli, what was that?"')
    await told(mara, 4)
    await tomas.player.say(thread, '*looks around*')
    await told(mara, 5)
    expect(await run(mara, 'continue', { speaker: 'Narrator' })).toContain('goes on')
    for (const command of ['story list', 'branch create'])
      expect(await run(tomas, command, command === 'branch create' ? { name: 'Other' } : {})).not.toContain(
        SECRET,
      )
    const turns = await mara.player.suggested(thread, ['rewind'], {}, 'turn')
    expect(turns.join('\n')).toContain('whispers to Mira')
    expect(turns.join('\n')).not.toContain(SECRET)

    const withSecret = sentOf('all').filter((body) => body.includes(SECRET))
    expect(withSecret.length).toBeGreaterThan(0)
    for (const body of withSecret) expect(body).toMatch(/You are Mira|archivist/iu)
    const seen = [...tomas.visitor.channels.keys()].flatMap((channel) => tomas.visitor.messagesIn(channel))
    expect(JSON.stringify(seen)).not.toContain(SECRET)
  })

  test('is taken back by the button that only who whispered sees', async () => {
    const reply = await mara.player.command(thread, ['whisper'], { to: 'Mira', text: SECRET })
    const shown = await saying('whispers')
    await told(mara, 3)
    await mara.player.click(reply, en.retract.button)
    await isGone(shown.id)
    expect((await transcriptOf(world.directory, thread)).join()).not.toMatch(/whispers|Zephyrine/u)
    await mara.player.say(thread, '"Mira?"')
    await told(mara, 4)
    expect(lastPrompt()).not.toContain(`whispering to you alone`)
  })

  test('to a name that nobody has is refused with those who are there', async () => {
    const refused = await run(mara, 'whisper', { to: 'Nobody', text: SECRET })
    expect(refused).toContain('Mira, Eli')
    expect(messages().some(({ content }) => content.includes('whispers'))).toBe(false)
  })

  test('is said in a round without ending it, and cannot be made another line', async () => {
    await run(mara, 'turn mode', { mode: 'round' })
    await tomas.player.say(thread, '*listens*')
    await saying('Waiting for Ada;')
    await whisper()
    await saying('whispers')
    expect(await run(mara, 'turn show')).toContain('waiting for Ada.')
    await mara.player.say(thread, '"Mira?"')
    expect((await told(mara, 3)).content).toMatch(/^\*\*Mira\*\*\n/u)
    expect(lastPrompt()).toContain(SECRET)
    expect(await run(mara, 'regenerate', { line: 'Hello.' })).toContain(
      'What was whispered cannot be changed',
    )
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
