import { describe, expect, test } from 'vitest'
import { activityOf } from '../../../src/story/activity.ts'
import { leaveScene, openScene } from '../../../src/story/edit/world.ts'
import { NARRATOR, SKEIN } from '../../../src/story/ref.ts'
import { adaHerself, by, having, jon, mira, told } from '../../story/given.ts'
import {
  all,
  bodiesOf,
  headOf,
  inTurn,
  line,
  lines,
  noted,
  outOfCharacter,
  plain,
  refusal,
  settled,
} from './given.ts'

const inScene = having(told, by(openScene, {}))
const withoutJon = having(inScene, by(leaveScene, { entity: jon }))

describe('what is settled', () => {
  test('given nothing that changed, when it is settled, then a little talk has passed, and all remember it plainly', () => {
    const decision = settled({ significance: 2 }, { from: 1 })
    expect(decision.events).toEqual([
      { type: 'time.passed', data: { minutes: 3, reason: 'talk' } },
      ...plain(decision).map((data) => ({ type: 'memory.formed', data })),
      { type: 'turn.settled', data: { from: 1, significance: 2 } },
    ])
    expect(plain(decision).map(({ owner }) => owner)).toEqual([mira, jon, adaHerself])
    expect(decision.state.settled).toBe(1)
  })

  test('all of it is Skein’s, and goes with the answer in force', () => {
    const head = headOf({ ...told, turn: { ...told.turn, alternate: 2 } })
    const decision = settled(
      { memories: [{ who: 'Mira', lines: [1], text: 'Ada put out the light.' }] },
      { head, lines: [line('l1', adaHerself, 'Out!', [NARRATOR, mira, adaHerself])] },
    )
    expect(decision).toMatchObject({ turn: 1, alternate: 2, actor: SKEIN })
    expect(decision.texts).toEqual(
      ['Ada put out the light.', 'Ada: Out!'].map((body) => ({
        ...{ id: expect.any(String), author: SKEIN, body },
      })),
    )
  })

  test('effects stand in one order, the settlement last', () => {
    const decision = settled(
      {
        significance: 1,
        moves: [{ who: 'Jon', line: 3, to: 'away' }],
        facts: [{ who: 'Mira', line: 1, text: 'Ada put out the light.' }],
        memories: ['Mira', 'Ada'].map((who) => ({ who, lines: [2], text: 'Mira promised to be silent.' })),
        elapsed: { line: 3, reason: 'action', minutes: 20 },
        activities: [{ who: 'Mira', line: 3, posture: 'stands' }],
        shifts: [{ from: 'Mira', to: 'Ada', line: 1, affinity: 2, trust: 0 }],
      },
      { head: headOf(inScene), lines: inTurn(2, lines) },
    )
    expect(decision.events.map(({ type }) => type)).toEqual([
      'edge.shifted',
      'activity.changed',
      'time.passed',
      'memory.formed',
      'memory.formed',
      'memory.formed',
      'fact.learned',
      'scene.left',
      'turn.settled',
    ])
    expect(all(decision, 'memory.formed')).toMatchObject(Array(3).fill({ minutes: 500, scene: 1 }))
  })

  test('a turn that is open, failed or settled already is not settled', () => {
    expect(refusal(headOf({ ...told, turn: { ...told.turn, phase: 'open' } }))).toBe('turn_open')
    expect(refusal(headOf({ ...told, turn: { ...told.turn, phase: 'failed' } }))).toBe('nothing_told')
    expect(refusal(headOf({ ...told, turn: { ...told.turn, number: 0 } }))).toBe('nothing_told')
    expect(refusal(headOf({ ...told, settled: 1 }))).toBe('nothing_changed')
  })

  test('what is out of character has no number, so nothing can rest on it', () => {
    const decision = settled(
      { facts: [1, 2].map((number) => ({ who: 'Jon', line: number, text: `Fact ${number}.` })) },
      { lines: [outOfCharacter('l0'), line('l1', mira, 'Hello.')] },
    )
    expect(all(decision, 'fact.learned')).toMatchObject([{ lines: ['l1'] }])
    expect(all(decision, 'time.passed')).toEqual([{ minutes: 1, reason: 'talk' }])
  })
})

describe('feelings', () => {
  const shift = (proposed: object) => ({
    from: 'Mira',
    to: 'Ada',
    line: 1,
    affinity: 0,
    trust: 0,
    ...proposed,
  })
  const shifts = (...proposed: object[]) => all(settled({ shifts: proposed.map(shift) }), 'edge.shifted')

  test('given a line, when one who heard it in silence is moved, then the feeling rests on that line', () => {
    expect(shifts({ from: 'Jon', affinity: -4, trust: -6 })).toEqual([
      { from: jon, to: adaHerself, affinity: -4, trust: -6, line: 'l1', reason: null },
    ])
  })

  test('it says why in a few words on one row, unless these must not stand in the story', () => {
    const why = (reason: unknown) => {
      const isAllowed = (text: string) => !text.includes('spider')
      const decision = settled({ shifts: [shift({ affinity: 4, reason })] }, { isAllowed })
      const [shifted] = all(decision, 'edge.shifted')
      return decision.texts.find(({ id }) => id === shifted?.reason)?.body
    }
    expect(why('kept her word\nabout the boat')).toBe('kept her word about the boat')
    expect(why('x'.repeat(500))).toMatch(/^x{119}…$/u)
    for (const none of ['', ' \u0000 ', null, 7, 'gave her a spider']) expect(why(none)).toBeUndefined()
  })

  test('one line moves nobody further than a line can', () => {
    expect(shifts({ affinity: 1e300, trust: -99.6 })).toMatchObject([{ affinity: 15, trust: -15 }])
  })

  test('given two lines, when both move one for another, then it is one shift that rests on the stronger line', () => {
    const two = [
      { affinity: 3, reason: 'put out the light' },
      { line: 2, affinity: 5, trust: 4, reason: 'trusted her' },
    ]
    const decision = settled({ shifts: two.map(shift) })
    expect(all(decision, 'edge.shifted')).toEqual([
      { from: mira, to: adaHerself, affinity: 8, trust: 4, line: 'l2', reason: decision.texts[0]?.id },
    ])
    expect(decision.texts[0]?.body).toBe('trusted her')
    expect(shifts({ affinity: 4 }, { line: 2, affinity: 3 }, { line: 3, affinity: 6 })).toMatchObject([
      { affinity: 13, line: 'l3' },
    ])
    expect(shifts({ affinity: 12 }, { line: 2, affinity: 12 })).toMatchObject([{ affinity: 15, line: 'l1' }])
  })

  test('a line that is named twice counts once', () => {
    expect(shifts({ affinity: 4 }, { affinity: 4 })).toMatchObject([{ affinity: 4 }])
  })

  test('what the players’ own figures feel is for them to say', () => {
    expect(shifts({ from: 'Ada', to: 'Mira', affinity: 5 })).toEqual([])
  })

  test('who did not hear the line, feels nothing, or feels for themselves is left as they are', () => {
    expect(shifts({ from: 'Jon', line: 2, affinity: 5 })).toEqual([])
    expect(shifts({ affinity: 0.4, trust: -0.4 })).toEqual([])
    expect(shifts({ to: 'Mira', affinity: 5 })).toEqual([])
    expect(shifts({ affinity: 5 }, { line: 2, affinity: -5 })).toEqual([])
  })

  test('given one who has left, when someone feels for them, or they for someone, then nothing comes of it', () => {
    const proposal = { shifts: [shift({ from: 'Jon', affinity: 5 }), shift({ to: 'Jon', affinity: 5 })] }
    expect(all(settled(proposal, { head: headOf(withoutJon) }), 'edge.shifted')).toEqual([])
  })
})

describe('activities', () => {
  const activity = (...proposed: object[]) =>
    settled({ activities: proposed.map((each) => ({ who: 'Mira', line: 1, ...each })) })
  const mirasAfter = (...proposed: object[]) => activityOf(activity(...proposed).state.activities, mira)
  const mending = { label: 'mends a net', interruptibility: 'urgency', attention: 'all', minutes: 30 }

  test('given a line, when someone is seen to do something, then it is kept in full', () => {
    const proposed = {
      posture: 'sits',
      action: mending,
      attends_to: 'Ada',
      holding: ['a needle', 'a needle', 'a net'],
      status: 'tired',
    }
    expect(mirasAfter(proposed)).toEqual({
      slot: null,
      posture: 'sits',
      action: { ...mending, since: 480 },
      attention: { entity: adaHerself },
      holding: ['a needle', 'a net'],
      status: 'tired',
    })
  })

  test('null leaves a part as it was, and an empty word ends it', () => {
    const before = {
      posture: 'sits',
      status: 'tired',
      action: mending,
      attends_to: 'the door',
      holding: ['a net'],
    }
    const asItWas = { posture: null, status: null, action: null, attends_to: null, holding: null }
    expect(mirasAfter(before, asItWas)).toEqual(mirasAfter(before))
    expect(mirasAfter(before)).toMatchObject({ attention: { thing: 'the door' } })
    const over = { posture: '', status: ' ', action: { ...mending, label: '' }, attends_to: '', holding: [] }
    expect(mirasAfter(before, { ...over, posture: 'stands' })).toEqual({
      slot: null,
      posture: 'stands',
      action: null,
      attention: null,
      holding: [],
      status: null,
    })
  })

  test('what a persona visibly does is noted too', () => {
    expect(all(activity({ who: 'Ada', posture: 'leans on the rail' }), 'activity.changed')).toMatchObject([
      { entity: adaHerself, activity: { posture: 'leans on the rail' } },
    ])
  })

  test('what was whispered or said aside is not seen by those who did not hear it', () => {
    const holding = { holding: ['a vial'], status: 'hides poison' }
    expect(all(activity({ line: 2, ...holding }), 'activity.changed')).toEqual([])
    const whispered = [line('w1', adaHerself, '"Hide this vial."', [adaHerself, mira])]
    const alone = having(withoutJon, by(leaveScene, { entity: adaHerself }))
    const proposal = { activities: [{ who: 'Mira', line: 1, ...holding }] }
    for (const head of [headOf(), headOf(withoutJon), headOf(alone)])
      expect(all(settled(proposal, { head, lines: whispered }), 'activity.changed')).toEqual([])
  })

  test('given that whoever did not hear it cannot see them any more, then it is seen', () => {
    const proposal = { activities: [{ who: 'Mira', line: 2, posture: 'stands' }] }
    expect(all(settled(proposal, { head: headOf(withoutJon) }), 'activity.changed')).toMatchObject([
      { entity: mira, activity: { posture: 'stands' } },
    ])
  })

  test('what is told of someone who did not perceive it is hearsay', () => {
    expect(all(activity({ who: 'Jon', line: 2, posture: 'sleeps' }), 'activity.changed')).toEqual([])
  })

  test('what is too long is cut, and how long it takes is held within a week', () => {
    const long = { ...mending, label: 'mends\n'.repeat(40), minutes: 1e12 }
    const after = mirasAfter({ posture: 'x'.repeat(500), action: long, holding: Array(50).fill('a net') })
    expect(after?.posture).toHaveLength(80)
    expect(after?.action).toMatchObject({
      label: expect.stringMatching(/^mends mends .*…$/u),
      minutes: 10_080,
    })
    expect(after?.holding).toEqual(['a net'])
  })
})

describe('time', () => {
  const passed = (elapsed: object) => all(settled({ elapsed }), 'time.passed')

  test.each([
    ['talk', 7, 7],
    ['talk', 900, 15],
    ['action', 900, 240],
    ['travel', 1e9, 30 * 24 * 60],
    ['rest', 8 * 60, 480],
    ['rest', 1e4, 24 * 60],
    ['skip', 1e300, 366 * 24 * 60],
    ['travel', 1.6, 2],
  ])('given a line that shows %s for %d minutes, then %d pass', (reason, minutes, expected) => {
    expect(passed({ line: 1, reason, minutes })).toEqual([{ reason, minutes: expected }])
  })

  test('given a line that shows that none passed, then none does', () => {
    expect(passed({ line: 1, reason: 'talk', minutes: 0 })).toEqual([])
    expect(passed({ line: 1, reason: 'skip', minutes: -60 })).toEqual([])
  })

  test.each([
    ['no line', { line: null, reason: 'skip', minutes: 5000 }],
    ['a line that is not there', { line: 4, reason: 'skip', minutes: 5000 }],
    ['an unknown reason', { line: 1, reason: 'magic', minutes: 5000 }],
    ['a reason that is for people', { line: 1, reason: 'manual', minutes: 5000 }],
  ])('given %s, then it was talk, a minute for each line', (_, elapsed) => {
    expect(passed(elapsed)).toEqual([{ reason: 'talk', minutes: 3 }])
  })

  test('given many lines and nothing that shows time, then ten minutes are enough', () => {
    const many = Array.from({ length: 40 }, (_, nth) => line(`m${nth}`, mira, 'Hm.'))
    expect(all(settled(null, { lines: many }), 'time.passed')).toEqual([{ reason: 'talk', minutes: 10 }])
  })
})

test('what must not stand in the story is left out, the rest stands', () => {
  const isAllowed = (text: string) => !text.includes('spider')
  const decision = settled(
    {
      memories: ['A spider came.', 'The rain stopped.'].map((text) => ({ who: 'Jon', lines: [3], text })),
      facts: [{ who: 'Jon', line: 3, text: 'Rain drowns a spider.' }],
      activities: [
        {
          who: 'Jon',
          line: 3,
          posture: 'sits',
          status: 'spider-bitten',
          attends_to: 'a spider',
          holding: ['a spider', 'a cup'],
          action: { label: 'catches a spider', minutes: null },
        },
      ],
    },
    { isAllowed },
  )
  expect(bodiesOf(decision, noted(decision))).toEqual([{ owner: jon, body: 'The rain stopped.' }])
  expect(all(decision, 'fact.learned')).toEqual([])
  expect(activityOf(decision.state.activities, jon)).toEqual({
    slot: null,
    posture: 'sits',
    action: null,
    attention: null,
    holding: ['a cup'],
    status: null,
  })
})
