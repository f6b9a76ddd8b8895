import { z } from 'zod'

/**
 * Money, in whole nano-dollars: fine enough for the price of one token, and sums are exact up to nine million dollars.
 */
export const Nanos = z.int().min(0)
export type Nanos = z.infer<typeof Nanos>

export const DOLLAR: Nanos = 1_000_000_000

const Tokens = z.int().min(0)

/** What a call used, as providers count: what was `cached` is a part of `input`, `reasoning` of `output`. */
const TokenUsage = z.object({ input: Tokens, cached: Tokens, reasoning: Tokens, output: Tokens }).readonly()
export type TokenUsage = z.infer<typeof TokenUsage>

/** The usage of a call that the provider did not take on, and so does not charge. */
export const noUsage: TokenUsage = { input: 0, cached: 0, reasoning: 0, output: 0 }

/** What a million tokens cost. */
export const Price = z.object({ input: Nanos, cached: Nanos, output: Nanos }).readonly()
export type Price = z.infer<typeof Price>

/** A model's price from a time on, in milliseconds since the epoch. `connection` null: wherever it is called. */
export type ListedPrice = Price & {
  readonly model: string
  readonly connection: string | null
  readonly from: number
}

const MILLION = 1_000_000n

// A million tokens at a price for a million of them are more nano-dollars than a number holds exactly.
const costOf = (tokens: number, price: Nanos): bigint => BigInt(tokens) * BigInt(price)

/** What a call cost, rounded up to a nano-dollar. Null where the price is unknown: that is not the same as nothing. */
export const priceOf = (usage: TokenUsage, price: Price | undefined): Nanos | null => {
  if (!price) return null
  const cached = Math.min(usage.cached, usage.input)
  const cost =
    costOf(usage.input - cached, price.input) +
    costOf(cached, price.cached) +
    costOf(usage.output, price.output)
  return Number((cost + MILLION - 1n) / MILLION)
}

/** The most that a call can cost with a prompt of so many tokens and an answer of at most so many. */
export const mostFor = (promptTokens: number, maxTokens: number, price: Price | undefined): Nanos | null =>
  priceOf(
    { input: promptTokens, cached: 0, reasoning: 0, output: maxTokens },
    price && { ...price, input: Math.max(price.input, price.cached) },
  )

/** Usage as a provider told it; undefined where what it told cannot be counted. */
export const readableUsage = (told: TokenUsage | undefined): TokenUsage | undefined =>
  TokenUsage.safeParse(told).data

/** Which of two prices of a model counts: the one for its connection, then the later one. */
const byPrecedence = (one: ListedPrice, other: ListedPrice): number =>
  Number(one.connection === null) - Number(other.connection === null) || other.from - one.from

/** The price of a model at a connection, at a time. Undefined: nobody has told it. */
export const priceAt = (
  prices: readonly ListedPrice[],
  { model, connection }: { readonly model: string; readonly connection: string },
  at: number,
): ListedPrice | undefined =>
  prices
    .filter((price) => price.model === model && price.from <= at)
    .filter((price) => price.connection === null || price.connection === connection)
    .sort(byPrecedence)[0]

/** Of all prices those in force at a time: the newest for each model and connection, in the order of the list. */
export const pricesInForce = (prices: readonly ListedPrice[], at: number): ListedPrice[] => {
  const begun = prices.filter(({ from }) => from <= at)
  return begun.filter(
    ({ model, connection, from }) =>
      !begun.some((other) => other.model === model && other.connection === connection && other.from > from),
  )
}
