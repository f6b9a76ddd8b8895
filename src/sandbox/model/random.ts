import { createHash } from 'node:crypto'

/** Numbers in [0, 1), the same for the same seed. */
export type Random = () => number

export const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** mulberry32, seeded with the SHA-256 of a text. */
export const randomFrom = (seed: string): Random => {
  let state = digest(seed).readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const pick = <T>(random: Random, from: readonly [T, ...T[]]): T =>
  from[Math.floor(random() * from.length)] ?? from[0]

export const chance = (random: Random, share: number): boolean => random() < share

/** A whole number from `low` to `high`, both included. */
export const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1))

export const shuffled = <T>(random: Random, from: readonly T[]): T[] => {
  const rest = [...from]
  const out: T[] = []
  while (rest.length > 0) out.push(...rest.splice(Math.floor(random() * rest.length), 1))
  return out
}
