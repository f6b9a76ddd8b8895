import type { APIMessage } from 'discord-api-types/v10'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FORM, labelsOf, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

let world: World
let mara: Player
let visitor: Visitor
let tomas: Player
let iris: Player
let thread: string

type Options = Parameters<Player['command']>[2]
const run = async (command: string, options: Options = {}, player = mara, channel = thread) =>
  (await player.command(channel, command.split(' '), options)).content
const play = async (words: string, channel = thread): Promise<APIMessage> => {
  await mara.say(channel, words)
  return (await mara.answer(channel)).message
}
const told = (channel: string, part: string): Promise<APIMessage> =>
  visitor.until(
    `“${part}”`,
    () => visitor.messagesIn(channel).find(({ message }) => message.content.includes(part))?.message,
  )
const linkIn = (content: string): string => /<#(\d+)>/u.exec(content)?.[1] ?? ''
const lastPrompt = () => JSON.stringify(world.model.requests().at(-1)?.body)
const isArchived = (channel: string, is: boolean) =>
  visitor.until('the thread to go to rest, or to wake', ({ channels }) => {
    const found = channels.get(channel)
    return found && 'thread_metadata' in found && found.thread_metadata?.archived === is ? true : undefined
  })

const exported = async (channel = thread): Promise<{ name: string; bytes: Uint8Array }> => {
  const { attachments } = await mara.command(channel, ['story', 'export'])
  const [file] = attachments
  const bytes = await fetch(`${world.discord.origin}${file?.url}`).then((answer) => answer.bytes())
  return { name: file?.filename ?? '', bytes }
}
const imported = async (bytes: Uint8Array, player = mara) => {
  const file = { name: 'story.skein', data: Buffer.from(bytes).toString('base64') }
  return (await player.command(world.stories, ['story', 'import'], {}, { file })).content
}

beforeAll(async () => {
  world = await startWorld()
  ;({ player: mara, visitor } = await world.enter('player'))
  tomas = (await world.enter('second')).player
  iris = (await world.enter('admin')).player
})
afterAll(() => world.close())

// Each test has a story of its own: its opening, and one turn of Ada, whom Mara plays.
beforeEach(async () => {
  thread = await mara.start(world.stories, FORM)
  await play('*I knock.*')
})
afterEach(() => {
  expect(world.violations).toEqual([])
})

describe('/story export and import', () => {
  test('a story comes in with all of its branches as it went out, in a new thread that says what happened', async () => {
    await run('branch create', { name: 'Storm', turn: '1' })
    const { name, bytes } = await exported()
    expect(name).toBe('The_Lighthouse.skein')
    const reply = await imported(bytes)
    expect(reply).toContain('**The Lighthouse** goes on in')
    expect(reply).toContain('2 turns, and 1 more branch in no thread yet')
    const again = linkIn(reply)
    await told(again, 'Mara Quill brought this story in from the file story.skein.')
    expect((await told(again, 'What happened last:')).content).toContain('> **Ada**: \\*I knock.\\*')
    expect((await exported(again)).bytes).toEqual(bytes)
    expect(await run('branch list', {}, mara, again)).toContain('**Storm** · 1 turn')

    await visitor.until('the newest answer with its buttons', () =>
      visitor.messagesIn(again).find(({ message }) => labelsOf(message).includes('Branch')),
    )
    await play('*I open the door.*', again)
    expect(lastPrompt()).toContain('I knock.')
    await play('*I wait.*')
    expect(lastPrompt()).not.toContain('open the door')
  })

  test('a file that is none, is cut or was changed is refused in words, and no thread is opened', async () => {
    const { bytes } = await exported()
    const threads = visitor.channels.size
    // Within what the log is packed as: some bytes of a zip tell nothing.
    const at = Buffer.from(bytes).indexOf('events.jsonl') + 100
    const changed = bytes.with(at, (bytes[at] ?? 0) ^ 0xff)
    expect(await imported(Buffer.from('Once upon a time.'))).toContain('no story that Skein exported')
    expect(await imported(bytes.slice(0, -40))).toContain('nothing was imported')
    expect(await imported(changed)).toContain('nothing was imported')
    expect(visitor.channels.size).toBe(threads)
  })

  test('only whoever started a story, or a moderator, gets its file', async () => {
    expect(await run('story export', {}, tomas)).toContain('Only whoever started this story')
    expect(await run('story export', {}, iris)).toContain('with all of its branches')
  })
})

describe('/story archive', () => {
  test('takes in no messages, later neither, until it is taken up again', async () => {
    expect(await run('story archive', {}, tomas)).toContain('Only whoever started this story')
    expect(await run('story archive')).toContain('is set aside, and takes in no messages')
    await told(thread, 'set this story aside')
    await isArchived(thread, true)
    expect(await run('story list', {}, mara, world.stories)).not.toContain(`<#${thread}>`)

    await mara.say(thread, '*nobody hears*')
    await told(thread, 'so this was not taken in')
    await isArchived(thread, true)
    expect(await run('story archive')).toContain('set aside already')

    expect(await run('story unarchive')).toContain('is taken up again')
    await told(thread, 'took this story up again')
    await world.stop()
    await world.start()
    expect(await run('story list', {}, mara, world.stories)).toContain(`<#${thread}>`)
    await play('*I wait.*')
    expect(lastPrompt()).toContain('I knock.')
    expect(lastPrompt()).not.toContain('nobody hears')
    expect(await run('story unarchive')).toContain('is not set aside')
  })
})

describe('/story delete', () => {
  const remove = (player = mara) => player.openForm(thread, ['story', 'delete'])

  test('a deleted story is hidden, and those who manage the server bring it back where it was told', async () => {
    const storm = linkIn(await run('branch create', { name: 'Storm', turn: '1' }))
    expect((await (await remove()).fill({ name: 'The Lightship' })).content).toContain('Nothing was deleted')
    expect((await (await remove()).fill({ name: 'the lighthouse' })).content).toContain(
      '**The Lighthouse** is deleted. Nothing of it is lost',
    )
    const line = await told(thread, 'deleted this story')
    const there = await told(storm, 'deleted this story')
    expect(await run('branch list')).toContain('This works in a story’s thread')
    expect(await run('story list', {}, mara, world.stories)).not.toContain(`<#${thread}>`)
    await mara.say(thread, '*nobody hears*')

    expect((await mara.clickForReply(line, 'Bring it back')).content).toContain('Manage Server')
    await iris.click(line, 'Bring it back')
    await told(thread, 'Iris Vale brought this story back')
    await play('*I wait.*')
    expect(lastPrompt()).toContain('I knock.')
    expect(lastPrompt()).not.toContain('nobody hears')
    expect(await run('branch list')).toContain('**Storm** · 1 turn · ')
    await iris.click(there, 'Bring it back')
    await told(storm, 'Iris Vale brought this story back')
    expect(await run('branch list')).toContain(`<#${storm}>`)
  })

  test('is for whoever started it and those who manage the server, also when the form comes back', async () => {
    expect(await run('story delete', {}, tomas)).toContain('Manage Server')
    const { members, ids } = world.discord.world
    const known = members.get(ids.people.second)
    if (!known) throw new Error('there is no second person')
    members.put(ids.people.second, { ...known, roles: [ids.roles.admin] })
    const form = await remove(tomas)
    members.put(ids.people.second, { ...known, roles: [ids.roles.moderator] })
    expect((await form.fill({ name: FORM.title })).content).toContain('Manage Server')
    members.put(ids.people.second, known)
    expect(await run('branch list')).toContain('**1 branch**')
  })
})

test('outside a story’s thread each says where to go', async () => {
  for (const command of ['story export', 'story archive', 'story unarchive', 'story delete'])
    expect(await run(command, {}, mara, world.stories)).toContain('This works in a story’s thread')
})
