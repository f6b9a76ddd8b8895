import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  DOLLAR,
  type ListedPrice,
  mostFor,
  noUsage,
  priceAt,
  priceOf,
  pricesInForce,
  readableUsage,
} from '../../src/ledger/price.ts'

const price = { input: 3 * DOLLAR, cached: 0.3 * DOLLAR, cacheWrite: null, output: 15 * DOLLAR }

const tokens = fc.nat({ max: 10_000_000 })
const nanos = fc.nat({ max: 1_000 * DOLLAR })
const anyPrice = fc.record({
  ...{ input: nanos, cached: nanos, output: nanos },
  cacheWrite: fc.option(nanos),
})
const anyUsage = fc.record({
  ...{ input: tokens, cached: tokens, cacheWritten: tokens },
  ...{ reasoning: tokens, output: tokens },
})

describe('what a call cost', () => {
  test('is what its tokens cost, those from the cache at their own price', () => {
    expect(priceOf({ input: 1_000_000, cached: 0, cacheWritten: 0, reasoning: 0, output: 0 }, price)).toBe(
      3 * DOLLAR,
    )
    expect(priceOf({ input: 10_000, cached: 8_000, cacheWritten: 0, reasoning: 0, output: 500 }, price)).toBe(
      15_900_000,
    )
  })

  test('has the reasoning in it once: it is a part of the output', () => {
    expect(priceOf({ input: 0, cached: 0, cacheWritten: 0, reasoning: 400, output: 500 }, price)).toBe(
      7_500_000,
    )
  })

  test('is unknown where the price is, even where nothing was used', () => {
    expect(priceOf(noUsage, undefined)).toBeNull()
    expect(mostFor(100, 100, undefined)).toBeNull()
    expect(priceOf(noUsage, price)).toBe(0)
  })

  test('is rounded up to a nano-dollar, so that not even a cheap token is free', () => {
    expect(
      priceOf({ input: 1, cached: 0, cacheWritten: 0, reasoning: 0, output: 0 }, { ...price, input: 1 }),
    ).toBe(1)
  })

  test('does not fall below nothing where a provider tells more cached tokens than it was given', () => {
    expect(priceOf({ input: 1_000, cached: 5_000, cacheWritten: 0, reasoning: 0, output: 0 }, price)).toBe(
      300_000,
    )
  })

  test('is whole, and exact however much it is', () => {
    fc.assert(
      fc.property(anyUsage, anyPrice, (usage, at) => {
        const cached = Math.min(usage.cached, usage.input)
        const written = Math.min(usage.cacheWritten, usage.input - cached)
        const millionfold =
          BigInt(usage.input - cached - written) * BigInt(at.input) +
          BigInt(cached) * BigInt(at.cached) +
          BigInt(written) * BigInt(at.cacheWrite ?? at.input) +
          BigInt(usage.output) * BigInt(at.output)
        const over = BigInt(priceOf(usage, at) ?? -1) * 1_000_000n - millionfold
        expect(over >= 0n && over < 1_000_000n).toBe(true)
      }),
    )
  })

  test('is never more than was estimated, where it stays within its prompt and its limit', () => {
    fc.assert(
      fc.property(anyUsage, anyPrice, fc.boolean(), tokens, tokens, (usage, at, marks, more, moreOutput) => {
        const most = mostFor(usage.input + more, usage.output + moreOutput, at, marks)
        expect(priceOf(usage, at, marks)).toBeLessThanOrEqual(most ?? -1)
      }),
    )
  })

  describe('for what the provider keeps of a prompt', () => {
    const kept = { ...noUsage, input: 10_000, cached: 2_000, cacheWritten: 6_000 }
    const read = 2_000 * 3_000 + 2_000 * 300

    test('is a quarter more than for reading, where it was told to keep it', () => {
      expect(priceOf(kept, price, true)).toBe(read + 6_000 * 3_750)
      expect(mostFor(1_000_000, 0, price, true)).toBe(3.75 * DOLLAR)
    })

    test('is as for reading where it was not', () => {
      expect(priceOf(kept, price)).toBe(read + 6_000 * 3_000)
    })

    test('is what someone set, wherever that was', () => {
      const set = { ...price, cacheWrite: 6 * DOLLAR }
      expect([priceOf(kept, set), priceOf(kept, set, true)]).toEqual(Array(2).fill(read + 6_000 * 6_000))
      expect(mostFor(1_000_000, 0, set)).toBe(6 * DOLLAR)
    })
  })
})

describe('the usage that a provider told', () => {
  test.each([
    { input: -1 },
    { output: 1.5 },
    { cached: Number.NaN },
    { reasoning: Number.POSITIVE_INFINITY },
  ])('is not taken with %o in it', (part) => {
    expect(readableUsage({ ...noUsage, ...part })).toBeUndefined()
  })

  test('is taken as it is where all of it are counts', () => {
    const told = { input: 12, cached: 4, cacheWritten: 0, reasoning: 0, output: 7 }
    expect(readableUsage(told)).toEqual(told)
  })
})

describe('the price of a model', () => {
  const listed = (
    from: number,
    connection: string | null,
    input: number,
    guild: string | null = null,
  ): ListedPrice => ({
    ...price,
    ...{ guild, model: 'bard', connection, from, input },
  })
  const prices = [listed(10, null, 1), listed(20, null, 2), listed(10, 'router', 3), listed(20, 'router', 4)]
  const bard = { guild: '9', model: 'bard' }
  const at = (time: number, connection = 'openai') => priceAt(prices, { ...bard, connection }, time)?.input

  test('is the newest that had begun', () => {
    expect([9, 10, 19, 20, 99].map((time) => at(time))).toEqual([undefined, 1, 1, 2, 2])
  })

  test('is that of its connection, where it has one', () => {
    expect([9, 15, 20].map((time) => at(time, 'router'))).toEqual([undefined, 3, 4])
  })

  test('of a connection counts before a newer one for all', () => {
    expect(
      priceAt([listed(10, 'router', 3), listed(20, null, 2)], { ...bard, connection: 'router' }, 30)?.input,
    ).toBe(3)
  })

  test('of another model is not its own', () => {
    expect(priceAt(prices, { ...bard, model: 'other', connection: 'router' }, 99)).toBeUndefined()
  })

  test('is a server’s own before any that is for all, and no other server’s', () => {
    const all = [...prices, listed(5, null, 7, '9'), listed(5, 'router', 8, '8')]
    const seenBy = (guild: string, connection: string) =>
      priceAt(all, { ...bard, guild, connection }, 99)?.input
    expect([seenBy('9', 'openai'), seenBy('9', 'router')]).toEqual([7, 7])
    expect([seenBy('8', 'openai'), seenBy('8', 'router')]).toEqual([2, 8])
    const own = (guild: string) => all.filter((each) => each.guild === null || each.guild === guild)
    expect(pricesInForce(own('9'), 99).map(({ input }) => input)).toEqual([7])
    expect(pricesInForce(own('8'), 99).map(({ input }) => input)).toEqual([2, 8])
  })

  test('stands once for each model and connection among those in force', () => {
    expect(pricesInForce(prices, 15).map(({ input }) => input)).toEqual([1, 3])
    expect(pricesInForce(prices, 20).map(({ input }) => input)).toEqual([2, 4])
    expect(pricesInForce(prices, 9)).toEqual([])
  })
})
