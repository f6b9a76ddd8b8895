import { MessageType } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FORM, type OpenForm, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

let world: World
let mara: { visitor: Visitor; player: Player }
let thread: string

beforeEach(async () => {
  world = await startWorld()
  mara = await world.enter('player')
  thread = await mara.player.start(world.stories, FORM)
})
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

const ELI = {
  name: 'Eli',
  persona: 'The ferryman.',
  voice: '"The river asks, and I row."',
  traits: 'Counts everything twice.',
  backstory: 'He rowed the keeper across.',
}

const lastPrompt = () => JSON.stringify(world.model.requests().at(-1)?.body)
const create = () => mara.player.openForm(thread, ['character', 'create'])
const edit = (name: string) => mara.player.openForm(thread, ['character', 'edit'], { name })
const show = async (options = {}, { player } = mara) =>
  (await player.command(thread, ['character', 'show'], options)).content
const ask = async (words: string) => {
  await mara.player.say(thread, words)
  return (await mara.player.answer(thread)).message.content
}

describe('/character', () => {
  test('a new character comes in by two forms, and answers when called by name', async () => {
    const created = await (await create()).fill(ELI)
    expect(created.content).toContain('**Eli** is in the story')
    const more = await mara.player.clickForForm(created, 'Add more')
    expect(more).toMatchObject({ title: 'More about Eli', values: { relationship: '', kickoff: '' } })
    const saved = await more.fill({ relationship: 'Owes Ada a crossing.', kickoff: 'A boat knocks.' })
    expect(saved.content).toContain('**Eli** is changed')
    expect(saved.components).toEqual([])

    expect(await ask('"Eli, will you row me over?"')).toMatch(/^\*\*Eli\*\*\n/)
    expect(lastPrompt()).toContain('Owes Ada a crossing.')
    expect(await ask('"And you, Mira?"')).toMatch(/^\*\*Mira\*\*\n/)
    expect(lastPrompt()).toContain('- Eli (character): The ferryman.')
    expect(lastPrompt()).not.toMatch(/crossing|rowed the keeper|everything twice|river asks/)
  })

  test('an edit begins with what stands there, and changes how a character is called', async () => {
    await (await create()).fill(ELI)
    const form = await edit('eLI ')
    expect(form).toMatchObject({ title: 'Edit Eli', values: ELI })
    const edited = await form.fill({ name: 'Elias', traits: '' })
    expect(edited.content).toContain('**Elias** is changed')
    expect(await ask('"Elias!"')).toMatch(/^\*\*Elias\*\*\n/)
    const sheet = await show({ name: 'Elias' })
    expect(sheet).toContain('**What lies behind them**\nHe rowed the keeper across.')
    expect(sheet).not.toContain('What marks them')
    const again = await mara.player.clickForForm(edited, 'Add more')
    expect((await again.fill({ kickoff: 'A boat knocks.' })).content).toContain('Elias')
    expect(await show({ name: 'elias' })).toContain('**Their first scene**\nA boat knocks.')
  })

  test('shows all by one row each; one with what lies behind it only to those who lead the story', async () => {
    await (await create()).fill({ ...ELI, persona: '# @everyone\n**Ferryman**' })
    expect(await show()).toBe(
      '**2 characters**\n**Mira**: The keeper’s daughter.\n**Eli**: \\# @everyone \\*\\*Ferryman\\*\\*',
    )
    expect(await show({ name: 'Eli' })).toContain('He rowed the keeper across.')
    const tomas = await world.enter('second')
    const seen = await show({ name: 'Eli' }, tomas)
    expect(seen).toContain('**Who they are**\n\\# @everyone\n\\*\\*Ferryman\\*\\*')
    expect(seen).not.toMatch(/rowed|twice|river/)
  })

  test('only the author and moderators change characters', async () => {
    const tomas = await world.enter('second')
    const iris = await world.enter('admin')
    for (const [verb, options] of [
      ['create', {}],
      ['edit', { name: 'Mira' }],
    ] as const) {
      const refused = await tomas.player.command(thread, ['character', verb], options)
      expect(refused.content).toContain('Only whoever started this story, or a moderator')
    }
    const form = await iris.player.openForm(thread, ['character', 'edit'], { name: 'Mira' })
    expect((await form.fill({ traits: 'Dry.' })).content).toContain('**Mira** is changed')
  })

  test('who is no moderator any more is refused at the next step', async () => {
    const tomas = await world.enter('second')
    const { members, ids } = world.discord.world
    const setRoles = (roles: string[]) => {
      const known = members.get(ids.people.second)
      if (known) members.put(ids.people.second, { ...known, roles })
    }
    setRoles([ids.roles.moderator])
    const opened = () => tomas.player.openForm(thread, ['character', 'create'])
    const created = await (await opened()).fill(ELI)
    const [another, more] = [await opened(), await tomas.player.clickForForm(created, 'Add more')]
    setRoles([])
    for (const refused of [
      await another.fill({ name: 'Nell' }),
      await more.fill({ kickoff: 'A boat knocks.' }),
      await tomas.player.clickForReply(created, 'Add more'),
    ])
      expect(refused.content).toContain('Only whoever started this story, or a moderator')
    expect(await show()).toContain('**2 characters**')
    expect(await show({ name: 'Eli' })).not.toContain('A boat knocks.')
  })

  test('an unknown name is refused with the names that there are', async () => {
    const refused = await mara.player.command(thread, ['character', 'edit'], { name: '**Nobody**' })
    expect(refused.content).toContain('“\\*\\*Nobody\\*\\*”. The characters of this story: Mira.')
    expect(await show({ name: 'Nobody' })).toContain('Mira')
  })

  test('a form sent as it stood, or without a name, changes nothing and says so', async () => {
    expect((await (await edit('Mira')).fill({})).content).toContain('that is how it stood')
    expect((await (await create()).fill({ name: '  ' })).content).toContain('a character needs a name')
    expect(await show()).toContain('**1 character**')
  })

  test('texts as long as a form takes are shown shortened and stay whole', async () => {
    const backstory = `${'x'.repeat(3990)} the end.`
    await (await create()).fill({ ...ELI, voice: 'y'.repeat(4000), backstory })
    expect((await show({ name: 'Eli' })).length).toBeLessThanOrEqual(2000)
    expect((await edit('Eli')).values.backstory).toBe(backstory)
  })
})

describe('/persona', () => {
  const set = ({ player } = mara): Promise<OpenForm> => player.openForm(thread, ['persona', 'set'])
  const mine = async ({ player } = mara) => (await player.command(thread, ['persona', 'show'])).content

  test('set changes the name in the prompt; show tells; clear goes back to the display name', async () => {
    const form = await set()
    expect(form.values).toEqual({ name: 'Ada', pronouns: '', description: 'a smuggler' })
    const reply = await form.fill({ name: 'Ada Rook', pronouns: 'she/her' })
    expect(reply.content).toContain('You play **Ada Rook**')
    await ask('*knocks*')
    expect(lastPrompt()).toContain('Ada Rook: *knocks*')
    expect(lastPrompt()).toContain('- Ada Rook (played by a person, she/her): a smuggler')
    expect(await mine()).toBe('### You play Ada Rook\n\n**Pronouns**\nshe/her\n\n**Who you are**\na smuggler')

    const cleared = await mara.player.command(thread, ['persona', 'clear'])
    expect(cleared.content).toContain('**Mara Quill**')
    expect(await mine()).toContain('You have no persona in this story')
    await ask('*waits*')
    expect(lastPrompt()).toContain('Mara Quill: *waits*')
    expect(lastPrompt()).toContain('Someone: *knocks*')
    expect(lastPrompt()).not.toContain('Ada Rook')
  })

  test('everyone has their own, also before they have written', async () => {
    const tomas = await world.enter('second')
    expect(await mine(tomas)).toContain('**Tomas Reed**')
    expect((await tomas.player.command(thread, ['persona', 'clear'])).content).toContain('no persona')
    const form = await set(tomas)
    expect(form.values.name).toBe('Tomas Reed')
    await form.fill({ name: 'Ben' })
    await tomas.player.say(thread, '*steps in*')
    await tomas.player.answer(thread)
    expect(lastPrompt()).toContain('Ben: *steps in*')
    expect(await mine()).toContain('You play Ada')
  })
})

test('who plays without a persona is asked once who they are, and can play on', async () => {
  const tomas = await world.enter('second')
  const asked = () =>
    tomas.visitor
      .messagesIn(thread)
      .filter(({ message }) => message.content.includes('You play as Tomas Reed'))
  await tomas.player.say(thread, '*steps in*')
  await tomas.player.answer(thread)
  const { message } = await tomas.visitor.until('the question', () => asked()[0])
  expect(message.content).toMatch(/^-# /u)
  expect(message.type).toBe(MessageType.Reply)
  const form = await tomas.player.clickForForm(message, 'Say who you are')
  expect(form.values.name).toBe('Tomas Reed')
  expect((await form.fill({ name: 'Ben' })).content).toContain('You play **Ben**')
  await tomas.player.say(thread, '*waits*')
  await tomas.player.answer(thread)
  expect(lastPrompt()).toContain('Ben: *waits*')
  expect(asked()).toHaveLength(1)
})

test('what is changed while an answer is written holds from the next one on', async () => {
  world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
  await mara.player.say(thread, '"Mira, who is there?"')
  const { message } = await mara.player.growing(thread)
  const saved = (await edit('Mira')).fill({ name: 'Mirabel' })
  await mara.player.click(message, 'Stop')
  expect((await mara.player.answer(thread)).message.content).toMatch(/^\*\*Mira\*\*\n/)
  expect((await saved).content).toContain('**Mirabel** is changed')
  expect(await ask('"Well?"')).toMatch(/^\*\*Mirabel\*\*\n/)
})

test('outside a story’s thread each says where to go', async () => {
  const name = { name: 'Mira' }
  for (const [path, options] of [
    [['character', 'create'], {}],
    [['character', 'edit'], name],
    [['character', 'show'], name],
    [['persona', 'set'], {}],
    [['persona', 'show'], {}],
    [['persona', 'clear'], {}],
  ] as const) {
    const { content, flags } = await mara.player.command(world.stories, [...path], options)
    expect(content).toContain('This works in a story’s thread')
    expect(flags).toBe(64)
  }
})

test('a duplicated dispatch changes nothing', async () => {
  world.discord.faults.add({ on: { gateway: 'INTERACTION_CREATE' }, kind: 'duplicate_dispatch' })
  const created = await (await create()).fill(ELI)
  const more = await mara.player.clickForForm(created, 'Add more')
  await more.fill({ kickoff: 'A boat knocks.' })
  await (await mara.player.openForm(thread, ['persona', 'set'])).fill({ name: 'Ada Rook' })
  expect(await show()).toContain('**2 characters**')
  expect(await show({ name: 'Eli' })).toContain('A boat knocks.')
})
