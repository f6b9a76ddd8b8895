import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FORM, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

let world: World
let mara: Player
let visitor: Visitor
let tomas: Player
let thread: string

beforeAll(async () => {
  world = await startWorld()
  ;({ player: mara, visitor } = await world.enter('player'))
  tomas = (await world.enter('second')).player
})
afterAll(() => world.close())

// Each test has a story of its own, with Mira, and with Ada, whom Mara plays.
beforeEach(async () => {
  thread = await mara.start(world.stories, FORM)
})
afterEach(() => {
  expect(world.violations).toEqual([])
})

type Options = Parameters<Player['command']>[2]
const run = async (command: string, options: Options = {}, player = mara) =>
  (await player.command(thread, command.split(' '), options)).content

const house = async () => {
  await run('place add', { name: 'House', type: 'house' })
  await run('place add', { name: 'Cellar', type: 'room', inside: 'house', public: false })
}

describe('/place', () => {
  test('places are added, changed with what was and what is, and listed for everybody', async () => {
    const added = await run('place add', { name: 'Ship', type: 'ship', moving: true, heard: 'far' })
    expect(added).toBe(
      [
        '**Ship** is added.',
        '**Name**: nothing → Ship',
        '**What it is**: nothing → ship',
        '**Moves**: nothing → yes',
        '**Open to anyone**: nothing → yes',
        '**Heard**: nothing → also one step on, in the places beside it',
      ].join('\n'),
    )
    await house()
    expect(await run('place edit', { place: 'CELL', name: 'Hold', inside: 'Ship', public: true })).toBe(
      [
        '**Cellar** is changed.',
        '**Name**: Cellar → Hold',
        '**Inside**: House → Ship',
        '**Open to anyone**: no → yes',
      ].join('\n'),
    )
    expect(await run('place edit', { place: 'Hold', inside: '-' })).toContain('**Inside**: Ship → nothing')
    expect(await run('place list', {}, tomas)).toBe(
      '**3 places**\n- **Ship** · ship · moves · heard far off\n- **House** · house\n- **Hold** · room',
    )
  })

  test('what cannot be is refused with what to do', async () => {
    await house()
    expect(await run('place edit', { place: 'House', inside: 'Cellar' })).toContain('cannot be inside itself')
    expect(await run('place remove', { place: 'House' })).toContain('This place is in use')
    expect(await run('place edit', { place: 'Cellar', name: 'Cellar' })).toContain('how it stood already')
    expect(await run('place add', { name: '  ', type: 'room' })).toContain('1 to 80 characters')
    expect(await run('place remove', { place: 'Attic' })).toContain(
      'Nothing here is called “Attic”. There is: House, Cellar.',
    )
    expect(await run('place remove', { place: 'Cellar' })).toContain('**Name**: Cellar → nothing')
    expect(await run('place list')).toBe('**1 place**\n- **House** · house')
  })
})

describe('/scene', () => {
  test('opens with those who are named; only they perceive, until it closes', async () => {
    await house()
    const character = await mara.openForm(thread, ['character', 'create'])
    await character.fill({ name: 'Eli' })
    expect(await run('scene show', {}, tomas)).toContain('No scene is open')
    expect(await run('scene open', { place: 'House', who: 'ada, mira' })).toBe(
      'Scene 1 is open.\n**Where**: nothing → House\n**Present**: everybody together → Ada, Mira',
    )
    await mara.say(thread, '"The lamp is a lie."')
    await mara.answer(thread)
    expect(await run('scene join', { who: 'Eli', place: 'Cellar' })).toBe(
      '**Eli** is in the scene.\n**Where**: not in the scene → Cellar',
    )
    expect(await run('scene join', { who: 'Mira', place: 'Cellar' })).toContain('where the scene is → Cellar')
    expect(await run('scene leave', { who: 'Mira' })).toContain('Cellar → not in the scene')
    expect(await run('scene show')).toBe('### Scene 1 · House\n**Ada**\n**Eli** · Cellar')
    // Tomas plays nobody who is there.
    expect(await run('scene show', {}, tomas)).not.toContain('House')
    expect(await run('scene close', { significance: 3 })).toBe(
      [
        'Scene 1 is closed (never to be forgotten). Everybody is together until `/scene open` begins the next one.',
        '**Where**: House → nothing',
        '**Present**: Ada, Eli → everybody together',
      ].join('\n'),
    )
    await mara.say(thread, '"Eli?"')
    expect((await mara.answer(thread)).message.content).toMatch(/^\*\*Eli\*\*\n/u)
    expect(JSON.stringify(world.model.requests().at(-1)?.body)).not.toContain('The lamp is a lie')
  })

  test('what cannot be is refused with what to do', async () => {
    expect(await run('scene close')).toContain('No scene is open')
    expect(await run('scene open', { who: 'Mira, Nell' })).toContain('“Nell”. There is: Mira, Ada.')
    expect(await run('scene open', { place: 'House' })).toContain('This story has no places yet')
    await run('scene open', { who: 'Mira' })
    expect(await run('scene open')).toContain('A scene is open')
    expect(await run('scene join', { who: 'Mira' })).toContain('at that very place')
    expect(await run('scene leave', { who: 'Ada' })).toContain('They are not in the scene')
  })
})

test('/activity says what someone does, part by part, and forgets it', async () => {
  expect(await run('activity show')).toContain('Nothing is known of what those present do')
  expect(await run('activity set', { who: 'Mira', minutes: 5 })).toContain('Say it with `doing`')
  const said = { who: 'mira', posture: 'kneeling', doing: 'mending a net', holding: 'a needle, twine' }
  expect(await run('activity set', { ...said, takes: 'all', 'attends-to': 'ADA' })).toBe(
    [
      'What **Mira** does is changed.',
      '**Posture**: nothing → kneeling',
      '**Does**: nothing → mending a net (since Day 1, 08:00; takes all of their attention; interrupted by being called)',
      '**Holds**: nothing → a needle, twine',
      '**Attends to**: nothing → Ada',
    ].join('\n'),
  )
  const further = { who: 'Mira', posture: '-', 'attends-to': 'the door', status: 'tired' }
  expect(await run('activity set', further)).toBe(
    [
      'What **Mira** does is changed.',
      '**Posture**: kneeling → nothing',
      '**Status**: nothing → tired',
      '**Attends to**: Ada → the door',
    ].join('\n'),
  )
  expect(await run('activity set', further)).toContain('how it stood already')
  expect(await run('activity show')).toBe(
    '**Mira** · mending a net (since Day 1, 08:00; takes all of their attention; interrupted by being called) · holds a needle, twine · tired · attends to the door',
  )
  expect(await run('activity clear', { who: 'Mira' })).toContain('**Status**: tired → nothing')
  expect(await run('activity show', { who: 'Mira' })).toContain('Nothing is known of what **Mira** does')
})

test('/clock is set, goes on, and tells the weather', async () => {
  expect(await run('clock show', {}, tomas)).toBe('### Day 1, 08:00')
  expect(await run('clock set', { day: 3, time: '18:05', anchor: 'the eve of the fair' })).toBe(
    'The clock is set.\n**Time**: Day 1, 08:00 → Day 3, 18:05\n**Day 1 is**: nothing → the eve of the fair',
  )
  expect(await run('clock set', { time: 'dusk' })).toContain('“dusk” is not a time of day')
  expect(await run('clock set', {})).toContain('how it stood already')
  expect(await run('clock advance', { by: '1 day, 6h' })).toBe(
    '1 d 6 h later.\n**Time**: Day 3, 18:05 → Day 5, 00:05',
  )
  expect(await run('clock advance', { by: 'a while' })).toContain('“a while” is not an amount of time')
  expect(await run('clock advance', { by: '0' })).toContain('how it stood already')
  expect(await run('clock weather', { weather: 'fog' })).toBe(
    'The weather has changed.\n**Weather**: nothing → fog',
  )
  expect(await run('clock show')).toBe(
    '### Day 5, 00:05\n\n**Day 1 is**\nthe eve of the fair\n\n**Weather**\nfog',
  )
  expect(await run('clock weather', { weather: '-' })).toContain('fog → nothing')
})

test('/relation sets how one feels about another', async () => {
  expect(await run('relation set', { from: 'Mira', to: 'Ada', trust: 20 })).toBe(
    '**Mira** to **Ada** is changed.\n**Trust**: 50 → 20',
  )
  expect(await run('relation set', { from: 'Mira', to: 'Mira', trust: 20 })).toContain('Choose two')
  expect(await run('relation set', { from: 'Mira', to: 'Ada' })).toContain('how it stood already')
  expect(await run('relation show', { from: 'mi' })).toBe(
    '**Mira** to **Ada**\n-# `█████░░░░░` 50 affinity · `██░░░░░░░░` 20 trust',
  )
})

const suggested = async (
  command: string,
  options: NonNullable<Options>,
  focused: string,
  channel = thread,
) => {
  const answered = visitor.until('the suggestions', (_, event) =>
    event?.name === 'choices' ? event.choices.map(({ value }) => value) : undefined,
  )
  await visitor.do({ do: 'suggest', channel, path: command.split(' '), options, focused })
  return answered
}

test('names are suggested as one types', async () => {
  await house()
  expect(await suggested('place edit', { place: 'c' }, 'place')).toEqual(['Cellar'])
  expect(await suggested('scene open', { place: '', who: 'mira, ' }, 'who')).toEqual(['mira, Ada'])
  expect(await suggested('scene join', { who: '' }, 'who')).toEqual(['Mira', 'Ada'])
  expect(await suggested('character show', { name: '' }, 'name')).toEqual(['Mira'])
  expect(await suggested('place list', { place: '' }, 'place', world.stories)).toEqual([])
})

test('only the author and moderators change the world', async () => {
  const who = { who: 'Mira' }
  for (const [command, options] of [
    ['place add', { name: 'House', type: 'house' }],
    ['place edit', { place: 'House' }],
    ['place remove', { place: 'House' }],
    ['scene open', {}],
    ['scene close', {}],
    ['scene join', who],
    ['scene leave', who],
    ['activity set', who],
    ['activity clear', who],
    ['clock set', {}],
    ['clock advance', { by: '1h' }],
    ['clock weather', { weather: 'fog' }],
    ['relation set', { from: 'Mira', to: 'Ada' }],
  ] as const)
    expect(await run(command, options, tomas)).toContain('Only whoever started this story, or a moderator')
  const iris = (await world.enter('admin')).player
  expect(await run('clock weather', { weather: 'fog' }, iris)).toContain('nothing → fog')
})

test('a name that someone in the story has is refused to everyone else', async () => {
  const named = async (command: string, name: string, options: Options = {}, player = mara) => {
    const form = await player.openForm(thread, command.split(' '), options)
    return (await form.fill({ name })).content
  }
  const already = 'already. Nothing was saved; choose another name.'
  expect(await named('character create', 'ADA')).toBe(`Someone in this story is called **ADA** ${already}`)
  const refused = await named('character edit', 'Ada', { name: 'mir' })
  expect(refused).toContain(already)
  expect(refused).toContain('**Who they are**\nThe keeper’s daughter.')
  expect(await named('character edit', 'MIRA', { name: 'mir' })).toContain('**MIRA** is changed')
  expect(await named('persona set', 'mira', {}, tomas)).toContain('is called **mira** already')
  expect(await named('persona set', 'ada')).toContain('You play **ada**')
})

test('a duplicated dispatch changes the world once', async () => {
  world.discord.faults.add({ on: { gateway: 'INTERACTION_CREATE' }, kind: 'duplicate_dispatch', times: 1 })
  expect(await run('clock advance', { by: '1h' })).toContain('Day 1, 09:00')
  expect(await run('clock show')).toBe('### Day 1, 09:00')
})

test('outside a story’s thread each says where to go', async () => {
  for (const path of ['place list', 'scene show', 'activity show', 'clock show', 'relation show']) {
    const { content, flags } = await mara.command(world.stories, path.split(' '))
    expect(content).toContain('This works in a story’s thread')
    expect(flags).toBe(64)
  }
})
