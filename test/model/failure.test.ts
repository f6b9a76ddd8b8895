import { APIConnectionError, APIError } from 'openai'
import { describe, expect, test } from 'vitest'
import { failureOf, retryAfterSeconds, wasNotTakenOn, withoutKeys } from '../../src/model/failure.ts'
import { retryWait } from '../../src/model/retry.ts'
import type { FailureKind } from '../../src/turn/ports.ts'

const answered = (status: number, headers: Record<string, string> = {}, body: object = { message: 'no' }) =>
  APIError.generate(status, { error: body }, undefined, new Headers(headers))

describe('what a status means', () => {
  const kinds: [number, FailureKind][] = [
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'rejected'],
    [408, 'unavailable'],
    [413, 'too_long'],
    [422, 'rejected'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [529, 'unavailable'],
  ]
  for (const [status, kind] of kinds) {
    test(`${status} is ${kind}`, () => expect(failureOf(answered(status), '').kind).toBe(kind))
  }
  test('no status is unavailable', () => {
    const error = new APIConnectionError({ message: 'Connection error.', cause: new Error('ECONNRESET') })
    expect(failureOf(error, '')).toEqual({ kind: 'unavailable', detail: 'Connection error.: ECONNRESET' })
  })
  test('a 400 that names the key is about the key', () =>
    expect(failureOf(answered(400, {}, { message: 'API key not valid.' }), '').kind).toBe('unauthorized'))
  test('429 says until when asking is of no use', () =>
    expect(failureOf(answered(429, { 'retry-after': '7' }), '', 1_000).until).toBe(8_000))
  test('anything thrown has a meaning', () => expect(failureOf('odd', '').kind).toBe('unavailable'))
})

describe('when to ask again', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  test('Retry-After in seconds or as a date', () => {
    expect(retryAfterSeconds(answered(429, { 'retry-after': '7' }), now)).toBe(7)
    expect(retryAfterSeconds(answered(503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }), now)).toBe(9)
    expect(retryAfterSeconds(answered(429, { 'retry-after': 'soon' }), now)).toBeUndefined()
  })
  const waits: [name: string, error: unknown, retries: number, wait: number | undefined][] = [
    ['as long as the provider says', answered(429, { 'retry-after': '7' }), 0, 7_000],
    ['a little when it does not say', answered(503), 0, 500],
    ['longer the second time', answered(503), 1, 2_000],
    ['never a third time', answered(503), 2, undefined],
    ['not when the wait is too long', answered(429, { 'retry-after': '60' }), 0, undefined],
    ['not when the money is gone', answered(429, {}, { code: 'insufficient_quota' }), 0, undefined],
    ['not when the request is wrong', answered(400), 0, undefined],
    ['not when the key is wrong', answered(401), 0, undefined],
  ]
  for (const [name, error, retries, wait] of waits) {
    test(name, () => expect(retryWait(error, retries, now)).toBe(wait))
  }
  test('not when the wait is too long for who asks', () =>
    expect(retryWait(answered(429, { 'retry-after': '7' }), 0, now, 2_000)).toBeUndefined())
})

describe('a provider did not take a request on', () => {
  const broken = (code: string) =>
    new APIConnectionError({ message: 'Connection error.', cause: Object.assign(new Error(code), { code }) })
  const cases: [name: string, error: unknown, expected: boolean][] = [
    ['that it refused', answered(400), true],
    ['that it failed on', answered(500), true],
    ['that nobody heard', broken('ECONNREFUSED'), true],
    ['whose host there is not', broken('ENOTFOUND'), true],
    ['that did not trust it', broken('DEPTH_ZERO_SELF_SIGNED_CERT'), true],
    ['but may have, where the line broke', broken('ECONNRESET'), false],
    ['but may have, where something else went wrong', new Error('odd'), false],
  ]
  for (const [name, error, expected] of cases) {
    test(name, () => expect(wasNotTakenOn(error)).toBe(expected))
  }
})

test('keys are taken out of a text, known and unknown', () => {
  expect(withoutKeys('key hunter2hunter2, sk-abc123XYZ and Bearer abc.def', 'hunter2hunter2')).toBe(
    'key ***, *** and Bearer ***',
  )
  expect(withoutKeys('at https://ada:secret@host/v1', '')).toBe('at https://***@host/v1')
})
