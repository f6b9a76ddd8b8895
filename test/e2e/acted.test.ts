import { beforeEach, describe, expect, test } from 'vitest'
import { en } from '../../src/locales/en.ts'
import {
  isActed,
  isGone,
  lastPrompt,
  mara,
  messages,
  type Person,
  run,
  saying,
  thread,
  told,
  tomas,
  world,
} from './company.ts'
import { transcriptOf } from './look.ts'

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
