import type { APIMessageComponentEmoji } from 'discord-api-types/v10'

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const clockSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
const shortDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'short' })
const longDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' })
const longDateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' })
const fullDateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' })
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' })

const DAY_MS = 86_400_000

const dayNumber = (time: number): number => {
  const date = new Date(time)
  return Math.floor(new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime() / DAY_MS)
}

export const sameDay = (a: number, b: number): boolean => dayNumber(a) === dayNumber(b)

export const timeOfDay = (time: number): string => clock.format(time)

/** The line between two days. */
export const dayName = (time: number): string => longDate.format(time)

/** When a message was written, beside its author. */
export const messageTime = (time: number, now: number): string => {
  const days = dayNumber(now) - dayNumber(time)
  if (days === 0) return `Today at ${clock.format(time)}`
  if (days === 1) return `Yesterday at ${clock.format(time)}`
  return `${shortDate.format(time)} ${clock.format(time)}`
}

/** The moment in full, for a tooltip. */
export const fullTime = (time: number): string => fullDateTime.format(time)

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

const relativeTime = (seconds: number): string => {
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const)
  return relative.format(Math.round(seconds / size), unit)
}

/** Discord's `<t:seconds:style>`. */
export const timestampMark = (seconds: number, style: string, now: number): string => {
  const time = seconds * 1_000
  if (Math.abs(time) > 8.64e15) return 'Invalid date'
  if (style === 't') return clock.format(time)
  if (style === 'T') return clockSeconds.format(time)
  if (style === 'd') return shortDate.format(time)
  if (style === 'D') return longDate.format(time)
  if (style === 'F') return fullDateTime.format(time)
  if (style === 'R') return relativeTime((time - now) / 1_000)
  return longDateTime.format(time)
}

const SIZES = ['bytes', 'KB', 'MB', 'GB'] as const

/** A file's size, as Discord writes it: `812 bytes`, `1.2 MB`. */
export const fileSize = (bytes: number): string => {
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), SIZES.length - 1)
  const amount = bytes / 1_024 ** power
  return `${power === 0 ? amount : amount.toFixed(amount < 10 ? 1 : 0)} ${SIZES[power]}`
}

/** An emoji of a component. A server's own has no picture here: it goes by its name. */
export const emojiText = ({ id, name }: APIMessageComponentEmoji): string =>
  id ? `:${name ?? 'emoji'}:` : (name ?? '')

/** A colour that Discord gives as a number, as the browser takes it. */
export const colour = (value: number | null | undefined): string | undefined =>
  value === undefined || value === null ? undefined : `#${value.toString(16).padStart(6, '0')}`
