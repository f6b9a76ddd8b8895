import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FORM, labelsOf, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

let world: World
let mara: Player
let tomas: Player
let visitors: { readonly mara: Visitor; readonly tomas: Visitor }
let thread: string

beforeAll(async () => {
  world = await startWorld()
  const [first, second] = [await world.enter('player'), await world.enter('second')]
  mara = first.player
  tomas = second.player
  visitors = { mara: first.visitor, tomas: second.visitor }
})
afterAll(() => world.close())

// Each test has a story of its own, with Mira, and with Ada, whom Mara plays; it is hers.
beforeEach(async () => {
  thread = await mara.start(world.stories, FORM)
})
afterEach(() => {
  expect(world.violations).toEqual([])
})

type Options = NonNullable<Parameters<Player['command']>[2]>
const ask = (command: string, options: Options = {}, player = mara) =>
  player.command(thread, ['memory', ...command.split(' ')], options)
const run = async (command: string, options: Options = {}, player = mara) =>
  (await ask(command, options, player)).content
const add = (text: string, more: Options = {}, player = mara) =>
  run('add', { owner: 'Mira', text, ...more }, player)
const list = (player = mara, owner = 'Mira') => run('list', { owner }, player)
const edit = (memory: string) => mara.openForm(thread, ['memory', 'edit'], { owner: 'Mira', memory })
const forget = async (memory: string) =>
  (await mara.clickForReply(await ask('forget', { owner: 'Mira', memory }), 'Forget it')).content

const suggested = async (
  who: keyof typeof visitors,
  command: string,
  options: Options,
  focused: string,
): Promise<readonly { readonly name: string; readonly value: string | number }[]> => {
  const answered = visitors[who].until('the suggestions', (_, event) =>
    event?.name === 'choices' ? event.choices : undefined,
  )
  await visitors[who].do({
    do: 'suggest',
    channel: thread,
    path: ['memory', ...command.split(' ')],
    options,
    focused,
  })
  return answered
}

const GONE = 'No such memory is in force here'

describe('what someone remembers', () => {
  test('is added with where it comes from, and listed with the newest first', async () => {
    expect(await list()).toContain('**Mira** remembers nothing yet')
    expect(await add('The *lamp* went out.')).toBe(
      [
        '**Mira** remembers this from now on.',
        '**Memory**\nThe \\*lamp\\* went out.',
        '-# Turn 1 · Day 1, 08:00 · was there · a small thing',
      ].join('\n\n'),
    )
    const hearsay = await add('Ada has a boat.', { 'told-by': 'ada', significance: 3 })
    expect(hearsay).toContain('told by Ada · never to be forgotten\n📌 It is pinned')
    expect(await list()).toBe(
      [
        '### What Mira remembers',
        '📌 1 pinned',
        '📌 Ada has a boat.',
        '-# Turn 1 · Day 1, 08:00 · told by Ada · never to be forgotten',
        'The \\*lamp\\* went out.',
        '-# Turn 1 · Day 1, 08:00 · was there · a small thing',
        '-# You see this because you started this story or moderate this server.',
      ].join('\n'),
    )
  })

  test('cannot be blank, nor told by nobody', async () => {
    expect(await add('   ')).toContain('write 1 to 4,000 characters')
    expect(await add('Ada lies.', { source: 'told' })).toContain('say who with `told-by`')
    expect(await add('Ada lies.', { source: 'overheard', 'told-by': 'Ada' })).toContain('or neither')
    expect(await add('Ada lies.', { owner: 'Nell' })).toContain('There is: Mira, Ada.')
    expect(await list()).toContain('remembers nothing yet')
  })

  test('is edited in a form that has the present words, and shown before and after', async () => {
    await add('The lamp went out.', { significance: 3 })
    const form = await edit('lamp')
    expect(form).toMatchObject({ title: 'What Mira remembers', values: { text: 'The lamp went out.' } })
    const edited = await form.fill({ text: 'The lamp was put out.' })
    expect(edited.content).toBe(
      [
        'What **Mira** remembers is changed.',
        '**Before**\nThe lamp went out.',
        '**After**\nThe lamp was put out.',
      ].join('\n\n'),
    )
    const listed = await list()
    expect(listed).toContain('📌 The lamp was put out.')
    expect(listed).not.toContain('went out')
    expect((await (await edit('lamp')).fill({})).content).toContain('how it stood already')
  })

  test('is weighed by those who lead the story, in the same form', async () => {
    await add('Ada has a boat.', { 'told-by': 'ada' })
    const form = await edit('boat')
    expect(form.values).toEqual({ text: 'Ada has a boat.', matters: '1', sure: '100' })
    expect((await form.fill({ matters: '4' })).content).toContain('a whole number from 0 to 3')
    const weighed = await (await edit('boat')).fill({ matters: '2', sure: '40' })
    expect(weighed.content).toBe(
      'What **Mira** remembers is changed.\n\n**After**\nAda has a boat.\n\n' +
        '-# Turn 1 · Day 1, 08:00 · told by Ada · it matters · 40 % sure',
    )
    expect(await list()).toContain('told by Ada · it matters · 40 % sure')
  })

  test('is forgotten after a question, and a rewind brings it back', async () => {
    await add('The lamp went out.')
    await mara.say(thread, '*I knock.*')
    await mara.answer(thread)
    const asked = await ask('forget', { owner: 'Mira', memory: 'lamp' })
    expect(asked.content).toBe(
      [
        '**Shall Mira forget this?**',
        '**Memory**\nThe lamp went out.',
        'A rewind to a turn in which it was still remembered brings it back.',
      ].join('\n\n'),
    )
    expect((await mara.clickForReply(asked, 'Leave it')).content).toContain('stays as it is')
    expect(await list()).toContain('The lamp went out.')
    expect(await forget('lamp')).toContain('**Mira** has forgotten this.')
    expect(await list()).toContain('remembers nothing yet')

    const rewind = await mara.command(thread, ['rewind'], { turn: '1' })
    await mara.clickForReply(rewind, 'Rewind')
    expect(await list()).toContain('The lamp went out.')
  })

  test('stands on pages when it is much', async () => {
    for (let nth = 1; nth <= 9; nth += 1) await add(`Wave ${nth}.`)
    const first = await ask('list', { owner: 'Mira' })
    expect(first.content).toMatch(/Wave 9\.[\s\S]*Wave 2\./u)
    expect(first.content).not.toContain('Wave 1.')
    expect(labelsOf(first)).toEqual(['Newer', 'Older'])
    const second = await mara.clickForReply(first, 'Older')
    expect(second.content).toMatch(/Wave 1\.[\s\S]*Page 2/u)
    expect(second.content).not.toContain('Wave 2.')
    expect((await mara.clickForReply(second, 'Newer')).content).toBe(first.content)
    expect(await run('list', { owner: 'Mira', page: 2 })).toBe(second.content)
    await forget('Wave 1.')
    expect(await run('list', { owner: 'Mira', page: 2 })).toContain('There is no page 2 here')
    expect((await mara.clickForReply(first, 'Older')).content).toContain('There is no page 2 here')
  })
})

describe('a memory that is no longer in force', () => {
  test('is refused in a form, by a button and by its id', async () => {
    await add('The lamp went out.')
    const [lamp] = await suggested('mara', 'edit', { owner: 'Mira', memory: '' }, 'memory')
    const form = await edit('lamp')
    const asked = await ask('forget', { owner: 'Mira', memory: 'lamp' })
    await forget('lamp')
    expect((await form.fill({ text: 'A gale.' })).content).toContain(GONE)
    expect((await mara.clickForReply(asked, 'Forget it')).content).toContain(GONE)
    for (const command of ['edit', 'forget', 'pin', 'unpin'])
      expect(await run(command, { owner: 'Mira', memory: String(lamp?.value) })).toContain(GONE)
    expect(await list()).toContain('remembers nothing yet')
  })

  test('is refused after a rewind to before it', async () => {
    await mara.say(thread, '*I knock.*')
    await mara.answer(thread)
    await add('The lamp went out.')
    const form = await edit('lamp')
    await mara.clickForReply(await mara.command(thread, ['rewind'], { turn: '1' }), 'Rewind')
    expect((await form.fill({ text: 'A gale.' })).content).toContain(GONE)
  })
})

describe('pins', () => {
  const pin = (memory: string) => run('pin', { owner: 'Mira', memory })
  const unpin = (memory: string) => run('unpin', { owner: 'Mira', memory })

  test('are set and taken back', async () => {
    await add('The lamp went out.')
    expect(await unpin('lamp')).toContain('It is not pinned')
    expect(await pin('lamp')).toBe(
      '📌 **Mira** keeps this before their eyes.\n\n**Memory**\nThe lamp went out.',
    )
    expect(await pin('lamp')).toContain('It is pinned already')
    expect(await list()).toContain('📌 1 pinned\n📌 The lamp went out.')
    expect(await unpin('lamp')).toContain('no longer pinned for **Mira**')
    expect(await list()).toContain('📌 0 pinned\nThe lamp went out.')
  })

  test('given eight that pinned themselves, the oldest makes room; given sixteen by hand, none does', async () => {
    for (let nth = 1; nth <= 8; nth += 1) await add(`Fire ${nth}!`, { significance: 3 })
    await add('Wave 1.')
    expect(await pin('Wave 1.')).toContain('**No longer pinned, to make room**\nFire 1!')
    for (let nth = 2; nth <= 16; nth += 1) {
      await add(`Wave ${nth}.`)
      await pin(`Wave ${nth}.`)
    }
    expect(await list()).toContain('📌 16 pinned')
    expect(await pin('Fire 1!')).toContain('they have 16 memories pinned by hand')
    expect(await add('Flood!', { significance: 3 })).toContain('It is not pinned')
    await unpin('Wave 16.')
    expect(await pin('Fire 1!')).toContain('keeps this before their eyes')
  })
})

describe('who may', () => {
  const setPersona = async () => {
    const form = await tomas.openForm(thread, ['persona', 'set'])
    await form.fill({ name: 'Bo' })
  }

  test('a player reads and changes what their own persona remembers', async () => {
    await setPersona()
    expect(await add('I owe Ada.', { owner: 'Bo' }, tomas)).toContain('**Bo** remembers this')
    const own = { owner: 'Bo', memory: 'owe' }
    const form = await tomas.openForm(thread, ['memory', 'edit'], own)
    expect(form.values).toEqual({ text: 'I owe Ada.' })
    expect((await form.fill({ text: 'Ada owes me.' })).content).toContain('**After**\nAda owes me.')
    expect(await run('pin', { ...own, memory: 'owes' }, tomas)).toContain('📌 **Bo**')
    const listed = await list(tomas, 'Bo')
    expect(listed).toContain('📌 Ada owes me.')
    expect(listed).not.toContain('You see this because')
    const asked = await ask('forget', { ...own, memory: 'owes' }, tomas)
    expect((await tomas.clickForReply(asked, 'Forget it')).content).toContain('**Bo** has forgotten')
  })

  test('what others remember and know is for those who lead the story', async () => {
    await add('The lamp went out.')
    const [lamp] = await suggested('mara', 'edit', { owner: 'Mira', memory: '' }, 'memory')
    const refused = async (hint: string) => {
      const memory = String(lamp?.value)
      for (const [command, options] of [
        ['add', { owner: 'Mira', text: 'A gale.' }],
        ['list', { owner: 'Mira' }],
        ['edit', { owner: 'Mira', memory }],
        ['forget', { owner: 'Mira', memory }],
        ['pin', { owner: 'Mira', memory }],
        ['unpin', { owner: 'Mira', memory }],
        ['fact add', { owner: 'Mira', text: 'A gale.' }],
        ['fact list', { owner: 'Mira' }],
      ] as const) {
        const said = await run(command, options, tomas)
        expect(said).toContain('Only whoever started this story, or a moderator')
        expect(said).toContain(hint)
      }
    }
    await refused('`/persona set`')
    await setPersona()
    await refused('Yours is under **Bo**')
    expect(await run('edit', { owner: 'Bo', memory: String(lamp?.value) }, tomas)).toContain(GONE)
    expect(await list((await world.enter('admin')).player)).toContain('You see this because')
  })

  test('who plays another persona by now is refused at the next step', async () => {
    await setPersona()
    await add('I owe Ada.', { owner: 'Bo' }, tomas)
    const form = await tomas.openForm(thread, ['memory', 'edit'], { owner: 'Bo', memory: 'owe' })
    await tomas.command(thread, ['persona', 'clear'])
    expect((await form.fill({ text: 'Ada owes me.' })).content).toContain('no longer in the story')
  })
})

test('owners and memories are suggested as one types', async () => {
  await add('The lamp went out.')
  await add('A boat\nwithout a LAMP.', { significance: 3 })
  const names = async (...asked: Parameters<typeof suggested>) =>
    (await suggested(...asked)).map(({ name }) => name)
  expect(await names('mara', 'list', { owner: '' }, 'owner')).toEqual(['Mira', 'Ada'])
  expect(await names('tomas', 'list', { owner: '' }, 'owner')).toEqual([])
  const typing = (typed: string) => ({ owner: 'Mira', memory: typed })
  const both = ['A boat without a LAMP.', 'The lamp went out.']
  expect(await names('mara', 'edit', typing('lamp'), 'memory')).toEqual(both)
  expect(await names('mara', 'forget', typing('went'), 'memory')).toEqual(['The lamp went out.'])
  expect(await names('mara', 'unpin', typing(''), 'memory')).toEqual(['A boat without a LAMP.'])
  expect(await names('tomas', 'edit', typing(''), 'memory')).toEqual([])
  const [boat] = await suggested('mara', 'pin', typing('boat'), 'memory')
  expect(await run('pin', { owner: 'Mira', memory: String(boat?.value) })).toContain('A boat\nwithout')
})

test('known facts are added and listed, on pages when they are many', async () => {
  const learn = (text: string) => run('fact add', { owner: 'Mira', text })
  expect(await run('fact list', { owner: 'Mira' })).toContain('**Mira** knows nothing for certain yet')
  expect(await learn('The ferry sails at dawn.')).toBe(
    '**Mira** knows this from now on.\n\n**Fact**\nThe ferry sails at dawn.',
  )
  expect(await learn(' ')).toContain('write 1 to 4,000 characters')
  for (let nth = 1; nth <= 8; nth += 1) await learn(`Rock ${nth}.`)
  const first = await ask('fact list', { owner: 'Mira' })
  expect(first.content).toMatch(/^### What Mira knows\n9 facts\n- Rock 8\.[\s\S]*- Rock 1\./u)
  const second = await mara.clickForReply(first, 'Older')
  expect(second.content).toContain('- The ferry sails at dawn.')
  expect(labelsOf(second)).toEqual(['Newer', 'Older'])
})

test('a duplicated dispatch adds one memory, and outside a story’s thread each says where to go', async () => {
  world.discord.faults.add({ on: { gateway: 'INTERACTION_CREATE' }, kind: 'duplicate_dispatch', times: 1 })
  await add('The lamp went out.')
  expect((await list()).match(/lamp/gu)).toHaveLength(1)
  const { content } = await mara.command(world.stories, ['memory', 'list'], { owner: 'Mira' })
  expect(content).toContain('This works in a story’s thread')
})
