import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { APIMessage } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FORM, isLive, isTold, labelsOf, type Player } from '../doubles/player.ts'
import type { SeenMessage, Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

/** A row of the messages that show answers. */
type Post = {
  readonly channel: string
  readonly story: string
  readonly branch: string
  readonly turn: string
  readonly strand: number
  readonly seq: number
}

let world: World
let ada: { visitor: Visitor; player: Player }
let ben: { visitor: Visitor; player: Player }

beforeEach(async () => {
  world = await startWorld()
  ada = await world.enter('player')
  ben = await world.enter('second')
})
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

const begin = () => ada.player.start(world.stories, FORM)
const play = async (thread: string, words: string): Promise<SeenMessage> => {
  await ada.player.say(thread, words)
  return ada.player.answer(thread)
}
const told = (thread: string): APIMessage[] =>
  ada.visitor
    .messagesIn(thread)
    .filter(isTold)
    .map(({ message }) => message)
const shown = (thread: string, id: string) => told(thread).find((message) => message.id === id)
const lastPrompt = () => JSON.stringify(world.model.requests().at(-1)?.body)
const isStruck = ({ content }: APIMessage) => /~~.+~~/u.test(content)

const until = (thread: string, what: string, fits: (messages: APIMessage[]) => boolean) =>
  ada.visitor.until(what, () => (fits(told(thread)) ? true : undefined))

describe('regenerate', () => {
  test('another answer stands on the same message, and one steps between them', async () => {
    const thread = await begin()
    const first = (await play(thread, '*I knock.*')).message
    await ada.player.click(first, 'Regenerate')
    await until(thread, 'a second answer', (all) =>
      all.some(({ id, components }) => id === first.id && JSON.stringify(components).includes('2/2')),
    )
    const second = shown(thread, first.id) as APIMessage
    expect(second.content).not.toBe(first.content)
    expect(labelsOf(second)).toEqual(['◀', '2/2 ▶', 'Regenerate', 'Continue', 'Branch'])
    await ada.player.click(second, '◀')
    await until(thread, 'the first answer', (all) =>
      all.some(({ id, content }) => id === first.id && content === first.content),
    )
    expect(labelsOf(shown(thread, first.id) as APIMessage)).toContain('1/2 ▶')
    await play(thread, '*I wait.*')
    expect(lastPrompt()).toContain(JSON.stringify(first.content.slice(0, 40)).slice(1, -1))
  })

  test('asked with another line, that line is what the answer answers, and stands above it', async () => {
    const thread = await begin()
    const first = (await play(thread, '"I am a friend."')).message
    const reply = ada.player.command(thread, ['regenerate'], {
      line: '"I am the tax collector."',
      direction: 'She slams the door.',
    })
    expect((await reply).content).toContain('another answer')
    const second = shown(thread, first.id) as APIMessage
    expect(second.content).toMatch(/^> .*tax collector/u)
    expect(lastPrompt()).toContain('tax collector')
    expect(lastPrompt()).not.toContain('I am a friend')
    expect(lastPrompt()).toContain('slams the door')
    await ada.player.click(second, '◀')
    await until(thread, 'the first answer', (all) => all.some(({ content }) => content === first.content))
    await play(thread, '*I step in.*')
    expect(lastPrompt()).toContain('I am a friend')
    expect(lastPrompt()).not.toContain('tax collector')
  })

  test('asked with other settings, the model is asked with them, this once', async () => {
    const thread = await begin()
    await play(thread, '*I knock.*')
    const [link = ''] = await ada.player.suggested(thread, ['regenerate'], { model: 'improv' }, 'model')
    await ada.player.command(thread, ['regenerate'], { length: 80, temperature: 0.3, model: link })
    const asked = world.model.requests().at(-1)?.body
    expect(asked).toMatchObject({ max_tokens: 80, temperature: 0.3, model: world.model.model })
    await play(thread, '*I wait.*')
    expect(world.model.requests().at(-1)?.body).toMatchObject({ max_tokens: 700, temperature: 0.8 })
  })

  test('where no answer came, it says so', async () => {
    const thread = await begin()
    await play(thread, '*I knock.*')
    world.model.faults.add({ kind: 'empty', times: 1 })
    const { content } = await ada.player.command(thread, ['regenerate'])
    expect(content).toContain('No answer came')
  })

  test('is for the player of the turn, whoever started the story, and moderators; a stranger is refused', async () => {
    const thread = await begin()
    const { message } = await play(thread, '*I knock.*')
    expect((await ben.player.clickForReply(message, 'Regenerate')).content).toContain('Only the player')
    expect((await ben.player.command(thread, ['regenerate'])).content).toContain('Only the player')
  })
})

describe('continue', () => {
  test('the story goes on without a line', async () => {
    const thread = await begin()
    const { message } = await play(thread, '*I knock.*')
    await ada.player.click(message, 'Continue')
    await until(thread, 'a further answer', (all) => all.length === 3 && !all.some(isLive))
    expect(lastPrompt()).toContain('Go on with the story')
    await until(
      thread,
      'the old buttons to go',
      () => labelsOf(shown(thread, message.id) as APIMessage).length === 0,
    )
  })
})

describe('rewind', () => {
  const threeTurns = async () => {
    const thread = await begin()
    const two = (await play(thread, '*I knock.*')).message
    const three = (await play(thread, '*I climb the stairs.*')).message
    return { thread, two, three }
  }
  const rewind = async (thread: string, turn?: number) => {
    const asked = await ada.player.command(thread, ['rewind'], turn === undefined ? {} : { turn: `${turn}` })
    const done = await ada.player.clickForReply(asked, 'Rewind')
    return { asked, done }
  }

  test('shows what it would leave behind, goes there, and strikes through what came after', async () => {
    const { thread, two, three } = await threeTurns()
    const { asked, done } = await rewind(thread, 2)
    expect(asked.content).toContain('1 turn, 2 lines')
    expect(done.content).toContain('end of turn 2')
    await until(thread, 'the strike', (all) =>
      all.some(({ id, ...rest }) => id === three.id && isStruck({ id, ...rest } as APIMessage)),
    )
    expect(isStruck(shown(thread, two.id) as APIMessage)).toBe(false)
    const mine = ada.visitor.messagesIn(thread).find(({ message }) => message.content.includes('stairs'))
    expect(mine?.message.content).toBe('*I climb the stairs.*')
    await play(thread, '*I go home.*')
    expect(lastPrompt()).not.toContain('climb the stairs')
  })

  test('can be undone at once, and the messages read as before', async () => {
    const { thread, three } = await threeTurns()
    const { done } = await rewind(thread)
    await until(thread, 'the strike', () => isStruck(shown(thread, three.id) as APIMessage))
    const undone = await ada.player.clickForReply(done, 'Undo')
    expect(undone.content).toContain('turn 3 again')
    await until(thread, 'the old text', () => shown(thread, three.id)?.content === three.content)
    await play(thread, '*I look around.*')
    expect(lastPrompt()).toContain('climb the stairs')
  })

  test('can be undone later, also after the story went on', async () => {
    const { thread } = await threeTurns()
    await rewind(thread, 1)
    await play(thread, '*I run.*')
    const asked = await ada.player.command(thread, ['undo'])
    const undone = await ada.player.clickForReply(asked, 'Undo')
    expect(undone.content).toContain('turn 3 again')
    await play(thread, '*I look around.*')
    expect(lastPrompt()).toContain('climb the stairs')
    expect(lastPrompt()).not.toContain('I run')
  })

  test('is refused where it cannot be: a turn that is not, a stranger, a question that is out of date', async () => {
    const { thread } = await threeTurns()
    const refused = async (player: Player, options: Record<string, string>) =>
      (await player.command(thread, ['rewind'], options)).content
    expect(await refused(ada.player, { turn: '99' })).toContain('no such turn')
    expect(await refused(ada.player, { turn: '0' })).toContain('no such turn')
    expect(await refused(ada.player, { turn: '3' })).toContain('already stands there')
    expect(await refused(ada.player, { turn: 'soon' })).toContain('by its number')
    expect(await refused(ben.player, {})).toContain('Only whoever started')
    expect((await ada.player.command(thread, ['undo'])).content).toContain('nothing to undo')
    const asked = await ada.player.command(thread, ['rewind'], { turn: '1' })
    await play(thread, '*I go on.*')
    expect((await ada.player.clickForReply(asked, 'Rewind')).content).toContain('gone on since')
  })

  test('*Rewind to here* goes to the end of the turn that a message belongs to, whoever wrote it', async () => {
    const { thread, two } = await threeTurns()
    const mine = ada.visitor.messagesIn(thread).find(({ message }) => message.content === '*I knock.*')
    for (const message of [two.id, mine?.message.id ?? '']) {
      const asked = await ada.player.messageCommand(thread, message, 'Rewind to here')
      expect(asked.content).toContain('end of turn 2')
    }
    const howTo = ada.visitor.messagesIn(thread)[0]?.message.id ?? ''
    const refused = await ada.player.messageCommand(thread, howTo, 'Rewind to here')
    expect(refused.content).toContain('belongs to no turn')
  })

  test('where too much is out of force, the story can go on in a fresh thread', async () => {
    const { thread, two, three } = await threeTurns()
    // By then the newest answer is on record.
    await until(
      thread,
      'the old buttons to go',
      () => labelsOf(shown(thread, two.id) as APIMessage).length === 0,
    )
    const database = new Database(join(world.directory, 'skein.sqlite'))
    const [row] = database.prepare<[string], Post>('select * from posts where message = ?').all(three.id)
    const insert = database.prepare(
      'insert into posts (message, channel, story, branch, turn, part, strand, seq, look) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    )
    expect(row).toBeDefined()
    for (let nth = 1; row && nth <= 200; nth += 1)
      insert.run(
        String(BigInt(three.id) + BigInt(nth)),
        ...[row.channel, row.story, row.branch, row.turn, nth],
        ...[row.strand, row.seq, 'plain'],
      )
    database.close()
    await rewind(thread, 2)
    const offer = await ada.visitor.until('the offer', ({ messagesIn }) =>
      messagesIn(thread).find(({ message }) => labelsOf(message).includes('Open a fresh thread')),
    )
    const { content } = await ada.player.clickForReply(offer.message, 'Open a fresh thread')
    const fresh = /<#(\d+)>/u.exec(content)?.[1] ?? ''
    await ada.visitor.until('the newest answer with its buttons', () =>
      told(fresh).some((message) => labelsOf(message).includes('Continue')) ? true : undefined,
    )
    await play(fresh, '*I go home.*')
    expect(lastPrompt()).toContain('I knock.')
    expect(lastPrompt()).not.toContain('stairs')
  })

  test('a restart forgets nothing of it', async () => {
    const { thread } = await threeTurns()
    await rewind(thread, 1)
    await world.stop()
    await world.start()
    const asked = await ada.player.command(thread, ['undo'])
    expect((await ada.player.clickForReply(asked, 'Undo')).content).toContain('turn 3 again')
  })
})

describe('a message that is changed in Discord', () => {
  test('at the tip, its new words are in force at once, and the answer can be written anew', async () => {
    const thread = await begin()
    const { message: answer } = await play(thread, '*I knock.*')
    const mine = ada.visitor.messagesIn(thread).find(({ message }) => message.content === '*I knock.*')
    await ada.visitor.do({
      do: 'edit',
      channel: thread,
      message: mine?.message.id ?? '',
      content: '*I kick the door in.*',
    })
    const offered = await ada.visitor.until('the offer', ({ messagesIn }) =>
      messagesIn(thread).find(({ message }) => labelsOf(message).includes('Answer anew')),
    )
    await ada.player.click(offered.message, 'Answer anew')
    await until(thread, 'a second answer', (all) =>
      all.some(({ id, components }) => id === answer.id && JSON.stringify(components).includes('2/2')),
    )
    expect(lastPrompt()).toContain('kick the door in')
    expect(lastPrompt()).not.toContain('I knock')
  })

  test('deleted, its words are erased, and the story goes on', async () => {
    const thread = await begin()
    await play(thread, '*I whisper the password, swordfish.*')
    const mine = ada.visitor.messagesIn(thread).find(({ message }) => message.content.includes('swordfish'))
    await ada.visitor.do({ do: 'delete', channel: thread, message: mine?.message.id ?? '' })
    await play(thread, '*I wait.*')
    expect(lastPrompt()).not.toContain('I whisper the password')
  })

  test('edited and deleted while Skein was away, both are found at the next start', async () => {
    const thread = await begin()
    await play(thread, '*I knock.*')
    await play(thread, '*I whisper the password, swordfish.*')
    const mine = (words: string) =>
      ada.visitor.messagesIn(thread).find(({ message }) => message.content.includes(words))?.message.id ?? ''
    await world.stop()
    const content = '*I kick the door in.*'
    await ada.visitor.do({ do: 'edit', channel: thread, message: mine('knock'), content })
    await ada.visitor.do({ do: 'delete', channel: thread, message: mine('swordfish') })
    await world.start()
    await ada.visitor.until('the offer', ({ messagesIn }) =>
      messagesIn(thread).find(({ message }) => labelsOf(message).includes('Branch from there')),
    )
    await play(thread, '*I wait.*')
    expect(lastPrompt()).toContain('kick the door in')
    expect(lastPrompt()).not.toContain('I knock')
    expect(lastPrompt()).not.toContain('I whisper the password')
  })
})
