import { describe, expect, test } from 'vitest'
import { goOn } from '../../src/story/decide.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { failed } from '../doubles/model.ts'
import { again, beginWith, called, headNow, sentTo, told, workshop } from './given.ts'
import { ada, begin, ben, newId, promptOf, ref, retryNewest, say, stores, transcript, turn } from './table.ts'

const planned = (...speakers: readonly string[]) => ({
  value: {
    ...{ speakers, reason: 'He was asked.', beats: ['He shrugs.'] },
    ...{ must_not_contradict: [], leave_room: '' },
  },
})
const speakersIn = async () => {
  const head = await headNow()
  return (await stores.store.lines(head, 1, 99)).map(({ speaker }) => speaker)
}

describe('given a planner', () => {
  test('it chooses who speaks: that one is shown from then on, and follows its plan', async () => {
    const world = workshop(told('Rain.', '"Me?"'))
    await beginWith(world, 'Mira', 'Jon')
    world.model.giving('planner', planned('Jon'))
    await say(world, 'm1', '"Mira?"')
    const [mira, jon, persona] = [await called('Mira'), await called('Jon'), await called('Ada')]
    expect(await speakersIn()).toEqual([NARRATOR, persona, jon])
    expect(world.shown[1]).toMatchObject({ speaker: jon, phases: ['planning', 'recalling', 'writing'] })
    expect(promptOf(world, 1)).toContain('You are Jon')
    expect(promptOf(world, 1)).toContain('# What this answer is to do\n- Jon speaks now\n- He shrugs.')
    const { state, words } = await headNow()
    expect(words.get(state.turn.reason ?? '')).toBe('He was asked.')
    expect(mira).not.toBe(jon)
  })

  test('what it is told is what all who are here perceived', async () => {
    const world = workshop(told('Rain.', '"Me?"'))
    await beginWith(world, 'Mira')
    await say(world, 'm1', '*knocks* ((brb))')
    expect(sentTo(world, 'planner')).toEqual([expect.stringContaining('Ada: *knocks*')])
    expect(sentTo(world, 'planner')[0]).not.toContain('brb')
  })

  test.each([
    ['nobody', { value: 'I think that Mira should speak.' }],
    ['one who is not there', planned('Gandalf')],
    ['one who is played by a person', planned('Ada')],
  ])('where it names %s, the one answers whom the rule has chosen', async (_who, value) => {
    const world = workshop(told('Rain.', '"Yes?"'))
    await beginWith(world, 'Mira', 'Jon')
    world.model.giving('planner', value)
    await say(world, 'm1', '"Mira?"')
    expect(world.shown[1]?.speaker).toBe(await called('Mira'))
    expect(await turn()).toMatchObject({ phase: 'told', plan: null, next: [] })
  })
})

describe('no planner is asked', () => {
  const planners = (world: Parameters<typeof sentTo>[0]) => sentTo(world, 'planner').length

  test('for an opening, nor in a story whose only voice is the narrator’s', async () => {
    const world = workshop(told('Rain.', 'Fog.'))
    await begin(world)
    await say(world, 'm1', 'I wait.')
    expect(planners(world)).toBe(0)
    expect(world.shown.map(({ phases }) => phases)).toEqual([
      ['recalling', 'writing'],
      ['recalling', 'writing'],
    ])
  })

  test('where a story is to be told with few calls', async () => {
    const world = workshop(told('Rain.', '"Yes?"'))
    await beginWith(world, 'Mira')
    await stores.settings.changeStory(ref.story, { mode: 'lean' }, ada.id)
    await say(world, 'm1', '"Mira?"')
    expect(planners(world)).toBe(0)
  })

  test('where a player chose who speaks', async () => {
    const world = workshop(told('Rain.', '"Yes?"'))
    await beginWith(world, 'Mira')
    const mira = await called('Mira')
    await world.engine.ask(ref, ({ state }) => goOn(state, ada.id, newId, mira), 'i2')
    expect(planners(world)).toBe(0)
    expect(world.shown[1]?.speaker).toBe(mira)
  })

  test('when an answer that was planned is tried again', async () => {
    const world = workshop([...told('Rain.'), { deltas: [], end: failed('unavailable') }, ...told('"Me?"')])
    await beginWith(world, 'Mira', 'Jon')
    world.model.giving('planner', planned('Jon'))
    await say(world, 'm1', '"Mira?"')
    expect(await retryNewest(world, 'i2')).toBe('answered')
    expect(planners(world)).toBe(1)
    expect(await turn()).toMatchObject({ phase: 'told', speaker: await called('Jon') })
  })
})

describe('when more than one is to speak', () => {
  test('they do, each in a turn of their own, by one plan', async () => {
    const world = workshop(told('Rain.', '"Me?"', '"You."', 'Thunder.'))
    await beginWith(world, 'Mira', 'Jon')
    world.model.giving('planner', planned('Jon', 'Mira', 'Narrator'))
    await say(world, 'm1', '"Who?"')
    const [jon, mira] = [await called('Jon'), await called('Mira')]
    expect(await speakersIn()).toEqual([NARRATOR, await called('Ada'), jon, mira, NARRATOR])
    expect(await turn()).toMatchObject({ number: 4, continues: true, next: [] })
    expect(sentTo(world, 'planner')).toHaveLength(1)
    expect(promptOf(world, 1)).toContain('- Jon speaks now, then Mira, then Narrator\n')
    expect(promptOf(world, 2)).toContain('- After Jon, Mira speaks now, then Narrator\n')
    expect(promptOf(world, 3)).toContain('- After Jon and Mira, Narrator speaks now\n')
  })

  test('a player who waits goes first', async () => {
    const world = workshop(told('Rain.', '"Me?"', '"Ben?"'))
    await beginWith(world, 'Mira', 'Jon')
    world.model.giving('planner', planned('Jon', 'Mira'), planned('Mira'))
    await Promise.all([say(world, 'm1', '"Who?"'), say(world, 'm2', '"And I?"', ben)])
    expect(await transcript()).toEqual(['Rain.', '"Who?"', '"Me?"', '"And I?"', '"Ben?"'])
  })

  test('nobody goes on from an answer that broke off', async () => {
    const end = { kind: 'cut', failure: { kind: 'cut', detail: '' } } as const
    const world = workshop([...told('Rain.'), { deltas: ['"M'], end }])
    await beginWith(world, 'Mira', 'Jon')
    world.model.giving('planner', planned('Jon', 'Mira'))
    await say(world, 'm1', '"Who?"')
    expect(await turn()).toMatchObject({ number: 2, ending: 'cut' })
  })
})

describe('another answer', () => {
  const afterwards = async (...plans: readonly ReturnType<typeof planned>[]) => {
    const world = workshop(told('Rain.', '"Me?"', '"No, me."'))
    await beginWith(world, 'Mira', 'Jon')
    world.model.giving('planner', ...plans)
    await say(world, 'm1', '"Mira?"')
    expect(await again(world, 'i2')).toBe('answered')
    expect(sentTo(world, 'planner')).toHaveLength(2)
    const head = await headNow()
    const position = { strand: head.strand, seq: head.seq, turn: 2, alternate: 1 }
    expect(await stores.past.stateAt(ref.story, position)).toEqual(head.state)
    return world.shown[2]?.speaker
  }

  test('is planned anew', async () =>
    expect(await afterwards(planned('Jon'), planned('Mira'))).toBe(await called('Mira')))

  test('is the rule’s, when nothing comes of that', async () =>
    expect(await afterwards(planned('Jon'))).toBe(await called('Mira')))
})
