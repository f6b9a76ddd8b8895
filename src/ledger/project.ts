import type { Nanos } from './price.ts'
import { dayAt, whenResets } from './window.ts'

const HOUR = 3_600_000

/** A span of time from a moment up to another, which is no part of it, in milliseconds since the epoch. */
export type Span = { readonly from: number; readonly to: number }

/** The month at a time, as the calendar has it in a time zone. */
export const monthAt = (at: number, zone: string): Span => {
  const [, , day] = dayAt(at, zone).split('-')
  // Half a day further, for the days on which clocks are put back.
  const lastMonth = at - Number(day) * 24 * HOUR - 12 * HOUR
  return { from: whenResets('month', lastMonth, zone), to: whenResets('month', at, zone) }
}

/** What a span comes to if it goes on as it went until now. */
export const projected = (spent: Nanos, { from, to }: Span, now: number): Nanos =>
  now <= from ? spent : Math.round((spent * (to - from)) / (now - from))
