import { LAST_MINUTE } from './clock.ts'

const MINUTES = { m: 1, h: 60, d: 24 * 60, w: 7 * 24 * 60 } as const

const PART =
  /^(?<count>\d{1,9}(?:\.\d{1,3})?) ?(?<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)(?![a-z])[\s,]*(?:and )?/u

/**
 * The minutes in "1h 30m", "2 days", "an hour and a half" written as "1.5 hours", or "45". Undefined for all that
 * does not say a span of time, and for more than a story's time holds.
 */
export const readDuration = (text: string): number | undefined => {
  const written = text.trim().toLowerCase().replace(/\s+/gu, ' ')
  let rest = /^\d{1,9}$/u.test(written) ? `${written}m` : written
  let minutes = 0
  if (rest === '') return undefined
  while (rest !== '') {
    const part = PART.exec(rest)
    const unit = part?.groups?.unit?.[0]
    if (!part || !unit || !(unit in MINUTES)) return undefined
    minutes += Number(part.groups?.count) * MINUTES[unit as keyof typeof MINUTES]
    rest = rest.slice(part[0].length)
  }
  const whole = Math.round(minutes)
  return whole <= LAST_MINUTE ? whole : undefined
}

/** The hour and minute in "18:30" or "7:05". */
export const readTimeOfDay = (text: string): { hour: number; minute: number } | undefined => {
  const read = /^(?<hour>[01]?\d|2[0-3]):(?<minute>[0-5]\d)$/u.exec(text.trim())
  return read ? { hour: Number(read.groups?.hour), minute: Number(read.groups?.minute) } : undefined
}
