import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Candidate, factsInMind, RECALLED, recall } from '../../src/recall/recall.ts'
import type { Pins } from '../../src/story/memory.ts'

const aMemory = (body: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ memory: body, owner: 'mira', significance: 1, minutes: 0, body, turn: 10 },
  ...more,
})
const pinsOn = (...memories: readonly string[]): Pins =>
  memories.map((memory) => ({ memory, owner: 'mira', how: 'manual' }))
const recalled = (candidates: readonly Candidate[], said = '', pins: Pins = [], now = 10) =>
  recall('mira', candidates, pins, said, now)
const bodies = (...of: Parameters<typeof recalled>) => recalled(...of).map(({ body }) => body)

describe('what comes to mind', () => {
  test('is what was said brings up, the best first, and why', () => {
    const candidates = [
      aMemory('Fog came in.'),
      aMemory('Jon hid the silver key.'),
      aMemory('A silver spoon.'),
    ]
    expect(
      recalled(candidates, 'Where is the silver KEY, the key of silver, that Jon hid there?'),
    ).toMatchObject([
      { body: 'Jon hid the silver key.', how: 'recalled', cues: ['silver'] },
      { body: 'A silver spoon.', cues: ['silver'] },
      { body: 'Fog came in.', cues: [] },
    ])
  })

  test('is, of what is as near, what mattered more, and then what is newer', () => {
    expect(
      bodies([
        aMemory('dull', { significance: 0 }),
        aMemory('old', { turn: 1 }),
        aMemory('new'),
        aMemory('grave', { significance: 2, turn: 1 }),
      ]),
    ).toEqual(['grave', 'new', 'old', 'dull'])
  })

  test('its score adds up from its cues, its significance and how lately it was', () => {
    const [best] = recalled(
      [aMemory('The silver boat.', { significance: 2, turn: 10 })],
      'silver boat',
      [],
      30,
    )
    expect(best?.score).toBeCloseTo(2 + 2 + 0.5)
  })

  test('is what is pinned, before all else and however dull', () => {
    const candidates = [
      aMemory('The silver key.', { significance: 3 }),
      aMemory('An oath.', { significance: 0, turn: 1 }),
    ]
    expect(recalled(candidates, 'silver', pinsOn('An oath.'))).toMatchObject([
      { body: 'An oath.', how: 'pinned' },
      { body: 'The silver key.', how: 'recalled' },
    ])
  })

  test('are four beside those that are pinned, and as many further ones for whom there is room', () => {
    const many = Array.from({ length: 20 }, (_, nth) => aMemory(`memory ${nth}`, { turn: 20 - nth }))
    const hows = recalled(many, '', pinsOn('memory 18', 'memory 19')).map(({ how }) => how)
    expect(RECALLED).toBe(4)
    expect(hows).toEqual([
      ...Array(2).fill('pinned'),
      ...Array(RECALLED).fill('recalled'),
      ...Array(4).fill('further'),
    ])
  })

  test('is one’s own: not what others remember, nor by their pins', () => {
    const theirs = aMemory('The silver key.', { owner: 'jon' })
    expect(bodies([theirs, aMemory('Fog.')], 'silver')).toEqual(['Fog.'])
    expect(recalled([aMemory('Fog.')], '', [{ memory: 'Fog.', owner: 'jon', how: 'manual' }])).toMatchObject([
      { how: 'recalled' },
    ])
  })

  test('words are heard in any script and any case, and the smallest do not count', () => {
    expect(recalled([aMemory('Der Schlüssel liegt im Boot.')], 'SCHLÜSSEL im Boot')).toMatchObject([
      { cues: ['schlüssel', 'boot'] },
    ])
  })
})

describe('what is known', () => {
  const bodiesOf = (facts: readonly string[], said = '') =>
    factsInMind(
      facts.map((body) => ({ body })),
      said,
    ).map(({ body }) => body)

  test('comes to mind by what was said, then the newest first, and says why', () => {
    const facts = ['Jon smuggles salt.', 'The tide is late.', 'Fog is dear.']
    expect(bodiesOf(facts, '“Salt, Jon?”')).toEqual([
      'Jon smuggles salt.',
      'Fog is dear.',
      'The tide is late.',
    ])
    expect(factsInMind([{ body: 'Jon smuggles salt.' }], 'salt')).toEqual([
      { body: 'Jon smuggles salt.', how: 'recalled', cues: ['salt'], score: 2 },
    ])
  })

  test('is twelve at a time, however much there is: six of them where there is little room', () => {
    const facts = Array.from({ length: 300 }, (_, nth) => `Crate ${nth} is full.`)
    const inMind = factsInMind(
      facts.map((body) => ({ body })),
      'Is it?',
    )
    expect(inMind.map(({ how }) => how)).toEqual([...Array(6).fill('recalled'), ...Array(6).fill('further')])
    expect(inMind[0]?.body).toBe('Crate 299 is full.')
  })
})

describe('whatever there is to remember', () => {
  const word = fc.constantFrom('silver', 'boat', 'key', 'lamp', 'Mira', 'fog')
  const someCandidates = fc.uniqueArray(
    fc.record({
      memory: fc.uuid(),
      owner: fc.constantFrom('mira', 'jon'),
      significance: fc.integer({ min: 0, max: 3 }),
      minutes: fc.nat(),
      body: fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')),
      turn: fc.integer({ min: 1, max: 40 }),
    }),
    { selector: ({ memory }) => memory, maxLength: 30 },
  )
  const said = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '))

  test('the same comes to mind each time, and nothing twice', () => {
    fc.assert(
      fc.property(someCandidates, said, (candidates, words) => {
        const pins = pinsOn(...candidates.slice(0, 2).map(({ memory }) => memory))
        const once = recalled(candidates, words, pins, 40)
        expect(recalled(candidates, words, pins, 40)).toEqual(once)
        expect(new Set(once.map(({ memory }) => memory)).size).toBe(once.length)
        expect(once.every(({ owner }) => owner === 'mira')).toBe(true)
      }),
    )
  })

  test('nothing that is left out would have come before what is there', () => {
    fc.assert(
      fc.property(someCandidates, said, (candidates, words) => {
        const there = recalled(candidates, words, [], 40)
        const scores = there.map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((one, other) => other - one))
        const left = candidates.filter(({ memory }) => there.every((known) => known.memory !== memory))
        for (const each of recalled(left, words, [], 40))
          expect(each.score).toBeLessThanOrEqual(scores.at(-1) ?? Infinity)
      }),
    )
  })
})
