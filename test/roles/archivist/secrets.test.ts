import { describe, expect, test } from 'vitest'
import { activityOf } from '../../../src/story/activity.ts'
import { addPlace, leaveScene, openScene } from '../../../src/story/edit/world.ts'
import { NARRATOR } from '../../../src/story/ref.ts'
import { adaHerself, by, having, jon, mira, told } from '../../story/given.ts'
import { all, bodiesOf, headOf, line, noted, settled } from './given.ts'

/** Ada whispers to Mira, then speaks to all. */
const said = [
  line('l1', adaHerself, '"The vial is under the floor."', [adaHerself, mira]),
  line('l2', adaHerself, '"Supper is ready, Jon."'),
]
const memory = (who: string, text: string) => ({ who, lines: [2], text })
const remembered = (given: Parameters<typeof settled>[1], ...memories: readonly object[]) => {
  const decision = settled({ memories }, { lines: said, ...given })
  return bodiesOf(decision, noted(decision)).map(({ body }) => body)
}

describe('a word that only others heard', () => {
  const leak = memory('Jon', 'Ada called Jon to supper beside the vials.')

  test('comes into nobody’s memories and facts, whatever line they are said to rest on', () => {
    expect(remembered({}, leak, memory('Jon', 'Ada called Jon to supper.'))).toEqual([
      'Ada called Jon to supper.',
    ])
    const decision = settled({ facts: [{ who: 'Jon', line: 2, text: 'The floor creaks.' }] }, { lines: said })
    expect(all(decision, 'fact.learned')).toEqual([])
  })

  test('comes into nobody’s feelings and doings', () => {
    const decision = settled(
      {
        shifts: [{ from: 'Jon', to: 'Ada', line: 2, affinity: 3, trust: 0, reason: 'she hid a vial' }],
        activities: [{ who: 'Mira', line: 2, posture: 'sits', holding: ['a vial', 'a spoon'] }],
      },
      { lines: said },
    )
    expect(all(decision, 'edge.shifted')).toMatchObject([{ from: jon, affinity: 3, reason: null }])
    expect(activityOf(decision.state.activities, mira)).toMatchObject({
      posture: 'sits',
      holding: ['a spoon'],
    })
  })

  test('given one who heard it, then it may', () => {
    expect(remembered({}, memory('Mira', 'Ada hid a vial.'))).toEqual(['Ada hid a vial.'])
  })

  test('given one who knows of it otherwise, then it may', () => {
    const known = [{ owner: jon, body: 'Mira keeps a vial.' }]
    expect(remembered({ known }, leak)).toHaveLength(1)
  })

  describe('that names a place', () => {
    const inn = having(told, by(addPlace, { name: 'The Vial', type: 'inn' }))
    const [{ place = '' } = {}] = inn.places
    const there = having(inn, by(addPlace, { name: 'Taproom', type: 'room', parent: place }))
    const taproom = there.places.at(-1)?.place ?? ''

    test('given one whose scene is there, or within it, then it may', () => {
      for (const where of [place, taproom]) {
        const head = headOf(having(there, by(openScene, { place: where })))
        expect(remembered({ head }, leak)).toHaveLength(1)
      }
    })

    test('given one who is elsewhere, then it may not', () => {
      const gone = having(there, by(openScene, { place: taproom }), by(leaveScene, { entity: jon }))
      for (const state of [there, having(there, by(openScene, {})), gone])
        expect(remembered({ head: headOf(state) }, leak)).toEqual([])
    })
  })

  test('holds for what was told along as well, which is before them all', () => {
    const [whisper, aloud] = said
    if (!whisper || !aloud) throw new Error('nothing said')
    expect(remembered({ lines: [aloud], context: [whisper] }, { ...leak, lines: [1] })).toEqual([])
  })

  test('names are in everybody’s mouth', () => {
    const named = [line('l1', adaHerself, '"Mira, Jon!"', [adaHerself, mira]), ...said.slice(1)]
    expect(remembered({ lines: named }, memory('Jon', 'Ada called Jon, not Mira.'))).toHaveLength(1)
  })
})

test('whoever may not have a text remembers what they perceived', () => {
  const decision = settled(
    { memories: [memory('Jon', 'Jon knows of the vial.')] },
    { lines: [...said, line('l3', NARRATOR, 'Rain.', [NARRATOR, mira])] },
  )
  expect(bodiesOf(decision, all(decision, 'memory.formed'))).toContainEqual({
    owner: jon,
    body: 'Ada: "Supper is ready, Jon."',
  })
})
