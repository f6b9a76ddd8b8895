import { APIConnectionError, APIError } from 'openai'
import type { FailureKind, ModelFailure } from '../turn/ports.ts'
import { isOverflow } from './overflow.ts'

const DETAIL_LIMIT = 300

/** Takes the key, and anything that looks like one, out of a text that is on its way to a log or a detail. */
export const withoutKeys = (text: string, apiKey: string): string => {
  const known = apiKey.length >= 8 ? text.replaceAll(apiKey, '***') : text
  return known
    .replace(/\b(sk|key|pk)-[\w*-]{6,}/gi, '***')
    .replace(/\bbearer\s+\S+/gi, 'Bearer ***')
    .replace(/\/\/[^/\s@]+@/g, '//***@')
}

/** All that a provider said with an error, for those who look for what it means. Empty where it said nothing. */
export const saidBy = (error: unknown): string =>
  error instanceof APIError ? `${error.message} ${JSON.stringify(error.error ?? '')}` : ''

/** Errors of the SDK that came with an HTTP status: the provider answered, and said no. */
export const statusOf = (error: unknown): number | undefined =>
  error instanceof APIError ? error.status : undefined

/** A 403 can be about the words, or about one model, and then says nothing about the key. */
const forbidden = (said: string): FailureKind => {
  if (/moderat|flagged|content.polic|safety/i.test(said)) return 'refused'
  return /access to (the )?model|model_not_found/i.test(said) ? 'rejected' : 'unauthorized'
}

const kindOfStatus = (status: number, said: string): FailureKind => {
  if (status === 401) return 'unauthorized'
  if (status === 403) return forbidden(said)
  if (status === 429) return 'rate_limited'
  if (status === 413 || isOverflow(said)) return 'too_long'
  // Google says so with a 400.
  if (/API.key not valid|API_KEY_INVALID/i.test(said)) return 'unauthorized'
  // Request timeout and too early: the server did not get to it, as with the 5xx.
  if (status === 408 || status === 425 || status >= 500) return 'unavailable'
  return 'rejected'
}

/**
 * What an error means. One without a status (a connection refused or broken, an error sent inside the stream) is
 * `unavailable`, unless it says that the prompt is too long.
 */
export const kindOf = (error: unknown): FailureKind => {
  const status = statusOf(error)
  if (status !== undefined) return kindOfStatus(status, saidBy(error))
  return isOverflow(saidBy(error)) ? 'too_long' : 'unavailable'
}

const causes = (error: unknown): string[] => {
  if (!(error instanceof Error)) return error === undefined ? [] : [String(error)]
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : ''
  return [`${code}${error.message}`, ...causes(error.cause)]
}

/** What went wrong, for the turn to act on and for the log. Never throws and never holds `apiKey`. */
export const failureOf = (error: unknown, apiKey: string, now?: number): ModelFailure => {
  const kind = kindOf(error)
  const wait = now === undefined ? undefined : retryAfterSeconds(error, now)
  return {
    ...failure(kind, causes(error).join(': '), apiKey),
    ...(kind === 'rate_limited' && now !== undefined && wait ? { until: now + wait * 1000 } : {}),
  }
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
  if (error instanceof APIError && error.code === 'insufficient_quota') return false
  const kind = kindOf(error)
  return kind === 'rate_limited' || kind === 'unavailable'
}

/** Codes of connections that never came about. */
const NEVER_CONNECTED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$|CERT|TLS|SSL/

const codes = (error: unknown): string[] => {
  if (!(error instanceof Error)) return []
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : []
  // A host with several addresses fails with one error for each.
  const inner = error instanceof AggregateError ? error.errors : []
  return [...own, ...[...inner, error.cause].flatMap(codes)]
}

/**
 * Whether a provider did not take a request on, and so does not charge it: nobody was there, or it answered with an
 * error instead of a stream. A connection that broke may have been heard.
 */
export const wasNotTakenOn = (error: unknown): boolean => {
  if (error instanceof APIConnectionError) return codes(error).some((code) => NEVER_CONNECTED.test(code))
  return error instanceof APIError
}
