import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { answerOf, anyNumber, lenient, listOf, numeric, oneOf, ordinal } from '../../src/roles/lenient.ts'

describe('what a model answers', () => {
  const Answer = answerOf({
    mood: lenient(z.enum(['calm', 'tense']), 'calm'),
    rows: listOf(z.object({ row: numeric(ordinal(9)) }), 2),
  })

  test('given one wrong field, then the others stand', () => {
    expect(Answer.parse({ mood: 'furious', rows: [{ row: 1 }] })).toEqual({
      mood: 'calm',
      rows: [{ row: 1 }],
    })
    expect(Answer.parse({ mood: 'tense', rows: 7 })).toEqual({ mood: 'tense', rows: [] })
  })

  test.each([[null], ['calm'], [['calm']], [undefined], [{}]])(
    'given %j, then it is read as nothing',
    (raw) => expect(Answer.parse(raw)).toEqual({ mood: 'calm', rows: [] }),
  )

  test('given entries that do not fit, or too many, then the first ones that do stand', () => {
    const rows = [{}, { row: 0 }, { row: 3 }, null, { row: 10 }, { row: 4 }, { row: 5 }]
    expect(Answer.parse({ rows }).rows).toEqual([{ row: 3 }, { row: 4 }])
  })
})

describe('a number', () => {
  test.each([
    ['3', 3],
    ['[3]', 3],
    ['3.', 3],
    [' -2 ', -2],
    [1e300, 1e9],
    ['-1e300', -1e9],
  ])('given %j, then it is %d', (raw, expected) => expect(anyNumber.parse(raw)).toBe(expected))

  test.each(['', 'three', '3 of 4', null, Number.NaN, [3]])('given %j, then it is none', (raw) =>
    expect(anyNumber.safeParse(raw).success).toBe(false),
  )

  test('of a row is one of those that there are', () => {
    const read = (raw: unknown) => numeric(ordinal(4)).safeParse(raw).data
    expect([0, 1, '[4]', 5, '1.5'].map(read)).toEqual([undefined, 1, 4, undefined, undefined])
  })
})

describe('a name', () => {
  test('is one of those that there are, however it is spelled', () => {
    const { name, orNull } = oneOf(['Mira', 'Jon'])
    expect(name.parse('mira ')).toBe('Mira')
    expect(name.safeParse('Eli').success).toBe(false)
    expect(orNull.parse(null)).toBeNull()
  })

  test('is nobody’s where there are none', () => {
    for (const raw of ['Mira', '', null]) expect(oneOf([]).name.safeParse(raw).success).toBe(false)
  })
})
