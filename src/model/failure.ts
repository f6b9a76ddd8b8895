import { APIConnectionError, APIError } from 'openai'
import type { FailureKind, ModelFailure } from '../turn/ports.ts'

const DETAIL_LIMIT = 300

/** Takes the key, and anything that looks like one, out of a text that is on its way to a log or a detail. */
export const withoutKeys = (text: string, apiKey: string): string => {
  const known = apiKey.length >= 8 ? text.replaceAll(apiKey, '***') : text
  return known.replace(/\b(sk|key|pk)-[\w*-]{6,}/gi, '***').replace(/\bbearer\s+\S+/gi, 'Bearer ***')
}

const kindOfStatus = (status: number): FailureKind => {
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'rate_limited'
  // Request timeout and too early: the server did not get to it, as with the 5xx.
  if (status === 408 || status === 425 || status >= 500) return 'unavailable'
  return 'rejected'
}

/** Errors of the SDK that came with an HTTP status: the provider answered, and said no. */
const statusOf = (error: unknown): number | undefined =>
  error instanceof APIError ? error.status : undefined

const causes = (error: unknown): string[] => {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)]
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : ''
  return [`${code}${error.message}`, ...causes(error.cause)]
}

/**
 * What went wrong, for the turn to act on and for the log. Never throws and never holds `apiKey`.
 * An error without a status (a connection refused or broken, an error sent inside the stream) is `unavailable`.
 */
export const failureOf = (error: unknown, apiKey: string): ModelFailure => {
  const status = statusOf(error)
  const kind = status === undefined ? 'unavailable' : kindOfStatus(status)
  return failure(kind, causes(error).join(': '), apiKey)
}

export const failure = (kind: FailureKind, detail: string, apiKey = ''): ModelFailure => ({
  kind,
  detail: withoutKeys(detail, apiKey).replace(/\s+/g, ' ').trim().slice(0, DETAIL_LIMIT),
})

/** Seconds that the provider asks to be left alone for, from a number or a date in Retry-After. */
export const retryAfterSeconds = (error: unknown, now: number): number | undefined => {
  const value = error instanceof APIError ? error.headers?.get('retry-after') : undefined
  if (value == null || value.trim() === '') return undefined
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds)
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1000)
}

/** Whether asking again can help: the provider is busy, broken or out of reach. */
export const isTransient = (error: unknown): boolean => {
  if (error instanceof APIConnectionError) return true
  const status = statusOf(error)
  if (status === undefined) return true
  if (error instanceof APIError && error.code === 'insufficient_quota') return false
  return status === 429 || kindOfStatus(status) === 'unavailable'
}
