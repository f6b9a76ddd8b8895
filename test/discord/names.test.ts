import { describe, expect, test } from 'vitest'
import {
  demandFreeName,
  labelled,
  meant,
  suggestions,
  suggestionsForLast,
  theOne,
  theOnes,
} from '../../src/discord/names.ts'
import { en } from '../../src/locales/en.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { edited, headAfter } from '../commands/head.ts'

const called = (...names: string[]) => labelled(names.map((name, nth) => ({ id: `${nth}`, name })))
const known = called('Mira', 'mirabel', 'Jon', 'Jon', 'Jon, the Elder', 'Zoé')
const words = { ...en.known, none: 'Nobody.' }

const labels = (found: readonly { readonly label: string }[]) => found.map(({ label }) => label)

test('those who share a name are numbered, past names that look so already', () => {
  expect(labels(called('Sam', 'Sam (2)', 'Sam', 'sam'))).toEqual(['Sam', 'Sam (2)', 'Sam (3)', 'sam'])
})

describe('a name', () => {
  test.each([
    ['exactly', 'Mira', ['Mira']],
    ['in any case and way to write its letters', ' ZOE\u0301 ', ['Zoé']],
    ['by its beginning', 'mirab', ['mirabel']],
    ['by a beginning that several have', 'mi', ['Mira', 'mirabel']],
    ['with its number', 'jon (2)', ['Jon (2)']],
    ['not by what stands inside it', 'elder', []],
    ['not by nothing', ' ', []],
  ])('is found %s', (_, typed, expected) => {
    expect(labels(meant(known, typed))).toEqual(expected)
  })

  test('that means nothing is refused with those there are; one that means several, with these', () => {
    expect(() => theOne(known, '**Nell**', words)).toThrow(
      '“\\*\\*Nell\\*\\*”. There is: Mira, mirabel, Jon,',
    )
    expect(() => theOne(known, 'mi', words)).toThrow('“mi” could be each of these: Mira, mirabel.')
    expect(() => theOne([], 'Mira', words)).toThrow('Nobody.')
  })

  test('is refused in one message, however many there are', () => {
    const crowd = called(...Array.from({ length: 200 }, (_, nth) => `${'*'.repeat(50)}${nth}`))
    expect(() => theOne(crowd, 'x'.repeat(3000), words)).toThrow(/^[\s\S]{1,2000}$/u)
  })
})

test('several names are read between commas, also those that have commas in them', () => {
  expect(labels(theOnes(known, 'zo, jon, the elder, Jon (2),', words))).toEqual([
    'Zoé',
    'Jon, the Elder',
    'Jon (2)',
  ])
  expect(() => theOnes(known, 'Mira, Nell', words)).toThrow('“Nell”')
  expect(theOnes(known, ' , ', words)).toEqual([])
  expect(() => theOnes([], 'Mira, Jon', words)).toThrow('Nobody.')
})

describe('suggestions', () => {
  test('are all to begin with; then what begins so, then what holds it', () => {
    expect(suggestions(known, '')).toHaveLength(6)
    expect(suggestions(called('Anna', 'Nan', 'Jon'), 'n')).toEqual([
      { name: 'Nan', value: 'Nan' },
      { name: 'Anna', value: 'Anna' },
      { name: 'Jon', value: 'Jon' },
    ])
    const kitchen = labelled([{ id: '1', name: 'Kitchen', within: 'House' }])
    expect(suggestions(kitchen, 'ki')).toEqual([{ name: 'Kitchen · House', value: 'Kitchen' }])
  })

  test('go on from the names before, and leave them out', () => {
    const [first] = suggestionsForLast(known, 'Mira,  jon,mi')
    expect(first).toEqual({ name: 'Mira, jon, mirabel', value: 'Mira, jon, mirabel' })
    expect(suggestionsForLast(called('Anna', 'Nan'), 'anna, a')).toEqual([
      { name: 'anna, Nan', value: 'anna, Nan' },
    ])
    expect(suggestionsForLast(known, `${'x'.repeat(98)}, Mi`)).toEqual([])
  })
})

test('a name that someone has is free for nobody else, and what was written beside it is given back', () => {
  const head = headAfter(edited(createCharacter, () => ({ name: 'Mira' })))
  const mira = head.state.cast.characters[0]?.character
  expect(() => demandFreeName(head, ' mIRA', undefined, [], en)).toThrow(
    /called \*\*mIRA\*\* already.*another name\.$/u,
  )
  const written = [{ label: 'Who', words: 'A ferryman.' }]
  expect(() => demandFreeName(head, 'Mira', undefined, written, en)).toThrow('**Who**\nA ferryman.')
  expect(() => demandFreeName(head, 'mira', mira, [], en)).not.toThrow()
  expect(() => demandFreeName(head, 'Mirabel', undefined, [], en)).not.toThrow()
})
