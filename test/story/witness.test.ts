import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addPlace, joinScene, leaveScene, openScene } from '../../src/story/edit/world.ts'
import type { Line } from '../../src/story/line.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { perceivedFor, witnessedBy, witnessedByAll } from '../../src/story/witness.ts'
import { aLine } from '../prompt/line.ts'
import { adaHerself as ada, by, having, jon, mira, told } from './given.ts'

const lineOf = (nth: number, ...witnesses: readonly string[]) =>
  aLine(nth, NARRATOR, `line ${nth}`, [NARRATOR, ...witnesses])
const numbers = (lines: readonly Line[]) => lines.map(({ turn }) => turn)

describe('what one perceived', () => {
  test('is what one was a witness of', () =>
    expect(numbers(witnessedBy(mira, [lineOf(1, mira), lineOf(2, jon), lineOf(3, mira, jon)]))).toEqual([
      1, 3,
    ]))
})

describe('what some perceived together', () => {
  test('is what each of them perceived, and the narrator', () => {
    const lines = [
      lineOf(1, mira, jon),
      lineOf(2, mira),
      lineOf(3, mira, jon, ada),
      aLine(4, ada, '*whispers*', [mira, jon]),
    ]
    expect(numbers(witnessedByAll([mira, jon], lines))).toEqual([1, 3])
  })

  test('what was told before one came into the story can go on', () => {
    const lines = [
      lineOf(1, mira),
      lineOf(2, mira),
      lineOf(3, mira, jon),
      lineOf(4, mira),
      lineOf(5, mira, jon),
    ]
    expect(numbers(witnessedByAll([mira, jon], lines))).toEqual([1, 2, 3, 5])
  })

  test('one who perceived nothing by now keeps nothing back', () =>
    expect(numbers(witnessedByAll([mira, jon], [lineOf(1, mira), lineOf(2, mira)]))).toEqual([1, 2]))

  test('of nobody, is what the narrator perceived', () =>
    expect(numbers(witnessedByAll([], [lineOf(1, mira), aLine(2, ada, '((brb))', [])]))).toEqual([1]))

  test('never is what one missed since they came', () => {
    const someLines = fc
      .array(fc.subarray([mira, jon, ada]), { maxLength: 12 })
      .map((each) => each.map((witnesses, nth) => lineOf(nth, ...witnesses)))
    fc.assert(
      fc.property(someLines, fc.subarray([mira, jon, ada]), (lines, some) => {
        const shared = witnessedByAll(some, lines)
        for (const entity of some) {
          const first = lines.findIndex(({ witnesses }) => witnesses.includes(entity))
          const since = first === -1 ? [] : shared.filter((line) => lines.indexOf(line) >= first)
          expect(since).toEqual(witnessedBy(entity, since))
        }
      }),
    )
  })
})

describe('what the speaker of an answer may be told', () => {
  const lines = [lineOf(1, mira, jon, ada), lineOf(2, jon), lineOf(3, mira, ada)]

  test('a character, what it perceived', () =>
    expect(numbers(perceivedFor(told, jon, lines))).toEqual([1, 2]))

  test('a narrator, what all perceived to whom it speaks', () => {
    expect(numbers(perceivedFor(told, NARRATOR, lines))).toEqual([1])
    const withoutJon = having(told, by(openScene, {}), by(leaveScene, { entity: jon }))
    expect(numbers(perceivedFor(withoutJon, NARRATOR, lines))).toEqual([1, 3])
  })

  test('a narrator, also what one in another room did not hear: they do not hear the answer either', () => {
    const house = having(
      told,
      by(addPlace, { name: 'Inn', type: 'inn' }),
      by(addPlace, { name: 'Cellar', type: 'room', audible: 'within' }),
    )
    const [inn, cellar] = house.places.map(({ place }) => place)
    const apart = having(
      house,
      by(openScene, { place: inn ?? '' }),
      by(joinScene, { entity: jon, place: cellar ?? '' }),
    )
    expect(numbers(perceivedFor(apart, NARRATOR, lines))).toEqual([1, 3])
  })
})
