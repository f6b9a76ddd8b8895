import { describe, expect, test } from 'vitest'
import { type Held, hearsayFrom } from '../../../src/roles/archivist/hearsay.ts'
import type { Known } from '../../../src/roles/archivist/remembered.ts'
import { NARRATOR } from '../../../src/story/ref.ts'
import { adaHerself, jon, mira } from '../../story/given.ts'
import { line, noted, settled } from './given.ts'

const names = new Set(['mira', 'jon', 'ada', 'eli'])
const held = (body: string, has: Partial<Held> = {}): Held => ({
  ...{ body, toldBy: null, chain: [], reliability: 1 },
  ...has,
})
const from = (memories: readonly Held[], ...told: readonly string[]) =>
  hearsayFrom(memories, told, names, 'owner')

const rumour = 'Ada says that Jon hid the key under the stairs.'
const heardFromMira = held('Mira told Ada that Jon had hidden a key under the old stairs.', {
  ...{ toldBy: 'mira', chain: ['eli'], reliability: 0.5625 },
})

describe('what someone tells', () => {
  test('given that they have nothing of it in mind, then it is their own word, whether or not it is true', () => {
    expect(from([], rumour)).toEqual({ chain: [], reliability: 0.75 })
    expect(from([held('The ferry sails at dawn.')], rumour)).toEqual({ chain: [], reliability: 0.75 })
  })

  test('given that they saw it themselves, then it is one step from what happened', () => {
    expect(from([held('Ada saw Jon hide the key below the stairs.')], rumour)).toEqual({
      ...{ chain: [], reliability: 0.75 },
    })
    expect(from([held('Jon hid a key beneath the stairs.', { reliability: 0.9 })], rumour)).toEqual({
      ...{ chain: [], reliability: 0.75 * 0.9 },
    })
  })

  test('given that they were told of it, then it keeps its way and is relied on less at each step', () => {
    expect(from([held('Rain fell.'), heardFromMira], rumour)).toEqual({
      ...{ chain: ['mira', 'eli'], reliability: 0.75 * 0.5625 },
    })
  })

  test('a rumour is never worth nothing', () => {
    expect(from([{ ...heardFromMira, reliability: 0.01 }], rumour).reliability).toBe(0.05)
  })

  test('given a rumour that comes round, then its way ends where it began, and it lost what it lost', () => {
    expect(from([{ ...heardFromMira, chain: ['owner', 'eli'] }], rumour)).toEqual({
      ...{ chain: ['mira'], reliability: 0.75 * 0.5625 },
    })
  })

  test('given that they told it before, then it still comes from whom they have it from', () => {
    const toldIt = held('Ada told Eli that Jon hid the key under the stairs.')
    expect(from([toldIt, heardFromMira], rumour).chain).toEqual(['mira', 'eli'])
  })

  test('one wording of several that fits is enough', () => {
    const vague = 'Ada told Mira where Jon keeps it.'
    expect(from([heardFromMira], vague).chain).toEqual([])
    expect(from([heardFromMira], vague, '"The key? Under the stairs."').chain).toEqual(['mira', 'eli'])
  })

  test.each([
    ['one word in common', 'Ada says that the key is lost at sea.'],
    ['only names and the words of all sentences in common', 'Mira told Ada that Jon had been there before.'],
    [
      'few words in common among many',
      'The stairs burn, a key guest fled, and the whole harbour watched it.',
    ],
    ['nothing said at all', ''],
  ])('given %s, then it is another matter', (_, told) => {
    expect(from([heardFromMira], told)).toEqual({ chain: [], reliability: 0.75 })
  })
})

describe('hearsay in a settlement', () => {
  const aside = (id: string, speaker: string, text: string, hearer: string) =>
    line(id, speaker, text, [NARRATOR, speaker, hearer])
  const memory = (who: string, told_by: string, number: number, text: string) => ({
    ...{ who, told_by, text, lines: [number], source: 'told' },
  })
  const toldToJon = memory('Jon', 'Ada', 1, 'Ada told Jon that the bell tower will burn.')
  const lines = [aside('a1', adaHerself, '"The bell tower will burn."', jon)]

  test('rests on what its teller has in mind', () => {
    const known: Known[] = [
      { owner: mira, ...held('The bell tower will burn, says Eli.', { toldBy: 'eli', reliability: 0.3 }) },
      {
        owner: adaHerself,
        ...held('Mira warned Ada that the bell tower will burn.', { toldBy: mira, reliability: 0.75 }),
      },
      { owner: adaHerself, body: 'The bell tower will burn.' },
    ]
    expect(noted(settled({ memories: [toldToJon] }, { lines, known }))).toMatchObject([
      { owner: jon, source: 'told', toldBy: adaHerself, chain: [mira], reliability: 0.5625, lines: ['a1'] },
    ])
  })

  test('given a rumour that goes on within the turns that are settled, then it keeps its way', () => {
    const decision = settled(
      {
        memories: [
          memory('Jon', 'Ada', 2, 'Ada told Jon that the bell tower will burn.'),
          memory('Ada', 'Mira', 1, 'Mira told Ada that the bell tower will burn.'),
          { ...memory('Ada', 'Mira', 2, 'Ada told Jon that the bell tower will burn.'), source: 'direct' },
        ],
      },
      {
        lines: [
          aside('a1', mira, '"The bell tower will burn."', adaHerself),
          aside('a2', adaHerself, '"The bell tower, it will burn."', jon),
        ],
      },
    )
    expect(noted(decision)).toMatchObject([
      { owner: adaHerself, toldBy: mira, chain: [], reliability: 0.75 },
      { owner: jon, toldBy: adaHerself, chain: [mira], reliability: 0.5625 },
      { owner: adaHerself, toldBy: null, reliability: 1 },
    ])
  })

  test('a lie is remembered as told', () => {
    expect(noted(settled({ memories: [toldToJon] }, { lines }))).toMatchObject([
      { owner: jon, source: 'told', toldBy: adaHerself, chain: [], reliability: 0.75 },
    ])
  })
})
