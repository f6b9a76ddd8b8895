import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LAST_MINUTE } from '../../src/story/clock.ts'
import { EVENT_VERSION, eventSchemas, parseEvent } from '../../src/story/event.ts'
import { PIN_LIMIT, pinsOf } from '../../src/story/memory.ts'
import { PLACE_LIMIT, pathOf } from '../../src/story/place.ts'
import { emptyState, evolve, fold, type StoryState } from '../../src/story/state.ts'
import { witnessesOf } from '../../src/story/witness.ts'
import { anyEvent } from './arbitrary.ts'
import { told } from './given.ts'
import { anyMove, made, moveNames } from './walk.ts'

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value))

const expectFeelingsAndTimeInBounds = ({ edges, clock }: StoryState) => {
  for (const feeling of edges.flatMap(({ affinity, trust }) => [affinity, trust])) {
    expect(feeling).toBeGreaterThanOrEqual(0)
    expect(feeling).toBeLessThanOrEqual(100)
  }
  expect(clock.minutes).toBeGreaterThanOrEqual(0)
  expect(clock.minutes).toBeLessThanOrEqual(LAST_MINUTE)
}

/** What no edit ever lets happen. */
const expectConsistent = (state: StoryState) => {
  const { cast, places, scene, activities, edges, pins } = state
  const members = [...cast.characters.map((c) => c.character), ...cast.personas.map((p) => p.persona)]
  expect(places.length).toBeLessThanOrEqual(PLACE_LIMIT)
  for (const { place, parent } of places) {
    expect(pathOf(places, place).at(-1)?.place).toBe(place)
    expect(parent === null || places.some((other) => other.place === parent)).toBe(true)
  }
  const within = [scene.open?.place ?? null, ...(scene.open?.participants.map(({ place }) => place) ?? [])]
  for (const place of within)
    expect(place === null || places.some((known) => known.place === place)).toBe(true)
  for (const entity of [
    ...(scene.open?.participants ?? []).map((participant) => participant.entity),
    ...activities.map((activity) => activity.entity),
    ...edges.flatMap(({ from, to }) => [from, to]),
    ...pins.map(({ owner }) => owner),
  ])
    expect(members).toContain(entity)
  for (const member of members) {
    expect(pinsOf(pins, member).length).toBeLessThanOrEqual(PIN_LIMIT)
    expect(witnessesOf(state, member, 'dialogue')).toContain(member)
  }
  for (const { from, to } of edges) expect(from).not.toBe(to)
}

describe('any events at all', () => {
  test('every kind is generated, and reads back as it was written', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(anyEvent, (event) => {
        seen.add(event.type)
        expect(parseEvent(event.type, EVENT_VERSION, throughJson(event.data))).toEqual(event)
      }),
      { numRuns: 2000 },
    )
    expect(seen).toEqual(new Set(Object.keys(eventSchemas)))
  })

  test('fold to a state whose numbers are in bounds and that survives JSON', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 80 }), (events) => {
        const state = fold(events)
        expectFeelingsAndTimeInBounds(state)
        expect(throughJson(state)).toEqual(state)
        for (const speaker of ['narrator', 'a', '__proto__'])
          expect(witnessesOf(state, speaker, 'dialogue')).toContain(speaker)
      }),
      { numRuns: 500 },
    )
  })

  test('no event changes the state that it was applied to', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 30 }), anyEvent, (events, event) => {
        const state = fold(events)
        const before = throughJson(state)
        evolve(state, event)
        expect(state).toEqual(before)
      }),
    )
  })
})

describe('any moves that are accepted', () => {
  test('come to the fold of their events, which read back from the log', () => {
    const accepted = new Set<string>()
    fc.assert(
      fc.property(fc.array(anyMove(), { minLength: 60, maxLength: 160 }), (steps) => {
        let state = told
        for (const step of steps) {
          const decision = made(state, step)
          if (!decision) continue
          accepted.add(step[0])
          const read = decision.events.map(({ type, data }) =>
            parseEvent(type, EVENT_VERSION, throughJson(data)),
          )
          expect(read).toEqual(decision.events)
          expect(fold(read, state)).toEqual(decision.state)
          expect(decision.turn).toBe(decision.state.turn.number)
          state = decision.state
        }
        expectFeelingsAndTimeInBounds(state)
        expectConsistent(state)
        expect(throughJson(state)).toEqual(state)
      }),
      { numRuns: 200 },
    )
    expect(accepted).toEqual(new Set(moveNames))
  })
})

test('the state’s size follows the cast, not the length of the story', () => {
  const growing = ['create', 'add']
  const emptying = ['clear', 'remove', 'reset']
  const lasting = moveNames.filter((name) => ![...growing, ...emptying].includes(name))
  const steps = fc.sample(anyMove(lasting), { seed: 7, numRuns: 20_000 })
  const cast = fc.sample(anyMove(['create', 'add']), { seed: 7, numRuns: 8 })
  let state = cast.reduce((at, step) => made(at, step)?.state ?? at, told)
  const sizes = steps.map((step) => {
    state = made(state, step)?.state ?? state
    return JSON.stringify(state).length
  })
  const most = (from: number, to: number) => Math.max(...sizes.slice(from, to))
  expect(state.turn.number).toBeGreaterThan(300)
  expect(most(10_000, 20_000)).toBeLessThan(most(2000, 8000) * 1.1)
  expect(most(0, 20_000)).toBeLessThan(48 * 1024)
})

test('a new story is empty, and survives JSON', () => expect(throughJson(emptyState)).toEqual(emptyState))
