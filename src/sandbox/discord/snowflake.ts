/** Discord counts from the first second of 2015. */
const EPOCH_MS = 1_420_070_400_000
/** Earlier than this an id would have fewer than 17 digits. */
const EARLIEST_MS = EPOCH_MS + 30 * 24 * 3_600_000

/** Ids of 17 to 19 digits that hold the time of their making, each larger than the last and than `above`. */
export const snowflakesFrom = (now: () => number, above = '0'): (() => string) => {
  let last = BigInt(above)
  return () => {
    const fresh = BigInt(Math.max(Math.floor(now()), EARLIEST_MS) - EPOCH_MS) << 22n
    last = fresh > last ? fresh : last + 1n
    return last.toString()
  }
}

/** When the thing with this id was made, in milliseconds since 1970. */
export const madeAt = (id: string): number => Number(BigInt(id) >> 22n) + EPOCH_MS

export const isSnowflake = (text: string): boolean => /^\d{17,20}$/.test(text)

/** Orders ids by age. Ids of one length compare as text; the longer is the younger. */
export const byAge = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : a > b ? 1 : 0)

export const isOlder = (a: string, b: string): boolean => byAge(a, b) < 0
