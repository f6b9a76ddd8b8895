import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayAt, periodOf, WINDOWS, whenResets } from '../../src/ledger/window.ts'

const time = (iso: string) => Date.parse(iso)
const resets = (window: 'day' | 'month', iso: string, zone: string) =>
  new Date(whenResets(window, time(iso), zone)).toISOString()

describe('the date', () => {
  test.each([
    ['2026-11-21T23:30:00Z', 'UTC', '2026-11-21'],
    ['2026-11-21T23:30:00Z', 'Europe/Berlin', '2026-11-22'],
    ['2026-11-21T04:59:59Z', 'America/New_York', '2026-11-20'],
    ['2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['2026-01-05T12:00:00Z', 'Asia/Kathmandu', '2026-01-05'],
  ])('at %s in %s is %s', (iso, zone, day) => {
    expect(dayAt(time(iso), zone)).toBe(day)
  })

  test('in a zone that does not exist is an error', () => {
    expect(() => dayAt(0, 'Europe/Atlantis')).toThrow(RangeError)
  })

  test('says its month', () => {
    expect(periodOf('2026-11-21', 'month')).toBe('2026-11')
    expect(periodOf('2026-11-21', 'day')).toBe('2026-11-21')
  })
})

describe('a day ends', () => {
  test.each([
    ['at midnight', '2026-11-21T12:00:00Z', 'Europe/Berlin', '2026-11-21T23:00:00.000Z'],
    ['a whole day later when it has just begun', '2026-11-21T00:00:00Z', 'UTC', '2026-11-22T00:00:00.000Z'],
    [
      'after 23 hours when clocks go ahead',
      '2026-03-28T23:00:00Z',
      'Europe/Berlin',
      '2026-03-29T22:00:00.000Z',
    ],
    ['after 25 hours when they go back', '2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    [
      'at one o’clock where clocks go ahead at midnight',
      '2018-11-03T12:00:00Z',
      'America/Sao_Paulo',
      '2018-11-04T03:00:00.000Z',
    ],
    [
      'with two dates where one is skipped',
      '2011-12-29T20:00:00Z',
      'Pacific/Apia',
      '2011-12-30T10:00:00.000Z',
    ],
  ])('%s', (_, iso, zone, reset) => {
    expect(resets('day', iso, zone)).toBe(reset)
  })
})

describe('a month ends', () => {
  test.each([
    ['with its last day', '2026-11-30T12:00:00Z', 'UTC', '2026-12-01T00:00:00.000Z'],
    ['in February too', '2028-02-29T23:59:59Z', 'UTC', '2028-03-01T00:00:00.000Z'],
    ['with the year', '2026-12-05T00:00:00Z', 'America/New_York', '2027-01-01T05:00:00.000Z'],
    [
      'where the server is, not in Greenwich',
      '2026-10-31T23:30:00Z',
      'Europe/Berlin',
      '2026-11-30T23:00:00.000Z',
    ],
  ])('%s', (_, iso, zone, reset) => {
    expect(resets('month', iso, zone)).toBe(reset)
  })
})

test('a window resets at the first millisecond of the next, whenever and wherever', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/St_Johns',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Asia/Tehran',
  ]
  const at = fc.integer({ min: time('2000-01-01'), max: time('2040-01-01') })
  fc.assert(
    fc.property(at, fc.constantFrom(...zones), fc.constantFrom(...WINDOWS), (now, zone, window) => {
      const reset = whenResets(window, now, zone)
      const period = (when: number) => periodOf(dayAt(when, zone), window)
      expect(reset).toBeGreaterThan(now)
      expect(period(reset) > period(now)).toBe(true)
      expect(period(reset - 1) > period(now)).toBe(false)
    }),
  )
})
