import { describe, expect, test } from 'vitest'
import { LAST_MINUTE, minutesAt, timeOf } from '../../src/story/clock.ts'
import { advanceClock, changeWeather, setClock } from '../../src/story/edit/world.ts'
import { accepted, by, having, told, wordsIn } from './given.ts'

describe('the story’s time', () => {
  test('a story begins in the morning of its first day', () => {
    expect(timeOf(told.clock.minutes)).toEqual({ day: 1, hour: 8, minute: 0 })
  })

  test.each([
    [0, { day: 1, hour: 0, minute: 0 }],
    [1439, { day: 1, hour: 23, minute: 59 }],
    [1440, { day: 2, hour: 0, minute: 0 }],
    [3 * 1440 + 61, { day: 4, hour: 1, minute: 1 }],
  ])('%i minutes are %j, and the other way round', (minutes, time) => {
    expect(timeOf(minutes)).toEqual(time)
    expect(minutesAt(time)).toBe(minutes)
  })

  test('given a time, when it passes, then it is later', () => {
    const later = accepted(by(advanceClock, { minutes: 90, reason: 'travel' })(told))
    expect(later.events).toEqual([{ type: 'time.passed', data: { minutes: 90, reason: 'travel' } }])
    expect(later.state.clock.minutes).toBe(570)
  })

  test('given a time, when it is set, then the event holds what it was', () => {
    const first = accepted(by(setClock, { minutes: 60, anchor: 'The day of the storm' })(told))
    expect(wordsIn(first)).toEqual(['The day of the storm'])
    const anchor = first.texts[0]?.id
    const second = accepted(by(setClock, { minutes: 30 })(first.state))
    expect(second.events).toEqual([
      { type: 'clock.set', data: { minutes: 30, anchor, before: { minutes: 60, anchor } } },
    ])
    expect(second.state.clock).toEqual({ minutes: 30, anchor, weather: null })
    expect(having(second.state, by(setClock, { anchor: null })).clock.anchor).toBeNull()
  })

  test('given weather, when it changes, then the event holds what it was', () => {
    const foggy = having(told, by(changeWeather, { weather: 'fog' }))
    const clear = accepted(by(changeWeather, { weather: null })(foggy))
    expect(clear.events).toEqual([{ type: 'weather.changed', data: { weather: null, before: 'fog' } }])
    expect([foggy.clock.weather, clear.state.clock.weather]).toEqual(['fog', null])
  })

  test('time ends at its end', () => {
    const last = having(told, by(advanceClock, { minutes: LAST_MINUTE }), by(advanceClock, { minutes: 1 }))
    expect(last.clock.minutes).toBe(LAST_MINUTE)
  })

  test('what is nothing new or out of bounds is refused', () => {
    const refused = 'nothing_changed'
    expect(by(advanceClock, { minutes: 0 })(told)).toEqual({ refused })
    expect(by(setClock, {})(told)).toEqual({ refused })
    expect(by(setClock, { minutes: 480 })(told)).toEqual({ refused })
    expect(by(changeWeather, { weather: null })(told)).toEqual({ refused })
    const malformed = { refused: 'malformed', fields: ['minutes'] }
    expect(by(advanceClock, { minutes: -1 })(told)).toEqual(malformed)
    expect(by(advanceClock, { minutes: 1.5 })(told)).toEqual(malformed)
    expect(by(setClock, { minutes: LAST_MINUTE + 1 })(told)).toEqual(malformed)
  })
})
