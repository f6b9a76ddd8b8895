import type { APIMessage } from 'discord-api-types/v10'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { FORM, labelsOf, type OpenForm, type Player } from '../doubles/player.ts'
import { choose, type Visitor } from '../doubles/visitor.ts'
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
  world.model.faults.clear()
  expect(world.violations).toEqual([])
})

const PROSE =
  'In the lantern room of the lighthouse, at dusk; rain. Mira sits by the lamp, mending a net. ' +
  'You stand at the door, a letter in hand, watching Mira. Mira does not trust Ada.'

const run = async (command: string, options: Parameters<Player['command']>[2] = {}, player = mara) =>
  (await player.command(thread, command.split(' '), options)).content
const openKickoff = (): Promise<OpenForm> => mara.openForm(thread, ['story', 'kickoff'])
const ask = async (prose = PROSE): Promise<APIMessage> => (await openKickoff()).fill({ prose })

/** Chooses a part under a proposal, for the form that opens. */
const correct = async (proposal: APIMessage, part: string): Promise<OpenForm['fill']> => {
  const opened = visitor.until('the form', (_seen, event) => (event?.name === 'modal' ? event : undefined))
  await choose(visitor, proposal, 'Correct a part', part)
  const { interaction, modal } = await opened
  const standing = modal.components.flatMap((part) =>
    'component' in part && 'custom_id' in part.component && 'value' in part.component
      ? [[part.component.custom_id, part.component.value ?? '']]
      : [],
  )
  return async (written) => {
    const replied = visitor.until('what comes of the form', (_seen, event) =>
      (event?.name === 'message' || event?.name === 'message_edited') &&
      event.ephemeral &&
      event.message.content !== ''
        ? event.message
        : undefined,
    )
    const values = { ...Object.fromEntries(standing), ...written }
    await visitor.do({ do: 'submit', interaction, values })
    return replied
  }
}
const corrected = async (proposal: APIMessage, part: string, written: Record<string, string>) =>
  (await correct(proposal, part))(written)

const told = (part: string): Promise<string> =>
  visitor.until(
    `“${part}”`,
    () => visitor.messagesIn(thread).find(({ message }) => message.content.includes(part))?.message.content,
  )
const untouched = async () => {
  expect(await run('scene show')).toContain('No scene is open')
  expect(await run('clock show')).toBe('### Day 1, 08:00')
}

describe('/story kickoff', () => {
  test('begins with what is written of the beginning', async () => {
    const edit = await mara.openForm(thread, ['character', 'create'])
    const more = await mara.clickForForm(await edit.fill({ name: 'Eli' }), 'Add more')
    await more.fill({ kickoff: 'A boat knocks against the jetty.' })
    expect((await openKickoff()).values.prose).toBe(`${FORM.premise}\n\nA boat knocks against the jetty.`)
  })

  test('shows part by part what it has read, and sets nothing yet', async () => {
    const proposal = await ask()
    expect(proposal.content).toBe(
      [
        '### How the scene begins',
        '**Where**\nLantern room · room · in Lighthouse · not open to anyone',
        '**When**\nDay 1, 19:00',
        '**Weather**\nrain',
        '**Who is there**\nMira, Ada',
        '**Mira**\nsitting · mending a net',
        '**Ada**\nstanding · holds a letter · attends to Mira',
        '**Mira to Ada**\naffinity 45, trust 20\nMira does not trust Ada.',
        '-# Nothing is set yet. Choose a part to correct it; **Begin here** sets the scene, in the place of one that is open.',
      ].join('\n\n'),
    )
    expect(proposal.flags).toBe(64)
    expect(labelsOf(proposal)).toEqual(['Begin here', 'Discard'])
    await untouched()
  })

  test('sets the scene as it was corrected, once, and tells all', async () => {
    let proposal = await ask()
    const [where, when] = ['Where', 'When'] as const
    proposal = await corrected(proposal, where, { name: 'Gallery', traits: 'heard far off' })
    expect(proposal.content).toContain('**Where**\nGallery · room · in Lighthouse · heard far off')
    proposal = await corrected(proposal, when, { time: 'day 2, 18:05', firstDay: 'the eve of the fair' })
    expect(proposal.content).toContain('**When**\nDay 2, 18:05; day 1 is the eve of the fair')
    proposal = await corrected(proposal, 'Weather', { weather: '' })
    expect(proposal.content).toContain('**Weather**\nas it is')
    proposal = await corrected(proposal, 'Mira', { posture: 'kneeling', attention: 'ada', holding: 'twine' })
    expect(proposal.content).toContain('**Mira**\nkneeling · mending a net · holds twine · attends to Ada')
    proposal = await corrected(proposal, 'Mira to Ada', { affinity: '70', summary: 'Mira owes Ada.' })
    expect(proposal.content).toContain('**Mira to Ada**\naffinity 70, trust 20\nMira owes Ada.')

    const begun = await mara.clickForReply(proposal, 'Begin here')
    expect(begun.content).toContain('The scene is set')
    expect(labelsOf(begun)).toEqual([])
    expect(await told('🎬')).toBe('-# 🎬 The scene is set: **Gallery** · Day 2, 18:05 · Mira and Ada')
    expect(await run('scene show')).toBe('### Scene 1 · Lighthouse › Gallery\n**Mira**\n**Ada**')
    expect(await run('place list')).toBe(
      '**2 places**\n- **Lighthouse** · lighthouse\n  - **Gallery** · room · heard far off',
    )
    expect(await run('clock show')).toContain('### Day 2, 18:05\n\n**Day 1 is**\nthe eve of the fair')
    expect(await run('activity show', { who: 'Ada' })).toContain(
      'standing · holds a letter · attends to Mira',
    )
    expect(await run('relation show', { from: 'Mira' })).toContain('70 affinity · `██░░░░░░░░` 20 trust')

    await mara.say(thread, '"Mira, what is it?"')
    expect((await mara.answer(thread)).message.content).toMatch(/^\*\*Mira\*\*\n/u)
    expect(JSON.stringify(world.model.requests().at(-1)?.body)).toContain('Mira owes Ada.')
  })

  test('takes out whom and what is emptied, and lets others be there', async () => {
    let proposal = await ask()
    const nobody = { posture: '', action: '', attention: '', holding: '', status: '' }
    proposal = await corrected(proposal, 'Mira', nobody)
    expect(proposal.content).toContain('**Who is there**\nAda\n\n**Ada**')
    proposal = await corrected(proposal, 'Mira to Ada', { affinity: '', trust: '', summary: '' })
    expect(proposal.content).not.toContain('trust')
    proposal = await corrected(proposal, 'Who is there', { people: 'ada, mira' })
    expect(proposal.content).toContain('**Mira**\nnothing is known of what they do')
    proposal = await corrected(proposal, 'Where', { name: '' })
    expect(proposal.content).toContain('**Where**\nno place in particular')
    await mara.clickForReply(proposal, 'Begin here')
    expect(await run('scene show')).toBe('### Scene 1\n**Ada**\n**Mira**')
    expect(await run('place list')).toContain('no places yet')
  })

  test('sets it in the place of a scene that is open, at the head that is the newest by then', async () => {
    await run('scene open', { who: 'Mira' })
    const proposal = await ask()
    await mara.say(thread, '"Well?"')
    await mara.answer(thread)
    await run('place add', { name: 'lantern room', type: 'attic' })
    await mara.clickForReply(proposal, 'Begin here')
    expect(await run('scene show')).toContain('### Scene 2 · Lighthouse › Lantern room\n**Mira**\n**Ada**')
    expect(await run('place list')).toContain('**2 places**')
  })

  test('discards it: then the story stands as it did', async () => {
    const proposal = await ask()
    expect((await mara.clickForReply(proposal, 'Discard')).content).toContain('The story stands as it did')
    await untouched()
  })

  test('sets it once, however often **Begin here** is pressed', async () => {
    const proposal = await ask()
    const gone = visitor.until('what a second press comes to', (_seen, event) =>
      event?.name === 'message' && event.message.content.includes('no longer there') ? event : undefined,
    )
    const presses = [mara.click(proposal, 'Begin here'), mara.click(proposal, 'Begin here')]
    await Promise.all([...presses, gone])
    await told('🎬')
    expect(await run('scene show')).toContain('### Scene 1 ·')
  })
})

describe('what cannot be', () => {
  test('is refused where it is written, and the proposal stays', async () => {
    const proposal = await ask()
    for (const [part, written, refusal] of [
      ['When', { time: 'dusk' }, '“dusk” is not a time of this story'],
      ['When', { time: 'Day 0, 10:00' }, 'Write it as `Day 2, 18:05`'],
      ['Mira to Ada', { trust: '101' }, '“101” is not a whole number from 0 to 100'],
      ['Where', { traits: 'loud' }, 'There is: moves, not open to anyone'],
      ['Where', { inside: 'lantern ROOM' }, 'A place cannot be inside itself'],
      ['Who is there', { people: 'Mira, Nell' }, '“Nell”. There is: Mira, Ada.'],
    ] as const) {
      const refused = await corrected(proposal, part, written)
      expect(refused.content).toContain(refusal)
    }
    expect((await corrected(proposal, 'When', { time: '7:30' })).content).toContain('Day 1, 07:30')
    await mara.clickForReply(proposal, 'Begin here')
    expect(await run('clock show')).toContain('### Day 1, 07:30')
  })

  test('is prose that says nothing, and models that give nothing', async () => {
    expect((await ask('Hm.')).content).toContain('There is nothing in this prose')
    world.model.faults.add({ kind: 'ignores_json' })
    expect((await ask()).content).toContain('cannot be read')
    world.model.faults.clear()
    world.model.faults.add({ kind: 'refusal', how: 'field', only: 'json' })
    expect((await ask()).content).toContain('The model declined to write this')
  })

  test('is a scene set by someone who does not lead the story', async () => {
    expect(await run('story kickoff', {}, tomas)).toContain('Only whoever started this story, or a moderator')
  })

  test('is a story that is paused, or set aside', async () => {
    const proposal = await ask()
    await run('pause')
    expect(await run('story kickoff')).toContain('paused')
    expect((await mara.clickForReply(proposal, 'Begin here')).content).toContain('paused')
    await run('story archive')
    expect(await run('story kickoff')).toContain('set aside')
    await untouched()
  })

  test('is a proposal from before a restart: it says how to ask anew', async () => {
    const proposal = await ask()
    const fill = await correct(proposal, 'Weather')
    await world.stop()
    await world.start()
    const gone = 'it was used or discarded, or Skein was restarted. Run `/story kickoff` to ask anew.'
    expect((await fill({ weather: 'fog' })).content).toContain(gone)
    expect((await mara.clickForReply(proposal, 'Begin here')).content).toContain(gone)
    await untouched()
  })

  test('is a thread without a story', async () => {
    const { content } = await mara.command(world.stories, ['story', 'kickoff'])
    expect(content).toContain('This works in a story’s thread')
  })
})

test('many parts stand on several pages', async () => {
  for (const name of ['Eli', 'Nell', 'Jon', 'Sam', 'Kit', 'Ben', 'Una', 'Ivo', 'Wren'])
    await (await mara.openForm(thread, ['character', 'create'])).fill({ name })
  const proposal = await ask(
    'At noon Eli, Nell, Jon, Sam, Kit, Ben, Una, Ivo, Wren and Mira wait. Wren sits.',
  )
  expect(labelsOf(proposal)).toEqual(['Begin here', 'Discard', 'Parts before', 'More parts'])
  expect(proposal.content).not.toContain('**Wren**')
  const next = await mara.clickForReply(proposal, 'More parts')
  expect(next.content).toContain('**Wren**\nsitting')
  const fixed = await corrected(next, 'Wren', { posture: 'lying' })
  expect(fixed.content).toContain('**Wren**\nlying')
  expect((await mara.clickForReply(fixed, 'Parts before')).content).toContain('**When**\nDay 1, 12:00')
})
