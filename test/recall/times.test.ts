import { describe, expect, test } from 'vitest'
import { fitOf, type StoryNow, timesIn } from '../../src/recall/times.ts'

const DAY = 24 * 60
/** Noon of a day, counted from 1, in the story's minutes. */
const day = (number: number) => (number - 1) * DAY + DAY / 2
const now = (number: number, anchor?: string): StoryNow => ({ minutes: day(number), anchor })
const fits = (text: string, at: StoryNow, ...days: readonly number[]) =>
  days.map((number) => fitOf(day(number), timesIn(text, at)))

describe('counted back from today', () => {
  test('two days ago is that day and no other', () =>
    expect(fits('What did you see two days ago?', now(10), 7, 8, 9, 10)).toEqual([0, 1, 0, 0]))

  test('days may be said in digits, in words and as “a”', () => {
    expect(fits('3 days ago', now(10), 7)).toEqual([1])
    expect(fits('A WEEK AGO', now(10), 3)).toEqual([1])
    expect(fits('ten nights ago', now(20), 10)).toEqual([1])
  })

  test('the longer ago, the less exactly it is meant', () => {
    expect(fits('two weeks ago', now(100), 83, 84, 86, 88, 89)).toEqual([0, 1, 1, 1, 0])
    expect(fits('a year ago', now(400), 35, 35 + 73, 35 + 74, 400)).toEqual([1, 1, 0, 0])
  })

  test('yesterday, last night and today are each their own day', () => {
    for (const text of ['yesterday', 'last night']) expect(fits(text, now(10), 8, 9, 10)).toEqual([0, 1, 0])
    for (const text of ['Today?', 'tonight', 'this morning'])
      expect(fits(text, now(10), 9, 10)).toEqual([0, 1])
  })

  test('last week is about seven days ago', () =>
    expect(fits('last week', now(20), 8, 9, 13, 17, 18)).toEqual([0, 1, 1, 1, 0]))

  test('it is nothing that lies before the story, and nothing in what counts nothing', () => {
    expect(fits('five days ago', now(2), 1, 2)).toEqual([0, 0])
    for (const text of ['constructor days ago', 'many days ago', 'NaN weeks ago', 'days ago', ''])
      expect(timesIn(text, now(10))).toEqual([])
  })
})

describe('by a date', () => {
  const ANCHOR = '1 March 1923'

  test('a month is all of it and, less surely, the days in which it is still told of', () => {
    const may = 62
    expect(fits('in May', now(200, ANCHOR), may - 1, may, may + 30, may + 31, may + 40, may + 41)).toEqual([
      ...[0, 1, 1, 0.5, 0.5, 0],
    ])
  })

  test('a day of it is that day and those next to it, the rest of the month less so', () =>
    expect(fits('on the 15th of March', now(60, ANCHOR), 1, 12, 13, 15, 17, 18)).toEqual([
      ...[0.6, 0.6, 1, 1, 1, 0.6],
    ]))

  test('a year that is named is meant, or else every year of the story so far', () => {
    const at = now(800, ANCHOR)
    expect(fits('April 1924', at, 40, 40 + 366)).toEqual([0, 1])
    expect(fits('April', at, 40, 40 + 366)).toEqual([1, 1])
    expect(fits('April 1860', at, 40)).toEqual([1])
  })

  test('a small may is no month', () => expect(timesIn('that may be', now(10, ANCHOR))).toEqual([]))

  test('there is none in a story without a calendar, or with one that nobody knows', () => {
    const anchors = [undefined, 'the third year of the fog', 'Monday', 'May', '', '99999999 AC', '2024-99-99']
    for (const anchor of anchors) expect([anchor, timesIn('in March', now(10, anchor))]).toEqual([anchor, []])
  })

  test('a story that has gone on for ages names no more times than can be looked at', () => {
    const days = Array.from({ length: 5000 }, (_, nth) => nth % 32).join(' ')
    const text = `${days} January February March April May June July August September October November December`
    const ages = { minutes: 1e9, anchor: ANCHOR }
    expect(timesIn(text, ages).length).toBeLessThan(50_000)
    expect(fitOf(5, timesIn(text, ages))).toBeGreaterThan(0)
  })

  test('past the end of the calendar, nothing is a date', () => {
    for (const minutes of [1e15, Number.MAX_SAFE_INTEGER, Number.MAX_VALUE])
      expect(timesIn('in March', { minutes, anchor: ANCHOR })).toEqual([])
  })
})

test('nothing fits where no time is spoken of', () => expect(fitOf(5, [])).toBe(0))
