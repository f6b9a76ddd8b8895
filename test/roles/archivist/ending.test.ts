import { describe, expect, test } from 'vitest'
import { setPersona } from '../../../src/story/edit/people.ts'
import { addPlace, joinScene, leaveScene, openScene } from '../../../src/story/edit/world.ts'
import { NARRATOR } from '../../../src/story/ref.ts'
import type { StoryState } from '../../../src/story/state.ts'
import { adaHerself, ben, by, having, jon, mira, newId, told } from '../../story/given.ts'
import { all, everyone, headOf, inTurn, line, settled } from './given.ts'

const placed = having(
  told,
  by(addPlace, { name: 'Kitchen', type: 'room' }),
  by(addPlace, { name: 'Attic', type: 'room' }),
)
const [kitchen = '', attic = ''] = placed.places.map(({ place }) => place)
const open = having(placed, by(openScene, { place: attic }), by(leaveScene, { entity: jon }))
const inTwo = (state: StoryState): StoryState => ({ ...state, turn: { ...state.turn, number: 2 } })

const said = [
  line('l1', adaHerself, '"Good night."', [NARRATOR, adaHerself, mira]),
  line('l2', NARRATOR, 'They sleep. In the morning the rain is over.', [NARRATOR, adaHerself, mira]),
  line('l3', mira, '*to herself* "Well."', [NARRATOR, mira]),
]
const deciding = (proposal: object, state = open, lines = inTurn(2, said)) =>
  settled(proposal, { head: headOf(inTwo(state)), lines })
const changes = (...given: Parameters<typeof deciding>) =>
  deciding(...given).events.flatMap(({ type, data }) =>
    type.startsWith('scene.') ? [{ type, ...data }] : [],
  )

const opened = { type: 'scene.opened', scene: 2, place: attic, participants: [mira, adaHerself] }

describe('a line that ends the scene', () => {
  const end = (scene_end: object, ...more: readonly [StoryState?, typeof said?]) =>
    changes({ scene_end }, ...more)

  test('closes it, says why, and the next one begins with the same people at the same place', () => {
    expect(end({ line: 1, reason: 'ending', significance: 2 })).toEqual([
      { type: 'scene.closed', scene: 1, significance: 2, reason: 'ending' },
      opened,
    ])
    expect(end({ line: 2, reason: 'time', significance: 2 })).toMatchObject([{ reason: 'time' }, opened])
  })

  test.each([
    ['a reason that is for people', 'manual'],
    ['no known reason', 'boredom'],
    ['none', undefined],
  ])('given %s, then it was said to end', (_, reason) => {
    expect(end({ line: 1, reason, significance: -7 })).toMatchObject([
      { reason: 'ending', significance: 0 },
      opened,
    ])
  })

  test('given that the place was left for one that nobody knows, then all go who were there', () => {
    for (const number of [1, 2])
      expect(end({ line: number, reason: 'place', significance: 1 })).toMatchObject([
        { type: 'scene.closed', reason: 'place' },
        { type: 'scene.opened', place: null, participants: [mira, adaHerself] },
      ])
  })

  test('given someone there who did not perceive that its place was left, then it goes on', () => {
    expect(end({ line: 3, reason: 'place' })).toEqual([])
    const whispered = inTurn(2, [line('w1', adaHerself, '"Let us go."', [adaHerself, mira])])
    expect(end({ line: 1, reason: 'place' }, having(placed, by(openScene, {})), whispered)).toEqual([])
  })

  test('given one who says so and is not there, or leaves alone, then it goes on', () => {
    const alone = inTurn(2, [line('a1', adaHerself, '*I leave for good.*')])
    const left = { scene_end: { line: 1, reason: 'place' }, moves: [{ who: 'Ada', line: 1, to: 'away' }] }
    expect(changes(left, open, alone)).toMatchObject([{ type: 'scene.left', entity: adaHerself }])
    const byJon = inTurn(2, [line('j1', jon, '"We are off."')])
    expect(end({ line: 1, reason: 'place' }, open, byJon)).toEqual([])
  })

  describe('given two players whose figures are there', () => {
    const setUp = having(placed, (state) => setPersona(state, ben.id, { player: ben.id, name: 'Ben' }, newId))
    const two = having(setUp, by(openScene, { place: attic }))
    const benHimself = two.cast.personas.at(-1)?.persona ?? ''
    const all = [...everyone, benHimself]
    const adaGoes = line('p1', adaHerself, '*I walk out into the rain.*', all)
    const benGoes = line('p2', benHimself, '*I follow.*', all)
    const theyGo = line('p3', NARRATOR, 'They leave the house behind.', all)
    const left = (...lines: (typeof adaGoes)[]) =>
      end({ line: lines.length, reason: 'place' }, two, inTurn(2, lines))

    test('what one says takes the other nowhere, and neither does what is told of one who said nothing', () => {
      expect(left(adaGoes)).toEqual([])
      expect(left(benGoes, adaGoes)).toEqual([])
      expect(left(adaGoes, theyGo)).toEqual([])
    })

    test('what is told of them after each had a say takes both along', () => {
      expect(left(adaGoes, benGoes, theyGo)).toMatchObject([
        { type: 'scene.closed', reason: 'place' },
        { type: 'scene.opened', participants: [mira, jon, adaHerself, benHimself] },
      ])
    })
  })

  test('without a line, without a scene, or with a line from before the scene, nothing ends', () => {
    expect(end({ line: null, significance: 2 })).toEqual([])
    expect(end({ line: 4, significance: 2 })).toEqual([])
    expect(end({ line: 1 }, placed)).toEqual([])
    expect(end({ line: 1 }, open, said)).toEqual([])
  })
})

describe('a jump in time', () => {
  const pass = (reason: string, minutes: number, line: number | null = 2) => ({
    elapsed: { line, reason, minutes },
  })

  test.each([
    ['skip', 60],
    ['rest', 240],
    ['travel', 240],
  ])('given %s, then the scene is over from %d minutes on', (reason, minutes) => {
    expect(changes({ ...pass(reason, minutes), significance: 99 })).toEqual([
      { type: 'scene.closed', scene: 1, significance: 3, reason: 'time' },
      opened,
    ])
    expect(changes(pass(reason, minutes - 1))).toEqual([])
  })

  test.each([
    ['talk', pass('talk', 9000)],
    ['long work', pass('action', 9000)],
    ['time that no line shows', pass('skip', 9000, null)],
    ['time that no line shows that there is', pass('skip', 9000, 4)],
  ])('%s is none', (_, proposal) => {
    expect(changes(proposal)).toEqual([])
  })

  test('a scene in which nothing was told yet does not end by it', () => {
    expect(changes(pass('skip', 9000), open, said)).toEqual([])
  })

  test('whoever was somewhere else within the scene still is', () => {
    const apart = having(open, by(joinScene, { entity: mira, place: kitchen }))
    expect(changes(pass('rest', 480), apart)).toEqual([
      expect.objectContaining({ type: 'scene.closed' }),
      opened,
      { type: 'scene.moved', scene: 2, entity: mira, place: kitchen, before: null },
    ])
  })

  test('what was remembered before it is of the scene that it ended', () => {
    const decision = deciding(pass('rest', 480))
    expect(all(decision, 'memory.formed')).toMatchObject(Array(2).fill({ scene: 1, minutes: 480 }))
    expect(decision.state.clock.minutes).toBe(960)
    expect(decision.state.scene).toMatchObject({ number: 2, untold: [{ scene: 1, from: 2, to: 2 }] })
  })
})

describe('what is remembered around a jump in time', () => {
  const years = { line: 2, reason: 'skip', minutes: 60 * 24 * 30 }
  const memories = [1, 2, 3].map((nth) => ({ who: 'Mira', lines: [nth], text: `Mira heard word ${nth}.` }))
  const minutesOf = (lines: readonly number[]) => {
    const decision = deciding({ elapsed: years, memories: [{ ...memories[0], lines }] })
    return all(decision, 'memory.formed').find(({ owner }) => owner === mira)?.minutes
  }

  test('is as old as what was told before it, or as new as what was told after it alone', () => {
    const later = 480 + years.minutes
    expect([[1], [2], [2, 3], [3]].map(minutesOf)).toEqual([480, 480, 480, later])
  })

  test('is in the order in which it was told', () => {
    const decision = deciding({ elapsed: years, memories: memories.toReversed() })
    const events = decision.events.flatMap(({ type, data }) =>
      type === 'time.passed'
        ? [type]
        : 'owner' in data && data.owner === mira && 'lines' in data
          ? data.lines
          : [],
    )
    expect(events).toEqual(['l1', 'l2', 'time.passed', 'l3'])
  })

  test('is of after what took some time, where that was no jump', () => {
    const decision = deciding({ elapsed: { ...years, minutes: 30 }, memories })
    expect(all(decision, 'memory.formed').every(({ minutes }) => minutes === 510)).toBe(true)
  })
})

describe('several signals at once', () => {
  const going = [
    line('g1', adaHerself, '*I go down.*', [NARRATOR, adaHerself, mira]),
    line('g2', NARRATOR, 'Mira follows. Night falls.', [NARRATOR, adaHerself, mira]),
  ]
  const everything = {
    moves: ['Ada', 'Mira'].map((who, nth) => ({ who, line: nth + 1, to: 'Kitchen' })),
    scene_end: { line: 2, reason: 'ending', significance: 2 },
    elapsed: { line: 2, reason: 'rest', minutes: 600 },
  }

  test('close it once: that its place was left goes first', () => {
    expect(changes(everything, open, inTurn(2, going))).toEqual([
      { type: 'scene.closed', scene: 1, significance: 2, reason: 'place' },
      { ...opened, place: kitchen },
    ])
  })

  test('given that one left as time went by, then the next scene is without them', () => {
    const leaving = { ...everything, moves: [{ who: 'Mira', line: 2, to: 'away' }], scene_end: null }
    expect(changes(leaving, open, inTurn(2, going))).toMatchObject([
      { type: 'scene.closed', reason: 'time' },
      { ...opened, participants: [adaHerself] },
    ])
  })
})
