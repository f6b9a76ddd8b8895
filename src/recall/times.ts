/** A stretch of the story's time, in its minutes. `fit`: how surely it is meant, from 0 to 1. */
export type Stretch = { readonly from: number; readonly to: number; readonly fit: number }

/** When it is in the story: in its minutes, and the date that day 1 is, where that is one. */
export type StoryNow = { readonly minutes: number; readonly anchor: string | undefined }

const DAY = 24 * 60

const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
]

// Only with a year it is a date for sure: "May" alone can be anybody.
const HAS_YEAR = /\b\d{3,4}\b/u

/** Milliseconds since the epoch at the midnight that day 1 begins with; undefined where no date is named. */
const epochOf = (anchor: string | undefined): number | undefined => {
  if (anchor === undefined || !HAS_YEAR.test(anchor)) return undefined
  const parsed = Date.parse(`${anchor} UTC`)
  return Number.isNaN(parsed) ? undefined : parsed - (parsed % (DAY * 60_000))
}

/** The months that a text names, counted from 0. A small may is no month. */
const monthsIn = (text: string): number[] =>
  MONTHS.flatMap((name, month) =>
    new RegExp(`\\b${name === 'may' ? 'May' : name}\\b`, name === 'may' ? 'u' : 'iu').test(text)
      ? [month]
      : [],
  )

const daysIn = (text: string): number[] => {
  const numbers = [...text.matchAll(/\b([0-3]?\d)(?:st|nd|rd|th)?\b/gu)].map(([, day]) => Number(day))
  return [...new Set(numbers)].filter((day) => day > 0 && day < 32)
}

/** Things are mostly told of on their day or soon after it. */
const TOLD_AFTER = 10

const datesIn = (text: string, now: StoryNow): Stretch[] => {
  const epoch = epochOf(now.anchor)
  const months = monthsIn(text)
  if (epoch === undefined || months.length === 0) return []
  const at = (year: number, month: number, day: number) => (Date.UTC(year, month, day) - epoch) / 60_000
  const first = new Date(epoch).getUTCFullYear()
  const last = new Date(epoch + now.minutes * 60_000).getUTCFullYear()
  const years = Array.from({ length: Math.min(100, last - first + 1) }, (_, nth) => first + nth)
  const named = years.filter((year) => text.includes(String(year)))
  const days = daysIn(text)
  return (named.length > 0 ? named : years).flatMap((year) =>
    months.flatMap((month): Stretch[] => {
      const end = at(year, month + 1, 1)
      return [
        ...days.map((day) => ({ from: at(year, month, day - 2), to: at(year, month, day + 3), fit: 1 })),
        { from: at(year, month, 1), to: end, fit: days.length > 0 ? 0.6 : 1 },
        { from: end, to: end + TOLD_AFTER * DAY, fit: 0.5 },
      ]
    }),
  )
}

const COUNTS: Readonly<Record<string, number>> = {
  ...{ a: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
}
const UNITS: Readonly<Record<string, number>> = { day: 1, night: 1, week: 7, month: 30, year: 365 }

const AGO = /\b(\d{1,3}|[a-z]+) (day|night|week|month|year)s? ago\b/giu
const LAST = /\blast (night|week|month|year)\b/giu

const agoIn = (text: string, { minutes }: StoryNow): Stretch[] => {
  const today = minutes - (minutes % DAY)
  const around = (days: number, slack: number): Stretch => ({
    from: today - (days + slack) * DAY,
    to: today - (days - slack - 1) * DAY,
    fit: 1,
  })
  const counted = [...text.matchAll(AGO)].flatMap(([, count = '', unit = '']) => {
    const many = COUNTS[count.toLowerCase()] ?? Number(count)
    const days = many * (UNITS[unit.toLowerCase()] ?? 1)
    return Number.isFinite(days) ? [around(days, Math.floor(days / 5))] : []
  })
  const last = [...text.matchAll(LAST)].map(([, unit = '']) => {
    const days = UNITS[unit.toLowerCase()] ?? 1
    return days === 1 ? around(1, 0) : around(days, Math.ceil(days / 2))
  })
  return [
    ...counted,
    ...last,
    ...(/\byesterday\b/iu.test(text) ? [around(1, 0)] : []),
    ...(/\b(?:today|tonight|this (?:morning|afternoon|evening))\b/iu.test(text) ? [around(0, 0)] : []),
  ]
}

/** The times that a text speaks of, as far as words tell: dates, where the story has a calendar, and "two days ago". */
export const timesIn = (text: string, now: StoryNow): Stretch[] => [
  ...datesIn(text, now),
  ...agoIn(text, now),
]

/** How well a time fits what was spoken of: 0 where it does not, or none was. */
export const fitOf = (minutes: number, stretches: readonly Stretch[]): number =>
  stretches.reduce(
    (best, { from, to, fit }) => (minutes >= from && minutes < to ? Math.max(best, fit) : best),
    0,
  )
