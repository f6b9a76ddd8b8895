import type { Story } from './story.ts'
import { mediansOf, type Way } from './timing.ts'

/** In turns. With ten memories for each, 100 turns have 1,000 of them, and 10,000 have 100,000. */
const LENGTHS = [10, 100, 1000, 10_000] as const
export type Length = `${(typeof LENGTHS)[number]}`

export type ByLength<T> = Readonly<Record<Length, T>>

/** The same at every length, one after the other. */
export const atEachLength = async <T>(make: (turns: number) => Promise<T>): Promise<ByLength<T>> => ({
  10: await make(10),
  100: await make(100),
  1000: await make(1000),
  10000: await make(10_000),
})

/** Median ms of one way at every length, in one run. */
export const timesOf = async (
  stories: ByLength<Story>,
  way: (story: Story) => Way | Promise<Way>,
  rounds: number,
  warmUp?: number,
): Promise<ByLength<number>> => {
  const { 10: ten, 100: hundred, 1000: thousand, 10000: most } = stories
  const ways = {
    10: await way(ten),
    100: await way(hundred),
    1000: await way(thousand),
    10000: await way(most),
  }
  return mediansOf<Length>(ways, rounds, warmUp)
}

/** What a hundred times the length costs, for what a hundred turns cost. */
export const growthOf = (times: ByLength<number>): number => times[10000] / times[100]

/** What a ratio stands for in this run. */
export const inMs = (times: ByLength<number>): Record<string, number> =>
  Object.fromEntries(LENGTHS.map((turns) => [`ms_at_${turns}`, times[`${turns}`]]))
