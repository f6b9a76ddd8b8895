import { z } from 'zod'
import { Label } from './label.ts'
import { TextId } from './ref.ts'

const HOUR = 60
const DAY = 24 * HOUR

/** As far as a story's time goes: ten thousand years. */
export const LAST_MINUTE = 10_000 * 366 * DAY

const Minutes = z.int().min(0).max(LAST_MINUTE)

const Time = z.object({ minutes: Minutes, anchor: TextId.nullable() })

/** What took the time. */
export const timeReasons = ['talk', 'action', 'travel', 'rest', 'skip', 'manual'] as const

export const clockEvents = {
  'time.passed': z.object({ minutes: Minutes, reason: z.enum(timeReasons) }),
  'clock.set': Time.extend({ before: Time }),
  'weather.changed': z.object({ weather: Label.nullable(), before: Label.nullable() }),
}

type Passed = z.infer<(typeof clockEvents)['time.passed']>
type ClockSet = z.infer<(typeof clockEvents)['clock.set']>
type WeatherChanged = z.infer<(typeof clockEvents)['weather.changed']>

/** `minutes` count from the midnight that begins day 1; `anchor` is the text that says which day that is. */
export type Clock = z.infer<typeof Time> & { readonly weather: Label | null }

/** A story begins at eight in the morning of day 1, until it is told otherwise. */
export const firstMorning: Clock = { minutes: 8 * HOUR, anchor: null, weather: null }

export const passTime = (clock: Clock, { minutes }: Passed): Clock => ({
  ...clock,
  minutes: Math.min(LAST_MINUTE, clock.minutes + minutes),
})

export const setClock = (clock: Clock, { minutes, anchor }: ClockSet): Clock => ({
  ...clock,
  minutes,
  anchor,
})

export const changeWeather = (clock: Clock, { weather }: WeatherChanged): Clock => ({ ...clock, weather })

export type TimeOfDay = { readonly day: number; readonly hour: number; readonly minute: number }

/** Days count from 1. */
export const timeOf = (minutes: number): TimeOfDay => ({
  day: Math.floor(minutes / DAY) + 1,
  hour: Math.floor((minutes % DAY) / HOUR),
  minute: minutes % HOUR,
})

/** The other way round: what `clock.set` takes for a day and a time of day. */
export const minutesAt = ({ day, hour, minute }: TimeOfDay): number => (day - 1) * DAY + hour * HOUR + minute
