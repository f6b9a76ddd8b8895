import { isTransient, retryAfterSeconds } from './failure.ts'

/** For one piece of writing, over all the links that are asked for it. */
const MOST_RETRIES = 2

const BACKOFF_MS = [500, 2_000]

/** A player stands no longer wait; nor does one who could be answered by another link. */
export const LONGEST_WAIT_MS = { alone: 20_000, withOthers: 2_000 }

/**
 * How long to wait before asking the same link again, in ms, or undefined to give it up. `retries`: how often one was
 * asked again already. A provider that asks for a wait longer than `longest` is not asked again: to come back sooner
 * than it said would only draw the next 429.
 */
export const retryWait = (
  error: unknown,
  retries: number,
  now: number,
  longest = LONGEST_WAIT_MS.alone,
): number | undefined => {
  if (retries >= MOST_RETRIES || !isTransient(error)) return undefined
  const asked = retryAfterSeconds(error, now)
  const wait = asked === undefined ? (BACKOFF_MS[retries] ?? longest) : asked * 1000
  return wait <= longest ? wait : undefined
}
