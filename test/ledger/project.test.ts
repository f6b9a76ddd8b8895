import { describe, expect, test } from 'vitest'
import { monthAt, projected } from '../../src/ledger/project.ts'

const time = (text: string) => Date.parse(text)

describe('the month at a time', () => {
  test.each([
    ['UTC', '2026-11-21T12:00:00Z', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['UTC', '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['UTC', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z'],
    ['UTC', '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['Europe/Berlin', '2026-10-31T22:59:00Z', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'],
    ['Europe/Berlin', '2026-03-31T21:30:00Z', '2026-02-28T23:00:00Z', '2026-03-31T22:00:00Z'],
    ['America/New_York', '2026-11-30T04:30:00Z', '2026-11-01T04:00:00Z', '2026-12-01T05:00:00Z'],
  ])('in %s, at %s, is from %s to %s', (zone, at, from, to) => {
    expect(monthAt(time(at), zone)).toEqual({ from: time(from), to: time(to) })
  })
})

describe('what a month comes to', () => {
  const month = { from: 1_000, to: 4_000 }

  test('is what was spent, in proportion to the time that is over', () => {
    expect(projected(10, month, 2_000)).toBe(30)
    expect(projected(10, month, 4_000)).toBe(10)
    expect(projected(0, month, 2_000)).toBe(0)
  })

  test('is what was spent, where the month begins right now', () => {
    expect(projected(10, month, 1_000)).toBe(10)
  })
})
