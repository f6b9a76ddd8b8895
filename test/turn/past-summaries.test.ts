import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gapsIn, joining, knownFrom, type Stretch, summariesFor } from '../../src/turn/past.ts'
import type { KeptSummary } from '../../src/turn/ports/records.ts'
import { kept, lost, whenWithout } from './kept.ts'

describe('the summaries that may be told', () => {
  const first = [kept('mira', 1, 5, 'a'), kept('ada', 1, 5, 'a'), kept('jon', 1, 5, 'b')]

  test('to one are their own', () => {
    expect(summariesFor(first, ['jon'])).toEqual([{ from: 1, to: 5, body: 'Body of b.', owners: ['jon'] }])
    expect(summariesFor(first, ['mira']).map(({ owners }) => owners)).toEqual([['mira', 'ada']])
  })

  test('to one who has none are none: what others perceived stays theirs', () =>
    expect(summariesFor(first, ['ben'])).toEqual([]))

  test('to some are those that they have in common', () => {
    expect(summariesFor(first, ['mira', 'ada'])).toHaveLength(1)
    expect(summariesFor(first, ['mira', 'jon'])).toEqual([])
  })

  test('are also those of the time before one of them came', () => {
    const early = whenWithout(['ben'], first)
    const later = [...early, kept('mira', 6, 9, 'c'), kept('ada', 6, 9, 'c'), kept('ben', 6, 9, 'c')]
    expect(summariesFor(later, ['mira', 'ada', 'ben']).map(({ body }) => body)).toEqual([
      'Body of a.',
      'Body of c.',
    ])
    expect(summariesFor(early, ['mira', 'ben']).map(({ body }) => body)).toEqual(['Body of a.'])
    expect(summariesFor(later, ['ben']).map(({ body }) => body)).toEqual(['Body of c.'])
  })

  test('are none that one of them was in the story for, though they have no summary at all', () => {
    expect(summariesFor(first, ['mira', 'ada', 'ben'])).toEqual([])
    expect(knownFrom(first, ['ben'])).toEqual([{ reader: 'ben', from: 1 }])
    expect(knownFrom(whenWithout(['ben'], first), ['ben'])).toEqual([])
  })

  test('are no more than before, when an erasure has taken what one of them had', () => {
    const adas = kept('ada', 1, 5, 'secret of ada')
    const shared = [kept('ada', 6, 9, 'c'), kept('mira', 6, 9, 'c')]
    const all = [adas, kept('mira', 1, 5, 'of mira'), ...shared]
    const erased = [adas, lost('mira', 1, 5, 'of mira'), ...shared]
    for (const rows of [all, erased, [adas, ...shared]]) {
      expect(summariesFor(rows, ['ada', 'mira']).map(({ body }) => body)).toEqual(['Body of c.'])
      expect(knownFrom(rows, ['mira'])).toEqual([{ reader: 'mira', from: 1 }])
    }
    expect(summariesFor(erased, ['mira']).map(({ body }) => body)).toEqual(['Body of c.'])
  })

  test('stand with the oldest first', () =>
    expect(
      summariesFor([kept('mira', 6, 9, 'c'), kept('mira', 1, 5, 'a')], ['mira']).map(({ from }) => from),
    ).toEqual([1, 6]))

  const owners = ['mira', 'jon', 'ada']
  const someSummaries = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.subarray(owners, { minLength: 1 })), { maxLength: 8 })
    .map((each) =>
      each.flatMap(([stretch, some], nth) =>
        some.map((owner) => kept(owner, stretch * 5 + 1, stretch * 5 + 5, `t${nth}`)),
      ),
    )
  /** When each came, and how many of the rows have lost their words. */
  const someTimes = fc.record(Object.fromEntries([...owners, 'ben'].map((who) => [who, fc.nat({ max: 22 })])))

  test('to whomever, are none that one of them was there for and did not perceive', () => {
    fc.assert(
      fc.property(
        someSummaries,
        fc.subarray([...owners, 'ben']),
        someTimes,
        fc.nat(),
        (all, readers, came, gone) => {
          const rows = all.map((row, nth): KeptSummary => {
            const newcomers = Object.keys(came).filter((who) => (came[who] ?? 0) > row.to)
            return { ...row, newcomers, body: (gone >> nth) % 2 ? '' : row.body }
          })
          for (const { to, owners: whose } of summariesFor(rows, readers)) {
            expect(whose.some((owner) => readers.includes(owner))).toBe(true)
            for (const reader of readers)
              expect(whose.includes(reader) || to < (came[reader] ?? 0)).toBe(true)
          }
        },
      ),
    )
  })
})

describe('what is to be summed up again', () => {
  test('is nothing where all summaries have their words', () =>
    expect(gapsIn([kept('mira', 1, 30, 'a', 1), kept('mira', 31, 36, 'b')])).toEqual([]))

  test('is what an erasure took, an arc at a time, for all who have lost the same', () => {
    const rows = [lost('mira', 1, 23, 'a', 1), lost('ada', 1, 23, 'a', 1), lost('jon', 4, 8, 'b')]
    expect(gapsIn([...rows, kept('mira', 24, 30, 'c')])).toEqual([
      { from: 1, to: 10, owners: ['mira', 'ada'] },
      { from: 4, to: 8, owners: ['jon'] },
      { from: 11, to: 20, owners: ['mira', 'ada'] },
      { from: 21, to: 23, owners: ['mira', 'ada'] },
    ])
  })

  test('is no longer what was summed up since', () => {
    const again = [kept('mira', 1, 10, 'c'), kept('mira', 14, 17, 'd')]
    expect(gapsIn([lost('mira', 1, 23, 'a', 1), ...again]).map(({ from, to }) => [from, to])).toEqual([
      [11, 13],
      [18, 23],
    ])
  })

  test('comes once, however often it was lost', () =>
    expect(
      gapsIn([lost('mira', 1, 12, 'a', 1), lost('mira', 1, 10, 'b')]).map(({ from, to }) => [from, to]),
    ).toEqual([
      [1, 10],
      [11, 12],
    ]))

  test('is every turn that was lost and is not told otherwise, and no other', () => {
    const someRows = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.nat({ max: 25 }), fc.boolean()), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(someRows, (each) => {
        const rows = each.map(([from, more, isLost], nth) =>
          (isLost ? lost : kept)('mira', from, from + more, `t${nth}`),
        )
        const turnsOf = (some: readonly Stretch[]) =>
          some.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, nth) => from + nth))
        const told = turnsOf(rows.filter(({ body }) => body !== ''))
        const missing = turnsOf(rows.filter(({ body }) => body === '')).filter((turn) => !told.includes(turn))
        const inOrder = (turns: readonly number[]) => turns.toSorted((one, other) => one - other)
        expect(inOrder(turnsOf(gapsIn(rows)))).toEqual(inOrder([...new Set(missing)]))
      }),
    )
  })
})

describe('summaries that become one', () => {
  const arcs = (owner: string, count: number, level = 0) =>
    Array.from({ length: count }, (_, nth) => kept(owner, nth * 5 + 1, nth * 5 + 5, `${level}.${nth}`, level))

  test('are the oldest of a level, where there are many of it', () => {
    expect(joining(arcs('mira', 3))).toEqual([])
    const [joined] = joining(arcs('mira', 4))
    expect(joined?.rows.map((rows) => rows.map(({ from }) => from))).toEqual([[1, 6, 11]])
  })

  test('are never apart by turns that are still to be summed up again', () => {
    const gap = lost('mira', 1, 30, 'old', 1)
    const later = [kept('mira', 31, 35, 'f'), kept('mira', 36, 40, 'g')]
    const joined = (...rows: readonly KeptSummary[]) =>
      joining([gap, ...rows, ...later]).map(({ rows: [some] }) => some?.map(({ from }) => from))
    expect(joined(kept('mira', 1, 10, 'a'), kept('mira', 11, 20, 'b'))).toEqual([])
    expect(joined(kept('mira', 1, 10, 'a'), kept('mira', 11, 20, 'b'), kept('mira', 21, 30, 'c'))).toEqual([
      [1, 11, 21],
    ])
  })

  test('are none that say nothing any more', () =>
    expect(
      joining([lost('mira', 1, 5, 'a'), ...arcs('mira', 3).map((row) => ({ ...row, from: row.from + 5 }))]),
    ).toEqual([]))

  test('become one for all who have exactly these, and another for the others', () => {
    const jons = arcs('jon', 4).map((row, nth) => (nth === 1 ? { ...row, text: 'other' } : row))
    const all = [...arcs('mira', 4), ...arcs('ada', 4), ...jons].sort((one, other) => one.from - other.from)
    expect(joining(all).map(({ owners }) => owners)).toEqual([['mira', 'ada'], ['jon']])
  })

  test('are joined level by level', () => {
    const all = [...arcs('mira', 4, 1), ...arcs('mira', 3)]
    expect(joining(all).map(({ rows }) => rows[0]?.map(({ level }) => level))).toEqual([[1, 1, 1]])
  })
})
