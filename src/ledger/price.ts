import { z } from 'zod'

/**
 * Money, in whole nano-dollars: fine enough for the price of one token, and sums are exact up to nine million dollars.
 */
export const Nanos = z.int().min(0)
export type Nanos = z.infer<typeof Nanos>

export const DOLLAR: Nanos = 1_000_000_000

const Tokens = z.int().min(0)

/**
 * What a call used, as providers count: what was `cached`, and what was `cacheWritten` for the next time, are parts of
 * `input`, `reasoning` of `output`.
 */
const TokenUsage = z
  .object({ input: Tokens, cached: Tokens, cacheWritten: Tokens, reasoning: Tokens, output: Tokens })
  .readonly()
export type TokenUsage = z.infer<typeof TokenUsage>

/** The usage of a call that the provider did not take on, and so does not charge. */
export const noUsage: TokenUsage = { input: 0, cached: 0, cacheWritten: 0, reasoning: 0, output: 0 }

/** What a million tokens cost. `cacheWrite` null: what providers usually ask for it. */
export const Price = z
  .object({ input: Nanos, cached: Nanos, cacheWrite: Nanos.nullable(), output: Nanos })
  .readonly()
export type Price = z.infer<typeof Price>

export const freePrice: Price = { input: 0, cached: 0, cacheWrite: 0, output: 0 }

/**
 * A model's price from a time on, in milliseconds since the epoch. `guild` null: for every server that has none of its
 * own. `connection` null: wherever it is called.
 */
export type ListedPrice = Price & {
  readonly guild: string | null
  readonly model: string
  readonly connection: string | null
  readonly from: number
}

const MILLION = 1_000_000n

// A million tokens at a price for a million of them are more nano-dollars than a number holds exactly.
const costOf = (tokens: number, price: Nanos): bigint => BigInt(tokens) * BigInt(price)

/** Anthropic asks a quarter more for what it is told to keep; elsewhere it costs what reading it costs. */
const cacheWritePrice = ({ cacheWrite, input }: Price, marksCache: boolean): Nanos =>
  cacheWrite ?? (marksCache ? Math.ceil((input * 5) / 4) : input)

/**
 * What a call cost, rounded up to a nano-dollar. Null where the price is unknown: that is not the same as nothing.
 * `marksCache`: its prompt was marked for the provider to keep.
 */
export const priceOf = (usage: TokenUsage, price: Price | undefined, marksCache = false): Nanos | null => {
  if (!price) return null
  const cached = Math.min(usage.cached, usage.input)
  const written = Math.min(usage.cacheWritten, usage.input - cached)
  const cost =
    costOf(usage.input - cached - written, price.input) +
    costOf(cached, price.cached) +
    costOf(written, cacheWritePrice(price, marksCache)) +
    costOf(usage.output, price.output)
  return Number((cost + MILLION - 1n) / MILLION)
}

/** The most that a call can cost with a prompt of so many tokens and an answer of at most so many. */
export const mostFor = (
  promptTokens: number,
  maxTokens: number,
  price: Price | undefined,
  marksCache = false,
): Nanos | null =>
  priceOf(
    { ...noUsage, input: promptTokens, output: maxTokens },
    price && {
      ...price,
      input: Math.max(price.input, price.cached, cacheWritePrice(price, marksCache)),
    },
  )

/** Usage as a provider told it; undefined where what it told cannot be counted. */
export const readableUsage = (told: TokenUsage | undefined): TokenUsage | undefined =>
  TokenUsage.safeParse(told).data

/** Which of two prices of a model counts: the server's own, then the one for its connection, then the later one. */
const byPrecedence = (one: ListedPrice, other: ListedPrice): number =>
  Number(one.guild === null) - Number(other.guild === null) ||
  Number(one.connection === null) - Number(other.connection === null) ||
  other.from - one.from

/** The price of a model at a connection for a server, at a time. Undefined: nobody has told it. */
export const priceAt = (
  prices: readonly ListedPrice[],
  { guild, model, connection }: Record<'guild' | 'model' | 'connection', string>,
  at: number,
): ListedPrice | undefined =>
  prices
    .filter((price) => price.model === model && price.from <= at)
    .filter((price) => price.guild === null || price.guild === guild)
    .filter((price) => price.connection === null || price.connection === connection)
    .sort(byPrecedence)[0]

/** Whether a price never counts where there is the other. */
const isOverruled = ({ guild, model, connection, from }: ListedPrice, other: ListedPrice): boolean => {
  if (other.model !== model) return false
  if (other.guild === guild) return other.connection === connection && other.from > from
  return guild === null && (other.connection === null || other.connection === connection)
}

/**
 * Of the prices for a server, and of those for all, the ones in force at a time: the newest for each model and
 * connection, in the order of the list.
 */
export const pricesInForce = (prices: readonly ListedPrice[], at: number): ListedPrice[] => {
  const begun = prices.filter(({ from }) => from <= at)
  return begun.filter((price) => !begun.some((other) => isOverruled(price, other)))
}
