import type { Span } from './tokens.ts'

/** A message that became visible or changed, at the time when Discord handled the request. */
export type Sighting = Span & {
  readonly at: number
  readonly kind: 'post' | 'edit'
  readonly channel: string
}

/** When each token of a stream was made, by place. The stream was told that it had ended with the last. */
export type Production = readonly number[]

export type Setting = {
  readonly id: string
  readonly streams: number
  readonly isOneChannel: boolean
}

/** Milliseconds from a request to its answer. */
export const ROUND_TRIP = 100
const WINDOW = 5000
const LIMIT = 5
const PER_SECOND = 50

/**
 * The least mean staleness in ms: Δ/2 + r/2. Δ is the time between two edits of one stream when all that Discord
 * allows is used evenly: 5 edits in 5 s for a channel, 50 requests a second for the bot.
 */
export const optimumOf = ({ streams, isOneChannel }: Setting): number => {
  const sharing = isOneChannel ? streams : 1
  const gap = Math.max((sharing * WINDOW) / LIMIT, (streams * 1000) / PER_SECOND)
  return gap / 2 + ROUND_TRIP / 2
}

/**
 * The last token of the text that can be read without a gap, given for each part, by its first token, the last one
 * that it shows; -1 for none.
 */
const readableTo = (parts: ReadonlyMap<number, number>): number => {
  let last = -1
  for (const [first, end] of [...parts].sort(([a], [b]) => a - b)) {
    if (first > last + 1) break
    last = Math.max(last, end)
  }
  return last
}

/** What could be read from which time on, of one stream. */
const readable = (sightings: readonly Sighting[]): { readonly at: number; readonly token: number }[] => {
  const parts = new Map<number, number>()
  return sightings.map(({ at, first, last }) => {
    parts.set(first, last)
    return { at, token: readableTo(parts) }
  })
}

/**
 * Mean staleness in ms of one stream: the mean over time of (now − the time at which the last readable token was
 * made), from the moment when something was readable until the last token was made.
 */
export const stalenessOf = (production: Production, sightings: readonly Sighting[]): number => {
  const end = production.at(-1) ?? 0
  const states = readable(sightings).filter(({ token }) => token >= 0)
  const start = states[0]?.at ?? end
  const area = states.reduce((sum, { at, token }, index) => {
    const until = Math.min(end, states[index + 1]?.at ?? end)
    if (at >= until) return sum
    const made = production[token] ?? at
    return sum + ((until - made) ** 2 - (at - made) ** 2) / 2
  }, 0)
  return area / (end - start)
}

/** From the first token until something was visible, in ms beyond r/2. */
export const firstTextOf = (production: Production, sightings: readonly Sighting[]): number =>
  (sightings[0]?.at ?? Infinity) - (production[0] ?? 0) - ROUND_TRIP / 2

/** From the last token until all of the text could be read, in ms beyond r/2. */
export const tailOf = (production: Production, sightings: readonly Sighting[]): number => {
  const whole = readable(sightings).find(({ token }) => token === production.length - 1)
  return (whole?.at ?? Infinity) - (production.at(-1) ?? 0) - ROUND_TRIP / 2
}

/** Whether a channel that has handled these edits has room for one more at `at`. */
export const hasRoom = (edits: readonly number[], at: number): boolean => {
  let open = { used: 0, resetsAt: -Infinity }
  for (const edit of edits) {
    if (edit >= open.resetsAt) open = { used: 0, resetsAt: edit + WINDOW }
    open.used += 1
  }
  return at >= open.resetsAt || open.used < LIMIT
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
