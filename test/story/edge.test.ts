import { describe, expect, test } from 'vitest'
import { edgeBetween } from '../../src/story/edge.ts'
import { clearPersona, setEdge, shiftEdge, summariseEdge } from '../../src/story/edit/people.ts'
import { textsIn } from '../../src/story/state.ts'
import { accepted, ada, adaHerself, by, having, jon, mira, told, wordsIn } from './given.ts'

const line = { id: 'line7', witnesses: ['narrator', mira, adaHerself] }
const shifted = (affinity: number, trust: number) =>
  by(shiftEdge, { from: mira, to: adaHerself, affinity, trust, line })
const feelings = (state: typeof told, from = mira, to = adaHerself) => {
  const { affinity, trust } = edgeBetween(state.edges, from, to)
  return [affinity, trust]
}

describe('edges', () => {
  test('nobody feels anything yet', () => {
    expect(told.edges).toEqual([])
    expect(edgeBetween(told.edges, mira, jon)).toEqual({
      ...{ from: mira, to: jon, affinity: 50, trust: 50, summary: null, lastTurn: null, reason: null },
    })
  })

  test('given a line, when it shifts a feeling, then the event says which line, and the edge which turn', () => {
    const { events, state } = accepted(shifted(5, -3)(told))
    expect(events).toEqual([
      {
        type: 'edge.shifted',
        data: { from: mira, to: adaHerself, affinity: 5, trust: -3, line: 'line7', reason: null },
      },
    ])
    expect(state.edges).toEqual([
      { from: mira, to: adaHerself, affinity: 55, trust: 47, summary: null, lastTurn: 1, reason: null },
    ])
  })

  test('given a reason, when a line shifts a feeling, then the edge says why, until something else does', () => {
    const shift = { from: mira, to: adaHerself, affinity: 5, trust: 0, line }
    const why = accepted(by(shiftEdge, { ...shift, reason: ' She kept her word. ' })(told))
    const [text] = why.texts
    expect(wordsIn(why)).toEqual(['She kept her word.'])
    expect(why.events).toMatchObject([{ data: { reason: text?.id } }])
    const reasonIn = (state: typeof told) => edgeBetween(state.edges, mira, adaHerself).reason
    expect(reasonIn(why.state)).toBe(text?.id)
    expect(textsIn(why.state)).toContain(text?.id)
    expect(reasonIn(having(why.state, by(shiftEdge, shift)))).toBeNull()
    expect(reasonIn(having(why.state, by(setEdge, { from: mira, to: adaHerself, trust: 9 })))).toBeNull()
    const said = by(summariseEdge, { from: mira, to: adaHerself, summary: 'Friends.' })
    expect(reasonIn(having(why.state, said))).toBe(text?.id)
  })

  test('it goes one way', () => {
    expect(feelings(having(told, shifted(5, 5)), adaHerself, mira)).toEqual([50, 50])
  })

  test('one line changes a feeling by at most 15, in whole steps', () => {
    const { events } = accepted(shifted(1e9, -15.4)(told))
    expect(events).toMatchObject([{ data: { affinity: 15, trust: -15 } }])
  })

  test('feelings stay between 0 and 100', () => {
    const many = Array.from({ length: 5 }, () => shifted(15, -15))
    expect(feelings(having(told, ...many))).toEqual([100, 0])
  })

  test('given an edge, when it is set by hand, then the event holds what it was, and it is no interaction', () => {
    const { events, state } = accepted(by(setEdge, { from: mira, to: jon, trust: 90 })(told))
    const ends = { from: mira, to: jon }
    expect(events).toEqual([
      {
        type: 'edge.set',
        data: { ...ends, affinity: 50, trust: 90, before: { affinity: 50, trust: 50 } },
      },
    ])
    expect(state.edges).toEqual([
      { ...ends, affinity: 50, trust: 90, summary: null, lastTurn: null, reason: null },
    ])
  })

  test('given an edge, when it is summarised, then the event holds what it was', () => {
    const said = (summary: string | null) => by(summariseEdge, { from: mira, to: jon, summary })
    const first = accepted(said('Old friends.')(told))
    expect(wordsIn(first)).toEqual(['Old friends.'])
    const { events, state } = accepted(said(null)(first.state))
    expect(events).toEqual([
      {
        type: 'edge.summarised',
        data: { from: mira, to: jon, summary: null, before: first.texts[0]?.id, lines: [] },
      },
    ])
    expect(edgeBetween(state.edges, mira, jon).summary).toBeNull()
  })

  test('given lines, when an edge is summarised on them, then the event says which; who feels it heard them all', () => {
    const summary = { from: mira, to: jon, summary: 'Old friends.' }
    const { events } = accepted(
      by(summariseEdge, { ...summary, lines: [line, { ...line, id: 'line8' }] })(told),
    )
    expect(events).toMatchObject([{ data: { lines: ['line7', 'line8'] } }])
    const unheard = { ...line, id: 'line9', witnesses: [jon] }
    expect(by(summariseEdge, { ...summary, lines: [line, unheard] })(told)).toEqual({
      refused: 'not_witnessed',
    })
  })

  test('given a persona, when its player drops it, then its edges go, both ways', () => {
    const felt = having(
      told,
      shifted(5, 5),
      by(setEdge, { from: adaHerself, to: jon, trust: 90 }),
      by(setEdge, { from: mira, to: jon, trust: 90 }),
      by(clearPersona, { player: ada.id }),
    )
    expect(felt.edges.map(({ from, to }) => [from, to])).toEqual([[mira, jon]])
  })

  test.each([
    ['the narrator', 'narrator'],
    ['a person who plays', ada.id],
    ['nobody', 'nobody'],
  ])('an edge to or from %s is refused', (_who, other) => {
    const refused = { refused: 'unknown_entity' }
    const wide = { id: 'line7', witnesses: [mira, other] }
    for (const [from, to] of [
      [mira, other],
      [other, mira],
    ] as const) {
      expect(by(shiftEdge, { from, to, affinity: 1, trust: 1, line: wide })(told)).toEqual(refused)
      expect(by(setEdge, { from, to, trust: 1 })(told)).toEqual(refused)
      expect(by(summariseEdge, { from, to, summary: 'x' })(told)).toEqual(refused)
    }
  })

  test('what rests on nothing that was witnessed, is nothing new or out of bounds is refused', () => {
    const unheard = { from: jon, to: mira, affinity: 5, trust: 5, line }
    expect(by(shiftEdge, unheard)(told)).toEqual({ refused: 'not_witnessed' })
    expect(shifted(0.2, -0.2)(told)).toEqual({ refused: 'nothing_changed' })
    expect(shifted(Number.NaN, 1)(told)).toEqual({ refused: 'malformed', fields: ['affinity'] })
    const toSelf = { refused: 'edge_to_self' }
    expect(by(shiftEdge, { from: mira, to: mira, affinity: 1, trust: 1, line })(told)).toEqual(toSelf)
    expect(by(setEdge, { from: mira, to: mira, trust: 1 })(told)).toEqual(toSelf)
    expect(by(summariseEdge, { from: mira, to: mira, summary: 'x' })(told)).toEqual(toSelf)
    const nothing = { refused: 'nothing_changed' }
    expect(by(setEdge, { from: mira, to: jon })(told)).toEqual(nothing)
    expect(by(setEdge, { from: mira, to: jon, affinity: 50 })(told)).toEqual(nothing)
    expect(by(summariseEdge, { from: mira, to: jon, summary: null })(told)).toEqual(nothing)
    const malformed = { refused: 'malformed', fields: ['trust'] }
    expect(by(setEdge, { from: mira, to: jon, trust: 101 })(told)).toEqual(malformed)
  })
})
