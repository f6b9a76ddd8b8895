import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactDollars, readAmount, roundedDollars } from '../../src/ledger/amount.ts'
import { DOLLAR } from '../../src/ledger/price.ts'

describe('an amount that is typed', () => {
  test.each([
    ['5', 5 * DOLLAR],
    ['0.50', DOLLAR / 2],
    ['$2', 2 * DOLLAR],
    [' $ 2.075 ', 2_075_000_000],
    ['0', 0],
    ['0.000000001', 1],
    ['9999.999999999', 10_000 * DOLLAR - 1],
  ])('given %j, then it is read to the last digit', (typed, amount) => {
    expect(readAmount(typed)).toBe(amount)
  })

  test.each([
    '',
    '$',
    '-1',
    '+1',
    '.5',
    '5.',
    '1,5',
    '1e3',
    '0x10',
    'five',
    '5$',
    '5 €',
    '10000',
    '1.0000000001',
  ])('given %j, then it is none', (typed) => {
    expect(readAmount(typed)).toBeUndefined()
  })

  test('is shown as it reads when it is typed again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 * DOLLAR - 1 }), (amount) => {
        expect(readAmount(exactDollars(amount))).toBe(amount)
      }),
    )
  })
})

test.each([
  [5 * DOLLAR, '$5.00'],
  [75_000_000, '$0.075'],
  [1_234.5 * DOLLAR, '$1,234.50'],
  [1, '$0.000000001'],
])('an amount that was set, %i, is shown as %s', (amount, shown) => {
  expect(exactDollars(amount)).toBe(shown)
})

describe('what something came to', () => {
  test.each([
    [0, '$0.00'],
    [1, '< $0.0001'],
    [99_999, '< $0.0001'],
    [100_000, '$0.0001'],
    [12_345_678, '$0.0123'],
    [500_000_000, '$0.50'],
    [999_960_000, '$1.00'],
    [1_234.567 * DOLLAR, '$1,234.57'],
  ])('given %i, then it is shown as %s', (amount, shown) => {
    expect(roundedDollars(amount)).toBe(shown)
  })

  test('is shown as nothing only where it is nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), (amount) => {
        expect(roundedDollars(amount)).not.toBe('$0.00')
      }),
    )
  })
})
