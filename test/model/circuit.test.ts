import { describe, expect, test } from 'vitest'
import { admits, began, type CallResult, type Circuit, closed, ended } from '../../src/model/circuit.ts'

const limits = { failures: 3, coolDownMs: 60_000 }
const NOW = 1_000_000

const outcome = (circuit: Circuit, results: readonly CallResult[], now = NOW): Circuit =>
  results.reduce((each, result) => ended(each, result, now, limits), circuit)

const opened: Circuit = { state: 'open', until: NOW + 60_000 }

describe('given a closed circuit', () => {
  test('it admits calls', () => expect(admits(closed, NOW)).toBe(true))

  for (const result of ['unavailable', 'stalled', 'rate_limited'] as const) {
    test(`when ${result} comes three times in a row, then it opens for the cool-down`, () => {
      expect(outcome(closed, [result, result])).toEqual({ state: 'closed', failures: 2 })
      expect(outcome(closed, [result, result, result])).toEqual(opened)
    })
  }

  test('when an answer comes between failures, then they are counted anew', () => {
    const circuit = outcome(closed, ['unavailable', 'stalled', 'answered', 'rate_limited', 'unavailable'])
    expect(circuit).toEqual({ state: 'closed', failures: 2 })
  })

  for (const result of ['refused', 'empty', 'rejected', 'cut'] as const) {
    test(`when ${result} comes, then the connection works`, () => {
      expect(outcome(closed, ['unavailable', 'unavailable', result])).toEqual(closed)
    })
  }

  test('when a call is stopped, then nothing is known', () => {
    expect(outcome(closed, ['unavailable', 'undecided'])).toEqual({ state: 'closed', failures: 1 })
  })

  test('when the key is not taken, then it is barred at once', () => {
    expect(outcome(closed, ['unauthorized'])).toEqual({ state: 'barred' })
  })
})

describe('given a provider that says when it may be asked again', () => {
  const HOUR = 3_600_000
  const limited = (circuit: Circuit, until: number) => ended(circuit, 'rate_limited', NOW, limits, until)

  test('the circuit is open until then, at the first such answer', () => {
    expect(limited(closed, NOW + HOUR)).toEqual({ state: 'open', until: NOW + HOUR })
    expect(limited({ state: 'trying' }, NOW + 1_000)).toEqual({ state: 'open', until: NOW + 1_000 })
  })
  test('when several calls come back with it, then the latest time holds', () => {
    const open = limited(closed, NOW + HOUR)
    expect(limited(open, NOW + 1_000)).toEqual(open)
    expect(limited(open, NOW + 2 * HOUR)).toEqual({ state: 'open', until: NOW + 2 * HOUR })
  })
  test('when that time is over, then it counts like any failure', () =>
    expect(limited(closed, NOW)).toEqual({ state: 'closed', failures: 1 }))
  test('when it is far off, then it is asked again after a day', () =>
    expect(limited(closed, NOW + 999 * HOUR)).toEqual({ state: 'open', until: NOW + 24 * HOUR }))
})

describe('given an open circuit', () => {
  test('it admits nothing before the cool-down is over', () => {
    expect(admits(opened, NOW + 59_999)).toBe(false)
    expect(admits(opened, NOW + 60_000)).toBe(true)
  })

  test('when a call of before fails late, then the cool-down stays as it is', () => {
    expect(outcome(opened, ['unavailable'], NOW + 30_000)).toEqual(opened)
  })

  test('when a call of before is answered late, then it closes', () => {
    expect(outcome(opened, ['answered'])).toEqual(closed)
  })
})

describe('given that the cool-down is over', () => {
  const later = NOW + 60_000
  const trying = began(opened, later)

  test('one call tries, and no other', () => {
    expect(trying).toEqual({ state: 'trying' })
    expect(admits(trying, later)).toBe(false)
  })
  test('when it is answered, then the circuit closes', () =>
    expect(outcome(trying, ['answered'], later)).toEqual(closed))
  test('when it fails, then the circuit opens again', () =>
    expect(outcome(trying, ['stalled'], later)).toEqual({ state: 'open', until: later + 60_000 }))
  test('when it is stopped, then the next call may try', () =>
    expect(admits(outcome(trying, ['undecided'], later), later)).toBe(true))
})

describe('given a barred circuit', () => {
  const barred = outcome(closed, ['unauthorized'])
  test('it never admits a call', () => expect(admits(barred, Number.MAX_SAFE_INTEGER)).toBe(false))
  test('when a call of before is answered late, then it stays barred', () =>
    expect(outcome(barred, ['answered'])).toEqual(barred))
})
