import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countTokens } from '../../src/prompt/tokens.ts'
import { BRIEFING_LIMIT, briefingOf } from '../../src/roles/briefing.ts'
import { PLAN_LIMIT, type PlanProposal, planFrom, plannerRequest } from '../../src/roles/planner.ts'
import { goOn, isRefusal, plan, regenerate } from '../../src/story/decide.ts'
import { createCharacter, setEdge } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { addPlace, joinScene, leaveScene, openScene, setActivity } from '../../src/story/edit/world.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { countingIds } from '../doubles/ids.ts'
import { answers, begun, by, entityIn, having, player, says, type Told } from './told.ts'

const ben = { id: '1002', displayName: 'Ben' }
const newId = countingIds('plan')
const count = countTokens
const table = having(
  begun,
  by(createCharacter, { name: 'Jon', backstory: 'He put out the light.' }),
  says('*shakes the rain off her coat* "Jon, is the boat ready?"'),
)
const [mira, jon, ada] = ['Mira', 'Jon', 'Ada'].map((name) => entityIn(table, name)) as [
  string,
  string,
  string,
]
const briefing = ({ head, lines }: Told) => briefingOf(head, lines, count)

describe('a briefing', () => {
  test('says who is here, who can speak, whose turn it is and what was told', () =>
    expect(briefing(table)).toBe(
      [
        'Time: Day 1, 08:00',
        'Here: Mira, Jon and Ada',
        'You can choose from: Mira, Jon and Narrator.',
        'Played by people: Ada.',
        'It is Ada’s turn. By rule, Jon would answer.',
        'What was told last:',
        'Ada: *shakes the rain off her coat* "Jon, is the boat ready?"',
      ].join('\n'),
    ))

  test('says where they are and what they do', () => {
    const busy = having(begun, by(addPlace, { name: 'Lantern room', type: 'room' }), (head) =>
      by(openScene, { place: head.state.places[0]?.place ?? null })(head),
    )
    const activity = { posture: 'kneeling', holding: ['a wrench'] }
    expect(briefing(having(busy, by(setActivity, { entity: mira, activity }), says('"Well?"')))).toMatch(
      /^Place: Lantern room\n[\s\S]*\nMira: kneeling, holds a wrench\n/u,
    )
  })

  test('says that nobody spoke, and which way a player wants it to go', () => {
    const silent = having(table, answers('"Nearly."'), ({ state }) => goOn(state, player.id, newId))
    expect(briefing(silent)).toContain('Nobody said anything; Ada asks the story to go on.')
    const again = having(table, answers('"Nearly."'), ({ state }) =>
      regenerate(state, { player: player.id, alternate: 1, direction: 'He lies.' }, newId),
    )
    expect(briefing(again)).toContain('Direction for this answer: He lies.')
  })

  test('leaves out what people feel and what lies behind them', () => {
    const felt = having(table, by(setEdge, { from: mira, to: jon, affinity: 0, trust: 0 }))
    expect(briefing(felt)).not.toMatch(/hate|distrust|put out the light/u)
  })
})

describe('no secret is in a briefing', () => {
  const SECRET = 'the key is under the third stair'
  const house = having(
    begun,
    by(createCharacter, { name: 'Jon' }),
    by(addPlace, { name: 'Kitchen', type: 'room', audible: 'within' }),
    by(addPlace, { name: 'Cellar', type: 'room', audible: 'within' }),
  )
  const [kitchen = '', cellar = ''] = house.head.state.places.map(({ place }) => place)
  const people = { mira: entityIn(house, 'Mira'), jon: entityIn(house, 'Jon'), ada: entityIn(house, 'Ada') }
  const inKitchen = by(openScene, { place: kitchen, participants: [people.mira, people.ada] })
  const together = having(house, inKitchen, by(joinScene, { entity: people.jon, place: null }))

  test('what was said while someone who is here was away', () => {
    const told = having(
      house,
      inKitchen,
      says(`"Mira, ${SECRET}."`),
      answers(`"So ${SECRET}!"`),
      by(joinScene, { entity: people.jon, place: null }),
      says('"Good evening, Jon."'),
    )
    expect(told.lines.filter(({ text }) => text.includes(SECRET))).toHaveLength(2)
    expect(briefing(told)).not.toContain(SECRET)
    expect(briefing(told)).toContain('Good evening, Jon.')
  })

  test('what was said where someone who is here could not hear it, now or before', () => {
    const apart = having(
      together,
      by(joinScene, { entity: people.jon, place: cellar }),
      says(`"Mira, ${SECRET}."`),
    )
    expect(briefing(apart)).not.toContain(SECRET)
    const back = having(
      apart,
      answers(`"So ${SECRET}!"`),
      by(joinScene, { entity: people.jon, place: null }),
      says('"Back so soon?"'),
    )
    expect(briefing(back)).not.toContain(SECRET)
  })

  test('a whisper, which only one perceived', () => {
    const told = having(together, says('"Good evening."'))
    const [last] = told.lines.slice(-1)
    if (!last) throw new Error('nobody spoke')
    const whisper = { ...last, id: 'w', text: SECRET, witnesses: [NARRATOR, people.ada, people.mira] }
    const lines = [...told.lines, whisper]
    expect(briefing({ ...told, lines })).not.toContain(SECRET)
  })

  test('what someone does where others who are here cannot see it', () => {
    const digs = by(setActivity, { entity: people.jon, activity: { posture: 'digging' } })
    const apart = having(together, digs, by(joinScene, { entity: people.jon, place: cellar }), says('"Hm."'))
    expect(briefing(apart)).not.toContain('digging')
    expect(briefing(having(together, digs, says('"Hm."')))).toContain('Jon: digging')
  })

  test('what was said out of character', () => {
    expect(briefing(having(together, says(`"Hm." ((${SECRET}))`)))).not.toContain(SECRET)
  })

  test('what one who is here has forgotten, for they began anew', () => {
    const forgotten = having(
      together,
      says(`"All of you: ${SECRET}."`),
      answers('"Yes."'),
      by(resetStory, { scope: 'character', character: people.jon }),
      says('"Well?"'),
    )
    expect(briefing(forgotten)).not.toContain(SECRET)
  })

  test('and once they are alone again, those who know it are planned for with it', () => {
    const alone = having(
      house,
      inKitchen,
      says(`"Mira, ${SECRET}."`),
      answers('"I see."'),
      by(joinScene, { entity: people.jon, place: null }),
      by(leaveScene, { entity: people.jon }),
      says('"So?"'),
    )
    expect(briefing(alone)).toContain(SECRET)
  })
})

describe('a briefing is short', () => {
  test('whatever people write', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.integer({ min: 1, max: 200 }))),
        fc.constantFrom(
          count,
          (text: string) => text.length,
          (text: string) => text.length * 3,
        ),
        (said, counted) => {
          const [first] = table.lines.slice(-1)
          if (!first) throw new Error('nobody spoke')
          const lines = said.map(([text, times], turn) => ({ ...first, turn, text: text.repeat(times) }))
          expect(counted(briefingOf(table.head, lines, counted))).toBeLessThanOrEqual(BRIEFING_LIMIT)
        },
      ),
      { numRuns: 50 },
    )
  })

  test('it keeps the newest lines, and the end of one that is too long', () => {
    const long = having(
      begun,
      says('"The oldest words."'),
      answers('A lamp swings. '.repeat(100)),
      says(`${'I talk and talk. '.repeat(100)}Will you come, Mira?`),
    )
    expect(briefing(long)).toMatch(/\nAda: ….*Will you come, Mira\?$/u)
    expect(count(briefing(long))).toBeGreaterThan(0.8 * BRIEFING_LIMIT)
    expect(briefing(long)).not.toContain('The oldest words')
  })

  test('even with a crowd', () => {
    const crowd = having(
      begun,
      ...Array.from({ length: 40 }, (_, nth) =>
        by(createCharacter, { name: `Somebody With A Very Long Name The ${nth}th` }),
      ),
      says('"Who are you all?"'),
    )
    expect(count(briefing(crowd))).toBeLessThanOrEqual(BRIEFING_LIMIT)
    expect(briefing(crowd)).toContain('Who are you all?')
  })
})

describe('what a planner is asked', () => {
  const request = plannerRequest({
    ...{ head: table.head, lines: table.lines, count },
    instructions: 'You plan.',
    boundaries: 'Lines: none.',
  })

  test('is the briefing under its instructions and the story’s boundaries', () => {
    expect(request.messages.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'You plan.\n\nLines: none.'],
      ['user', briefing(table)],
    ])
  })

  test('can be answered with those who hear the player, and never with a persona', () => {
    const answered = (...speakers: string[]) =>
      request.schema.safeParse({ ...request.fallback, speakers }).success
    expect(answered('Jon')).toBe(true)
    expect(answered('Mira', 'Narrator')).toBe(true)
    expect(answered('Ada')).toBe(false)
    expect(answered('Nobody')).toBe(false)
    expect(answered()).toBe(false)
  })
})

describe('a plan', () => {
  const proposal: PlanProposal = {
    speakers: ['Jon', 'Mira'],
    reason: 'Ada asked him.',
    beats: ['Jon looks at the boat.', 'He says that it leaks.'],
    must_not_contradict: ['It rains.'],
    leave_room: 'What Ada does about the leak.',
  }
  const planned = (patch: Partial<PlanProposal> = {}, isAllowed = (_: string) => true, told = table) =>
    planFrom({ ...proposal, ...patch }, told.head, { count, isAllowed })

  test('says who speaks, why, and what is to happen', () =>
    expect(planned()).toEqual({
      speakers: [jon, mira],
      reason: 'Ada asked him.',
      plan: [
        '- Jon looks at the boat.',
        '- He says that it leaks.',
        '- Leave open: What Ada does about the leak.',
        '- Still true: It rains.',
      ].join('\n'),
    }))

  test('can be followed', () => {
    const followed = plan(table.head.state, planned() ?? { speakers: [], plan: '', reason: null }, newId)
    expect(isRefusal(followed)).toBe(false)
  })

  test.each<[string, string[], string[] | undefined]>([
    ['in any case', ['jon', ' MIRA '], [jon, mira]],
    ['each once', ['Jon', 'Jon', 'Mira'], [jon, mira]],
    ['the narrator among them', ['Narrator'], [NARRATOR]],
    ['without unknown names', ['Eli', 'Mira'], [mira]],
    ['never a persona', ['Ada', 'Jon'], [jon]],
    ['and there is none where nobody is left', ['Ada', 'Eli'], undefined],
    ['or nobody is named', [], undefined],
  ])('takes names %s', (_how, speakers, expected) =>
    expect(planned({ speakers })?.speakers).toEqual(expected),
  )

  test('has at most three speak', () => {
    const more = having(
      begun,
      ...['Jon', 'Eli', 'Tom'].map((name) => by(createCharacter, { name })),
      says('"Hm?"'),
    )
    expect(planned({ speakers: ['Tom', 'Eli', 'Jon', 'Mira'] }, undefined, more)?.speakers).toHaveLength(3)
  })

  test('never has someone answer who did not hear the player', () => {
    const away = having(begun, by(createCharacter, { name: 'Jon' }), (head) =>
      by(openScene, { participants: [mira, ada] })(head),
    )
    expect(planned({ speakers: ['Jon'] }, undefined, having(away, says('"Jon?"')))).toBeUndefined()
  })

  test('is without what crosses a boundary', () => {
    const crossing = planned({ reason: 'He leaks.' }, (text) => !text.includes('leak'))
    expect(crossing?.plan).toBe(['- Jon looks at the boat.', '- Still true: It rains.'].join('\n'))
    expect(crossing?.reason).toBeNull()
  })

  test('is short, whatever a model writes', () => {
    const much = Array.from({ length: 20 }, () => '他走进厨房，看见一把刀。'.repeat(50))
    const long = planned({
      beats: much,
      must_not_contradict: much,
      leave_room: much.join(''),
      reason: much.join(''),
    })
    expect(count(long?.plan ?? '')).toBeLessThanOrEqual(PLAN_LIMIT)
    expect(long?.speakers).toEqual([jon, mira])
    expect(long?.reason?.length).toBeLessThanOrEqual(200)
  })

  test('with no notes is to answer what was said', () => {
    const bare = planned({ beats: [' '], must_not_contradict: [], leave_room: '', reason: '' })
    expect(bare).toEqual({ speakers: [jon, mira], plan: '- Answer what was said.', reason: null })
  })

  test('the other player of a story is no speaker either', () => {
    const two = having(begun, says('"Hello?"'), answers('Wind.'), says('"Hello."', ben))
    expect(planned({ speakers: ['Ben', 'Ada', 'Mira'] }, undefined, two)?.speakers).toEqual([mira])
  })
})
