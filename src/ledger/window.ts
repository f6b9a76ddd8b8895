/** The spans that budgets are for, as the calendar has them where a server is. */
export type Window = 'day' | 'month'

export const WINDOWS: readonly Window[] = ['day', 'month']

/** A day by its date, like `2026-11-21`. */
export type Day = string

/** A day by its date, or a month, like `2026-11`. Those of one window sort by time. */
export type Period = string

/** Tells the date at a time, in milliseconds since the epoch. */
const calendarOf = (zone: string): ((at: number) => Day) => {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]))
    return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  }
}

/** The date at a time in a time zone, by its IANA name. Throws a `RangeError` where there is no such zone. */
export const dayAt = (at: number, zone: string): Day => calendarOf(zone)(at)

export const periodOf = (day: Day, window: Window): Period => (window === 'day' ? day : day.slice(0, 7))

const HOUR = 3_600_000
/** Longer than each window, and than the longest day where clocks are put back or a date is skipped. */
const BEYOND: Readonly<Record<Window, number>> = { day: 50 * HOUR, month: 33 * 24 * HOUR }

/** When the next window begins after a time, both in milliseconds since the epoch. */
export const whenResets = (window: Window, at: number, zone: string): number => {
  const calendar = calendarOf(zone)
  const now = periodOf(calendar(at), window)
  // Intl tells the date at a time, but not the time of a date: that is searched for.
  let still = at
  let next = at + BEYOND[window]
  while (next - still > 1) {
    const between = Math.floor((still + next) / 2)
    if (periodOf(calendar(between), window) > now) next = between
    else still = between
  }
  return next
}
