import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Indexed } from '../../src/recall/corpus.ts'
import { factsInMind } from '../../src/recall/recall.ts'
import { isEnd, stemOf, stemsOf, wordsOf } from '../../src/recall/terms.ts'
import { fitOf, timesIn } from '../../src/recall/times.ts'
import { aRow, asking, havingOf, ranked } from './given.ts'

/** What a search engine, a calendar or a reader of words could stumble over. */
const ODD = [
  ...[
    '"',
    '*',
    'NEAR(',
    'OR',
    'AND',
    'NOT',
    '^',
    ':',
    ')',
    "';--",
    '\u0000',
    '\ud800',
    '\udfff',
    '_',
    '{}',
    '\\',
  ],
  ...[
    '?',
    '.',
    '…',
    '？',
    '\ufdfa',
    '⑴',
    '½',
    '\u037a',
    'ŉ',
    'İ',
    'ß',
    '灯台',
    'ทะเล',
    '🗝️',
    '\u202e',
    '\ufeff',
  ],
  ...[
    '1_lamp',
    'lamp',
    'Lamp’s',
    'lamps',
    'salt',
    'burning',
    'constructor',
    '__proto__',
    'May',
    '31',
    '99999',
  ],
  ...['two days ago', 'last year', 'yesterday', 'March', 'when', 'why', 'Mira', 'Jon', 'the'],
]
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...ODD), { maxLength: 20 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...ODD), { maxLength: 20 }).map((words) => words.join('')),
)
const cast = fc
  .array(text, { maxLength: 4 })
  .map((names) => names.map((name, nth) => ({ entity: `e${nth}`, name })))
const now = fc.record({
  minutes: fc.oneof(fc.nat(), fc.constantFrom(0, 1e9, Number.MAX_SAFE_INTEGER)),
  anchor: fc.option(fc.oneof(text, fc.constantFrom('1 March 1923', '0100-01-01', '275760')), {
    nil: undefined,
  }),
})
const texts = fc.array(fc.record({ text, weight: fc.constantFrom(1, 1, 0.5, 0.2, 0) }), { maxLength: 4 })
const query = fc.record({ texts, cast, now })

const rows = fc
  .array(
    fc.record({
      text,
      scene: fc.constantFrom('one', 'two'),
      minutes: fc.nat(1e6),
      turn: fc.nat(500),
      significance: fc.nat(3),
      speakers: fc.subarray(['e0', 'e1', 'x']),
      near: fc.array(fc.nat(30), { maxLength: 4 }),
    }),
    { maxLength: 25 },
  )
  .map((all) =>
    all.map(({ text: body, near, ...row }, at): Indexed => {
      const sides = { before: near.slice(0, 2), after: near.slice(2) }
      return aRow(at + 1, body, { ...row, ...sides })
    }),
  )

describe('whatever is said', () => {
  test('its stems are words that an index takes as they are, or ends of sentences', () => {
    fc.assert(
      fc.property(text, (body) => {
        for (const stem of stemsOf(body)) expect(isEnd(stem) || /^[\p{L}\p{N}]+$/u.test(stem)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('its words are the same when they are read again', () => {
    fc.assert(
      fc.property(text, (body) => {
        const words = wordsOf(body)
        expect(words.flatMap(wordsOf)).toEqual(words)
        expect(words.map(stemOf)).toEqual(stemsOf(body).filter((stem) => !isEnd(stem)))
      }),
      { numRuns: 500 },
    )
  })

  test('it asks no more words than it has, each with a weight, and of nobody who is not there', () => {
    fc.assert(
      fc.property(query, (asked) => {
        const question = asking('', asked)
        for (const weight of question.terms.values())
          expect(asked.texts.map((each) => each.weight)).toContain(weight)
        for (const entity of question.about) expect(asked.cast.map((each) => each.entity)).toContain(entity)
      }),
    )
  })

  test('its times are stretches that are more or less meant', () => {
    fc.assert(
      fc.property(text, now, fc.nat(), (body, at, minutes) => {
        for (const { from, to, fit } of timesIn(body, at)) {
          expect(from).toBeLessThan(to)
          expect(fit > 0 && fit <= 1).toBe(true)
        }
        const fit = fitOf(minutes, timesIn(body, at))
        expect(fit >= 0 && fit <= 1).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('whatever is asked of whatever is remembered', () => {
  test('each memory has a score that is a number, and they stand by it: the newer first of equal ones', () => {
    fc.assert(
      fc.property(query, rows, fc.nat(1000), (asked, all, turn) => {
        const scores = ranked(asking('', asked), all, { now: turn })
        expect(scores.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
        for (const [at, { id, score }] of scores.entries()) {
          expect(Number.isFinite(score)).toBe(true)
          const next = scores[at + 1]
          if (next) expect(score > next.score || (score === next.score && id > next.id)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  test('they stand the same in whatever order they were read', () => {
    fc.assert(
      fc.property(query, rows, fc.infiniteStream(fc.nat()), (asked, all, picks) => {
        const question = asking('', asked)
        const keys = new Map(all.map(({ id }) => [id, picks.next().value]))
        const shuffled = all.toSorted((one, other) => (keys.get(one.id) ?? 0) - (keys.get(other.id) ?? 0))
        const having = havingOf(all)
        expect(ranked(question, shuffled, { having })).toEqual(ranked(question, all, { having }))
      }),
      { numRuns: 200 },
    )
  })

  test('what speaks for it is of its own words, and of those that were asked', () => {
    fc.assert(
      fc.property(query, rows, (asked, all) => {
        const question = asking('', asked)
        const stems = new Map(all.map((row) => [row.id, row.stems]))
        for (const { id, cues } of ranked(question, all))
          for (const cue of cues) expect(stems.get(id)?.includes(cue) && question.terms.has(cue)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  test('facts come to mind with a score that is a number, the best first, and at most twelve', () => {
    fc.assert(
      fc.property(query, fc.array(text, { maxLength: 40 }), (asked, bodies) => {
        const known = factsInMind(
          bodies.map((body) => ({ body })),
          asking('', asked),
        )
        expect(known).toHaveLength(Math.min(12, bodies.length))
        const scores = known.map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((one, other) => other - one))
        expect(scores.every(Number.isFinite)).toBe(true)
      }),
    )
  })
})
