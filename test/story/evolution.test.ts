import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { resetStory } from '../../src/story/edit/reset.ts'
import { parseEvent } from '../../src/story/event.ts'
import { ARC, arcDue } from '../../src/story/evolution.ts'
import { evolve } from '../../src/story/state.ts'
import { by, having, mira, told } from './given.ts'

const change = { character: mira, text: 't', line: 'l', turn: 4, scene: 1, place: null, lines: ['k', 'l'] }
const later = { ...told, turn: { ...told.turn, number: 30 } }
const evolved = (from: number, to: number) => ({
  type: 'cast.evolved' as const,
  data: { from, to, changes: [change] },
})

describe('how characters changed', () => {
  test('given nothing was looked at, no turn is', () => expect(told.evolved).toBe(0))

  test('when it is told of some turns, the state has up to which; the changes are rows', () =>
    expect(evolve(later, evolved(1, 10))).toEqual({ ...later, evolved: 10 }))

  test('when it is told of older turns, what was looked at stays so', () =>
    expect(evolve(evolve(later, evolved(11, 20)), evolved(1, 10)).evolved).toBe(20))

  test('when it is told of turns that are still to come, those stay to be looked at', () =>
    expect(evolve(later, evolved(1, 1e15)).evolved).toBe(30))

  test('given a story that began anew, it is looked at from there on; given one character did, as before', () => {
    const before = { ...told, turn: { ...told.turn, number: 14 }, evolved: 10 }
    expect(having(before, by(resetStory, { scope: 'story' })).evolved).toBe(14)
    expect(having(before, by(resetStory, { scope: 'character', character: mira })).evolved).toBe(10)
  })

  test('is somebody’s, by a line of a turn that there was', () => {
    expect(parseEvent('cast.evolved', 1, evolved(1, 10).data)).toEqual(evolved(1, 10))
    const { lines: _, ...before } = change
    const old = { from: 1, to: 10, changes: [before] }
    expect(parseEvent('cast.evolved', 1, old).data).toEqual({ ...old, changes: [{ ...before, lines: [] }] })
    const data = (more: object) => ({ from: 1, to: 10, changes: [{ ...change, ...more }] })
    for (const wrong of [
      { character: '' },
      { line: null },
      { turn: 0 },
      { scene: 0 },
      { text: null },
      { lines: [''] },
    ])
      expect(() => parseEvent('cast.evolved', 1, data(wrong))).toThrow()
    expect(() => parseEvent('cast.evolved', 1, { ...evolved(0, 10).data })).toThrow()
  })
})

describe('the arc that is to be looked at', () => {
  test.each([
    ['there is none before ten turns are over', 0, 9, undefined],
    ['it is the first ten turns', 0, 10, { from: 1, to: 10 }],
    ['it is the same while it waits', 0, 19, { from: 1, to: 10 }],
    ['it is the next ten after that', 10, 20, { from: 11, to: 20 }],
    ['there is none until those are over', 10, 19, undefined],
    ['it begins where the story began anew', 14, 24, { from: 15, to: 24 }],
    ['it is the oldest of three that wait', 0, 39, { from: 1, to: 10 }],
    ['it is none of those before the last three', 0, 40, { from: 11, to: 20 }],
    ['there is none where the story went back', 20, 12, undefined],
  ])('%s', (_, lookedAt, turn, due) => expect(arcDue(lookedAt, turn)).toEqual(due))

  test('is over, was not looked at, and a few of them later nothing waits', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (lookedAt, turn) => {
        let newest = lookedAt
        let arcs = 0
        for (let arc = arcDue(newest, turn); arc; arc = arcDue(newest, turn)) {
          expect(arc.to - arc.from + 1).toBe(ARC)
          expect(arc.from).toBeGreaterThan(newest)
          expect(arc.to).toBeLessThanOrEqual(turn)
          newest = arc.to
          arcs += 1
        }
        expect(arcs).toBeLessThanOrEqual(3)
        expect(turn - newest).toBeLessThan(ARC)
      }),
    )
  })
})
