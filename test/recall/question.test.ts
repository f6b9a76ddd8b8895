import { describe, expect, test } from 'vitest'
import { stemsOf } from '../../src/recall/terms.ts'
import { asking } from './given.ts'

const cast = [
  { entity: 'mira', name: 'Mira Vale' },
  { entity: 'jon', name: 'Jon Vale' },
  { entity: 'keeper', name: 'The Keeper' },
]

describe('what is asked', () => {
  test('are the words that tell something, each once and as stems', () =>
    expect([
      ...asking('Who was stealing the lamp, and where did the thieves go with the lamps?').terms,
    ]).toEqual([
      ...[
        ['steal', 1],
        ['lamp', 1],
        ['thief', 1],
      ],
    ]))

  test('is nothing where nothing is said, or nothing that tells anything', () => {
    for (const text of ['', 'And what was that?', '🗝️…', '"*" ^ ( )'])
      expect([text, asking(text).terms.size]).toEqual([text, 0])
  })

  test('counts by the weight of where it is said, and the most where it is said more than once', () => {
    const texts = [
      { text: 'The lamp.', weight: 0.3 },
      { text: 'Salt!', weight: 1 },
      { text: 'A lamp of salt.', weight: 0.5 },
    ]
    expect([...asking('', { texts }).terms]).toEqual([
      ['lamp', 0.5],
      ['salt', 1],
    ])
  })

  test('has words that stand side by side, only of what was just said', () => {
    const texts = [
      { text: 'the red door of the tower', weight: 1 },
      { text: 'a blue boat', weight: 0.5 },
    ]
    expect(asking('', { texts }).pairs).toEqual([
      ['red', 'door'],
      ['door', 'tower'],
    ])
  })
})

describe('who is named', () => {
  test('is known, and no word to look for: their names are everywhere', () => {
    const { terms, about } = asking('Did Mira’s lamp break, keeper?', { cast })
    expect([...terms.keys()]).toEqual(['lamp', 'break'])
    expect(about).toEqual(['mira', 'keeper'])
  })

  test('is nobody by a name that several have, and it is dropped all the same', () => {
    const { terms, about, names } = asking('The Vale house', { cast })
    expect([...terms.keys()]).toEqual(['hous'])
    expect(about).toEqual([])
    expect(names.get('vale')).toBeUndefined()
  })

  test('is nobody by a word that stands everywhere', () =>
    expect(asking('The lamp', { cast }).about).toEqual([]))

  test('counts only where it was just said: what surrounds it names whoever is around', () => {
    const texts = [{ text: 'Mira waits.', weight: 0.3 }]
    expect(asking('', { cast, texts }).about).toEqual([])
  })
})

describe('what is sought', () => {
  const isAnswered = (asked: string, body: string) => asking(asked).isAnswered(stemsOf(body))

  test.each([
    ['When did it burn?', 'It burnt on a Tuesday.', 'It burnt down.'],
    ['How long?', 'Until morning.', 'Long.'],
    ['Which night was it?', 'Last night.', 'A dark one.'],
    ['Where is the key?', 'Under the stair, behind the clock.', 'It is lost.'],
    ['How many ships?', 'Three ships.', 'Many ships.'],
    ['How old is she?', 'She is 40.', 'She is old.'],
    ['Why did you leave?', 'Because of the fog.', 'She left.'],
  ])('%s is answered by “%s” and not by “%s”', (asked, answer, other) => {
    expect(isAnswered(asked, answer)).toBe(true)
    expect(isAnswered(asked, other)).toBe(false)
  })

  test('is nothing where nothing of that kind is asked, or it was asked before', () => {
    expect(isAnswered('The fire.', 'On a Tuesday, because of two lamps in the tower.')).toBe(false)
    const texts = [{ text: 'When?', weight: 0.5 }]
    expect(asking('', { texts }).isAnswered(stemsOf('On a Tuesday.'))).toBe(false)
  })
})

test('times are read off what was just said, by the story’s own clock', () => {
  const now = { minutes: 10 * 1440, anchor: undefined }
  expect(asking('two days ago', { now }).times).toHaveLength(1)
  expect(asking('', { now, texts: [{ text: 'two days ago', weight: 0.5 }] }).times).toEqual([])
})
