import { describe, expect, test } from 'vitest'
import { readZone, zoneOf, zones } from '../../src/discord/zone.ts'
import { dayAt } from '../../src/ledger/window.ts'

describe('a time zone that is typed', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['  america/new york ', 'America/New_York'],
    ['utc', 'UTC'],
  ])('given %j, then it is %s', (typed, zone) => {
    expect(readZone(typed)).toBe(zone)
  })

  test.each(['', 'Atlantis', 'Europe', '+01:00', '-05', '5', 'Europe/Berlin; x'])(
    'given %j, then there is none',
    (typed) => {
      expect(readZone(typed)).toBeUndefined()
    },
  )

  test('each that is suggested is one, and has a date', () => {
    for (const zone of zones) {
      expect(readZone(zone)).toBe(zone)
      expect(dayAt(0, zone)).toMatch(/^19(?:69|70)-/u)
    }
  })
})

test('a server is in the zone that was set, else in that of the machine', () => {
  expect(zoneOf({ zone: 'Asia/Tokyo' })).toBe('Asia/Tokyo')
  expect(zoneOf({ zone: null })).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
})
