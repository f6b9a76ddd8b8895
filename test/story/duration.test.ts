import { expect, test } from 'vitest'
import { readDuration, readTimeOfDay } from '../../src/story/duration.ts'

test.each([
  ['45', 45],
  ['1h 30m', 90],
  ['1h30', undefined],
  ['1h30m', 90],
  ['2 days', 2880],
  ['1 Day, 2 hours and 5 min', 1565],
  ['1.5 hours', 90],
  ['1 week', 10_080],
  ['  90\tminutes ', 90],
  ['0', 0],
  ['', undefined],
  ['soon', undefined],
  ['-5', undefined],
  ['2', 2],
  ['2.5', undefined],
  ['2 moons', undefined],
  ['3 months', undefined],
  ['1h soon', undefined],
  ['1 hour 30', undefined],
  ['999999999 weeks', undefined],
  ['1m1m1m', 3],
])('%j is a span of %j minutes', (text, minutes) => {
  expect(readDuration(text)).toBe(minutes)
})

test.each([
  ['18:30', { hour: 18, minute: 30 }],
  [' 7:05 ', { hour: 7, minute: 5 }],
  ['00:00', { hour: 0, minute: 0 }],
  ['24:00', undefined],
  ['7:5', undefined],
  ['7', undefined],
  ['7:05 pm', undefined],
])('%j is the time of day %j', (text, time) => {
  expect(readTimeOfDay(text)).toEqual(time)
})
