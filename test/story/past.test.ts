import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEvent } from '../../src/story/event.ts'
import { leave, wholePast } from '../../src/story/past.ts'
import { evolve } from '../../src/story/state.ts'
import { told } from './given.ts'

describe('the turns that prompts no longer hold', () => {
  test('are none at first', () => expect(told.past).toEqual({ left: 0 }))

  test('are those up to the newest that was left', () =>
    expect(evolve(told, { type: 'past.left', data: { to: 7 } }).past).toEqual({ left: 7 }))

  test('never come back by leaving older ones', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99 })), (stretches) => {
        const left = stretches.reduce((past, to) => leave(past, { to }), wholePast)
        expect(left).toEqual({ left: Math.max(0, ...stretches) })
      }),
    )
  })
})

describe('a summary', () => {
  const data = {
    ...{ text: 't', from: 1, to: 4, level: 0, replaces: [], lines: ['l'] },
    owners: [{ owner: 'mira', summary: 's' }],
  }

  test('changes nothing that is true of a story: it is a row', () =>
    expect(evolve(told, { type: 'past.summarised', data })).toBe(told))

  test('is somebody’s, and of turns that there were', () => {
    expect(parseEvent('past.summarised', 1, data)).toMatchObject({ data })
    expect(() => parseEvent('past.summarised', 1, { ...data, owners: [] })).toThrow()
    expect(() => parseEvent('past.summarised', 1, { ...data, from: 0 })).toThrow()
    expect(() => parseEvent('past.left', 1, { to: 0 })).toThrow()
  })
})
