import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { characterIn } from '../../src/story/cast.ts'
import { fail } from '../../src/story/decide.ts'
import { diffStates, isEmpty, noDifference, type StateDiff } from '../../src/story/diff.ts'
import { edgeBetween } from '../../src/story/edge.ts'
import { pinMemory } from '../../src/story/edit/memory.ts'
import {
  clearPersona,
  createCharacter,
  reviseCharacter,
  setEdge,
  shiftEdge,
  summariseEdge,
} from '../../src/story/edit/people.ts'
import * as world from '../../src/story/edit/world.ts'
import { emptyState, fold, type StoryState } from '../../src/story/state.ts'
import { anyEvent } from './arbitrary.ts'
import { ada, adaHerself, by, having, jon, mira, newId, type Step, told } from './given.ts'
import { anyMove, made } from './walk.ts'

/** What differs once these steps are made, and nothing else. */
const diffAfter = (from: StoryState, ...steps: readonly Step[]) => diffStates(from, having(from, ...steps))
const only = (differing: Partial<StateDiff>): StateDiff => ({ ...noDifference, ...differing })

const inCellar = having(told, by(world.addPlace, { name: 'Cellar', type: 'room' }))
const cellar = inCellar.places[0]
if (!cellar) throw new Error('there is no cellar')
const met = having(
  inCellar,
  by(world.openScene, { place: cellar.place, participants: [mira] }),
  by(world.setActivity, { entity: mira, activity: { posture: 'sitting', holding: ['a lamp', 'a rope'] } }),
)

describe('two states', () => {
  test('that are alike do not differ', () => {
    expect(diffStates(met, structuredClone(met))).toEqual(noDifference)
    expect(isEmpty(diffStates(met, met))).toBe(true)
  })

  test('given a premise in one alone, then it says so', () => {
    expect(diffStates({ ...told, premise: null }, told)).toEqual(
      only({ premise: { one: null, other: told.premise } }),
    )
  })

  test('given someone who is in one alone, then it says who', () => {
    const joined = having(told, by(createCharacter, { name: 'Lea' }))
    const lea = joined.cast.characters[2]
    expect(diffStates(told, joined).cast).toEqual({
      characters: [{ one: null, other: lea }],
      personas: [],
    })
    expect(diffAfter(told, by(clearPersona, { player: ada.id })).cast).toEqual({
      characters: [],
      personas: [{ one: told.cast.personas[0], other: null }],
    })
  })

  test('given someone who was revised, then it says how they are in each', () => {
    const revised = having(told, by(reviseCharacter, { character: mira, traits: 'Dry.' }))
    const [before, then] = [characterIn(told.cast, mira), characterIn(revised.cast, mira)]
    expect(diffStates(told, revised)).toEqual({
      ...noDifference,
      cast: { characters: [{ one: before, other: then }], personas: [] },
    })
  })

  test('given places that were added, changed and removed, then it says which', () => {
    expect(diffStates(told, inCellar)).toEqual(only({ places: [{ one: null, other: cellar }] }))
    expect(diffStates(inCellar, told)).toEqual(only({ places: [{ one: cellar, other: null }] }))
    expect(diffAfter(inCellar, by(world.changePlace, { place: cellar.place, name: 'Vault' }))).toEqual(
      only({ places: [{ one: cellar, other: { ...cellar, name: 'Vault' } }] }),
    )
  })

  test('given a scene in one alone, then it says where, and who is in it', () => {
    const { scene } = diffAfter(inCellar, by(world.openScene, { place: cellar.place, participants: [mira] }))
    expect(scene).toEqual({
      number: { one: 0, other: 1 },
      open: { one: false, other: true },
      place: { one: null, other: cellar.place },
      participants: [{ one: null, other: { entity: mira, place: null } }],
    })
  })

  test('given that one moved within a scene, then it says from where to where', () => {
    const wider = having(met, by(world.addPlace, { name: 'Shelf', type: 'nook', parent: cellar.place }))
    const shelf = wider.places[1]?.place ?? ''
    const moved = [{ one: { entity: mira, place: null }, other: { entity: mira, place: shelf } }]
    expect(diffAfter(wider, by(world.joinScene, { entity: mira, place: shelf }))).toEqual(
      only({ scene: { ...noDifference.scene, participants: moved } }),
    )
  })

  test('given what someone does in one alone, then it says what', () => {
    expect(diffStates(met, { ...met, activities: [] }).activities).toMatchObject([
      { one: { entity: mira, posture: 'sitting' }, other: null },
    ])
  })

  test('given another time and weather, then it says both', () => {
    const minutes = told.clock.minutes
    expect(
      diffAfter(told, by(world.advanceClock, { minutes: 30 }), by(world.changeWeather, { weather: 'rain' })),
    ).toEqual(
      only({
        clock: {
          minutes: { one: minutes, other: minutes + 30 },
          anchor: null,
          weather: { one: null, other: 'rain' },
        },
      }),
    )
  })

  test('given a feeling in one alone, then the other is neutral', () => {
    const felt = having(
      told,
      by(setEdge, { from: mira, to: jon, trust: 90 }),
      by(summariseEdge, { from: mira, to: jon, summary: 'Old friends.' }),
    )
    const { summary } = edgeBetween(felt.edges, mira, jon)
    expect(diffStates(told, felt)).toEqual(
      only({
        edges: [
          {
            ...{ from: mira, to: jon },
            one: { affinity: 50, trust: 50, summary: null },
            other: { affinity: 50, trust: 90, summary },
          },
        ],
      }),
    )
  })

  test('given a feeling that came back to neutral, then nothing differs', () => {
    const back = having(
      told,
      by(setEdge, { from: mira, to: adaHerself, trust: 90 }),
      by(setEdge, { from: mira, to: adaHerself, trust: 50 }),
    )
    expect(back.edges).toHaveLength(1)
    expect(diffStates(told, back)).toEqual(noDifference)
  })

  test('given a pin in one alone, then it says whose', () => {
    const pin = { memory: 'm1', owner: mira, how: 'manual' as const }
    expect(diffAfter(told, by(pinMemory, pin))).toEqual(only({ pins: [{ one: null, other: pin }] }))
  })

  test('by what someone came to feel so is none of it', () => {
    const line = { id: 'line7', witnesses: [mira, jon] }
    const shifted = (reason: string, id: string) => {
      const shift = { from: mira, to: jon, affinity: 5, trust: 0, line: { ...line, id }, reason }
      return having(told, by(shiftEdge, shift))
    }
    const [one, other] = [shifted('He sang.', 'line7'), shifted('He came back.', 'line8')]
    expect(one.edges).not.toEqual(other.edges)
    expect(diffStates(one, other)).toEqual(noDifference)
  })

  test('what is still to be told of scenes and characters is none of it', () => {
    const untold = [{ scene: 1, from: 1, to: 1 }]
    expect(diffStates(told, { ...told, scene: { ...told.scene, untold }, evolved: 10 })).toEqual(noDifference)
  })

  test('how the newest turn went is none of it', () => {
    const failed = having({ ...told, turn: { ...told.turn, phase: 'open' } }, (state) =>
      fail(state, 'stalled', newId),
    )
    expect(failed.turn).not.toEqual(told.turn)
    expect(diffStates(told, failed)).toEqual(noDifference)
  })
})

/** The same difference, seen from the other side. */
const mirrored = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(mirrored)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(([key, field]) => [key, mirrored(field)] as const)
  const swapped: Readonly<Record<string, string>> = { one: 'other', other: 'one' }
  return Object.fromEntries(
    fields.map(([key, field]) => ['one' in value ? (swapped[key] ?? key) : key, field]),
  )
}

const reversed = (state: StoryState): StoryState => ({
  ...state,
  cast: { characters: state.cast.characters.toReversed(), personas: state.cast.personas.toReversed() },
  places: state.places.toReversed(),
  scene: {
    ...state.scene,
    open: state.scene.open && {
      ...state.scene.open,
      participants: state.scene.open.participants.toReversed(),
    },
  },
  activities: state.activities
    .toReversed()
    .map((activity) => ({ ...activity, holding: activity.holding.toReversed() })),
  edges: state.edges.toReversed(),
  pins: state.pins.toReversed(),
})

/** A value as text, in which no order shows. */
const unordered = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(unordered).sort()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, field]) => `${key}:${unordered(field)}`)
    .sort()}}`
}

/** What is true in a state: no order, no neutral edges, nothing of how it came about. */
const truth = ({ turn, arrivals, resets, past, settled, evolved, scene, ...state }: StoryState): string =>
  unordered({
    ...state,
    activities: state.activities.map(({ seen, ...activity }) => activity),
    scene: { number: scene.number, open: scene.open && { ...scene.open, since: 0 } },
    edges: state.edges
      .map(({ lastTurn, reason, ...edge }) => edge)
      .filter(({ affinity, trust, summary }) => affinity !== 50 || trust !== 50 || summary !== null),
  })

const walked = (steps: readonly Parameters<typeof made>[1][], from: StoryState) =>
  steps.reduce((state, step) => made(state, step)?.state ?? state, from)

const anyWalk = fc.array(anyMove(), { minLength: 5, maxLength: 60, size: 'max' })

/** Two states of one story: what was the same for a while, and how it went on in each. */
const anyFork = fc.tuple(anyWalk, anyWalk, anyWalk).map(([common, one, other]) => {
  const fork = walked(common, told)
  return [walked(one, fork), walked(other, fork)] as const
})
const anyTwo = fc
  .tuple(fc.array(anyEvent, { maxLength: 40 }), fc.array(anyEvent, { maxLength: 40 }))
  .map(([one, other]) => [fold(one), fold(other)] as const)

describe.each([
  ['branches of a story', anyFork],
  ['states of whatever events', anyTwo],
])('any two %s', (_, anyStates) => {
  test('differ the same way from either side', () => {
    fc.assert(
      fc.property(anyStates, ([one, other]) => {
        expect(diffStates(other, one)).toEqual(mirrored(diffStates(one, other)))
      }),
    )
  })

  test('do not differ from themselves, nor from themselves read back from the store', () => {
    fc.assert(
      fc.property(anyStates, ([one]) => {
        expect(diffStates(one, one)).toEqual(noDifference)
        expect(diffStates(one, JSON.parse(JSON.stringify(one)))).toEqual(noDifference)
      }),
    )
  })

  test('differ the same, in whatever order their lists are', () => {
    fc.assert(
      fc.property(anyStates, ([one, other]) => {
        expect(diffStates(one, reversed(one))).toEqual(noDifference)
        expect(diffStates(reversed(one), other)).toEqual(diffStates(one, other))
      }),
    )
  })

  test('differ exactly when something else is true', () => {
    fc.assert(
      fc.property(anyStates, ([one, other]) => {
        expect(isEmpty(diffStates(one, other))).toBe(truth(one) === truth(other))
      }),
    )
  })
})

test('after any one move, there is a difference exactly when something else is true', () => {
  const seen = new Set<boolean>()
  fc.assert(
    fc.property(anyWalk, anyMove(), (steps, step) => {
      const before = walked(steps, told)
      const then = made(before, step)?.state ?? before
      const same = truth(before) === truth(then)
      seen.add(same)
      expect(isEmpty(diffStates(before, then))).toBe(same)
    }),
    { numRuns: 500 },
  )
  expect(seen).toEqual(new Set([true, false]))
})

test('nothing differs from nothing', () => expect(diffStates(emptyState, emptyState)).toEqual(noDifference))
