/** How much of a bundle is read. A story of 10,000 turns stays below a tenth of each. */
export const LIMITS = {
  /** In bytes, as it comes. */
  file: 25 * 2 ** 20,
  /** In bytes, of all files in it together. */
  inflated: 400 * 2 ** 20,
  /** In bytes, of one line. */
  line: 2 ** 20,
  events: 500_000,
  texts: 500_000,
  /** In UTF-16 units, of one text. */
  text: 100_000,
  strands: 100_000,
  /** Of all strands together: how many strands each of them sees. */
  lineage: 2_000_000,
  branches: 10_000,
  moves: 200_000,
  settings: 1,
} as const

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>
