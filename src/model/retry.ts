import { isTransient, retryAfterSeconds } from './failure.ts'

const MAX_RETRIES = 2
const BACKOFF_MS = [500, 2_000]
const LONGEST_WAIT_MS = 20_000

/**
 * How long to wait before asking again, in ms, or undefined to give up. `retries`: how often it was asked again
 * already. A provider that asks for a longer wait than a player would stand is not asked again: to come back
 * sooner than it said would only draw the next 429.
 */
export const retryWait = (error: unknown, retries: number, now: number): number | undefined => {
  if (retries >= MAX_RETRIES || !isTransient(error)) return undefined
  const asked = retryAfterSeconds(error, now)
  const wait = asked === undefined ? (BACKOFF_MS[retries] ?? LONGEST_WAIT_MS) : asked * 1000
  return wait <= LONGEST_WAIT_MS ? wait : undefined
}
