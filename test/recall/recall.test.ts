import { describe, expect, test } from 'vitest'
import { questionOf } from '../../src/recall/question.ts'
import { type Brought, factsInMind, inMind, RECALLED } from '../../src/recall/recall.ts'

const aMemory = (memory: string, score = 1): Brought => ({
  ...{ memory, toldBy: null, body: `About ${memory}.`, score, cues: ['about'] },
})
const many = Array.from({ length: 20 }, (_, nth) => aMemory(`memory ${nth}`, 20 - nth))
const question = (text: string) =>
  questionOf({ texts: [{ text, weight: 1 }], cast: [], now: { minutes: 0, anchor: undefined } })

describe('what comes to mind', () => {
  test('is all that is pinned, and then what was brought up, the best first', () => {
    expect(inMind([aMemory('oath')], [aMemory('key'), aMemory('fog')])).toMatchObject([
      { memory: 'oath', how: 'pinned', cues: [] },
      { memory: 'key', how: 'recalled', cues: ['about'] },
      { memory: 'fog', how: 'recalled' },
    ])
  })

  test('are four beside those that are pinned, and as many further ones for whom there is room', () => {
    const hows = inMind(many.slice(0, 2), many).map(({ how }) => how)
    expect(RECALLED).toBe(4)
    expect(hows).toEqual([
      ...Array(2).fill('pinned'),
      ...Array(RECALLED).fill('recalled'),
      ...Array(4).fill('further'),
    ])
  })

  test('is as much as is set: none but the pins, where that is none', () => {
    expect(inMind(many.slice(0, 1), many, 0).map(({ how }) => how)).toEqual(['pinned'])
    expect(inMind([], many, 7).filter(({ how }) => how === 'recalled')).toHaveLength(7)
  })

  test('is there once: what is pinned is not recalled as well', () => {
    expect(inMind([aMemory('key')], [aMemory('key'), aMemory('fog')]).map(({ memory }) => memory)).toEqual([
      'key',
      'fog',
    ])
  })
})

describe('what is known', () => {
  const facts = (...bodies: string[]) => bodies.map((body) => ({ body }))

  test('is what bears on what is asked, in any form of its words, and then what is newest', () => {
    const known = factsInMind(
      facts('Ada smuggles salt.', 'The inn burnt down.', 'It rains.'),
      question('smuggling salt'),
    )
    expect(known).toMatchObject([
      { body: 'Ada smuggles salt.', cues: ['smuggl', 'salt'] },
      { body: 'It rains.', cues: [] },
      { body: 'The inn burnt down.' },
    ])
  })

  test('are twelve facts, of which six stand however little room there is', () => {
    const known = factsInMind(
      facts(...Array.from({ length: 30 }, (_, nth) => `Fact ${nth}.`)),
      question('fact'),
    )
    expect(known.map(({ how }) => how)).toEqual([...Array(6).fill('recalled'), ...Array(6).fill('further')])
  })
})
