import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ofStorySince } from '../../src/story/arrival.ts'
import { regenerate, say, tell } from '../../src/story/decide.ts'
import { clearPersona, createCharacter, setPersona } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { addPlace, joinScene, leaveScene, openScene } from '../../src/story/edit/world.ts'
import type { Line } from '../../src/story/line.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import type { StoryState } from '../../src/story/state.ts'
import { perceivedFor, witnessedBy, witnessedByAll } from '../../src/story/witness.ts'
import { aLine } from '../prompt/line.ts'
import { adaHerself as ada, ada as author, by, having, jon, mira, newId, told } from './given.ts'

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
  const ofOld = [mira, jon, ada].map((entity) => ({ entity, since: 1 }))
  const comingIn = (turn: number) => [
    { entity: mira, since: 1 },
    { entity: jon, since: turn },
  ]

  test('is what each of them perceived, and the narrator', () => {
    const lines = [
      lineOf(1, mira, jon),
      lineOf(2, mira),
      lineOf(3, mira, jon, ada),
      aLine(4, ada, '*whispers*', [mira, jon]),
    ]
    expect(numbers(witnessedByAll(ofOld, [mira, jon], lines))).toEqual([1, 3])
  })

  test('what was told before one came into the story can go on', () => {
    const lines = [
      lineOf(1, mira),
      lineOf(2, mira),
      lineOf(3, mira, jon),
      lineOf(4, mira),
      lineOf(5, mira, jon),
    ]
    expect(numbers(witnessedByAll(comingIn(3), [mira, jon], lines))).toEqual([1, 2, 3, 5])
  })

  test('what was told while one of the cast was elsewhere cannot, though they perceived nothing by now', () => {
    const lines = [lineOf(1, mira), lineOf(2, mira)]
    expect(numbers(witnessedByAll(ofOld, [mira, jon], lines))).toEqual([])
    expect(numbers(witnessedByAll(comingIn(2), [mira, jon], lines))).toEqual([1])
    expect(numbers(witnessedByAll(comingIn(3), [mira, jon], lines))).toEqual([1, 2])
  })

  test('of the turn in which one came, what was told until they perceived something can go on', () => {
    const inOneTurn = (texts: readonly (readonly string[])[]) =>
      texts.map((witnesses, nth) => aLine(2, mira, `part ${nth}`, [NARRATOR, ...witnesses]))
    const heard = inOneTurn([[mira], [mira, jon], [mira]])
    expect(witnessedByAll(comingIn(2), [mira, jon], heard)).toEqual(heard.slice(0, 2))
    expect(witnessedByAll(comingIn(2), [mira, jon], inOneTurn([[mira], [mira]]))).toEqual([])
  })

  test('of nobody, is what the narrator perceived', () =>
    expect(numbers(witnessedByAll([], [], [lineOf(1, mira), aLine(2, ada, '((brb))', [])]))).toEqual([1]))

  test('never is what one missed since they came', () => {
    const someLines = fc
      .array(fc.subarray([mira, jon, ada]), { maxLength: 12 })
      .map((each) => each.map((witnesses, nth) => lineOf(nth, ...witnesses)))
    const someArrivals = fc
      .tuple(fc.nat(12), fc.nat(12), fc.nat(12))
      .map((since) => [mira, jon, ada].map((entity, nth) => ({ entity, since: since[nth] ?? 0 })))
    fc.assert(
      fc.property(someArrivals, someLines, fc.subarray([mira, jon, ada]), (arrivals, lines, some) => {
        const shared = witnessedByAll(arrivals, some, lines)
        for (const { entity, since } of arrivals.filter((each) => some.includes(each.entity))) {
          const then = shared.filter(({ turn }) => turn >= since)
          expect(then).toEqual(witnessedBy(entity, then))
        }
      }),
    )
  })
})

describe('since when someone is of a story', () => {
  const comes = by(createCharacter, { name: 'Lea' })
  const newest = ({ arrivals, cast }: StoryState) =>
    ofStorySince(arrivals, cast.characters.at(-1)?.character ?? '')
  const asked = having(told, (state) =>
    say(state, author, [{ kind: 'dialogue', text: '"Who is there?"', source: null }], new Map(), newId),
  )

  test('between turns, it is the next one', () => {
    expect(newest(having(told, comes))).toBe(2)
    expect([mira, ada].map((entity) => ofStorySince(told.arrivals, entity))).toEqual([1, 1])
  })

  test('while one is told, it is this one', () => expect(newest(having(asked, comes))).toBe(2))

  test('given that the last is told anew with them there, it is that one', () => {
    const again = having(told, comes, (state) =>
      regenerate(state, { player: author.id, alternate: 1 }, newId),
    )
    expect(newest(again)).toBe(1)
  })

  test('a player who plays somebody else comes in as them', () => {
    const later = having(
      asked,
      (state) => tell(state, 'Nobody.', 'finished', newId),
      by(clearPersona, { player: author.id }),
      by(setPersona, { player: author.id, name: 'Ava' }),
    )
    const ava = later.cast.personas[0]?.persona ?? ''
    expect(ofStorySince(later.arrivals, ava)).toBe(3)
    expect(later.arrivals.map(({ entity }) => entity)).not.toContain(ada)
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

  test('a narrator, what each of them still knows of', () => {
    const spoken = [1, 2, 3].map((turn) => lineOf(turn, mira, jon, ada))
    const later = { ...told, turn: { ...told.turn, number: 2 } }
    const anew = having(later, by(resetStory, { scope: 'character', character: mira }))
    expect(numbers(perceivedFor(anew, NARRATOR, spoken))).toEqual([1, 3])
    expect(numbers(perceivedFor(anew, jon, spoken))).toEqual([1, 2, 3])
    const withoutMira = having(anew, by(openScene, {}), by(leaveScene, { entity: mira }))
    expect(numbers(perceivedFor(withoutMira, NARRATOR, spoken))).toEqual([1, 2, 3])
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
