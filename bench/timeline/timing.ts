export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** How long something takes, in ms. */
export const timed = async (work: () => unknown): Promise<number> => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Does something for the round given, and says how long what counts of it took, in ms. */
export type Way = (round: number) => Promise<number>

export const once =
  (work: () => unknown): Way =>
  () =>
    timed(work)

/** Rounds that do not count: statements and pages that are met for the first time. */
const WARM_UP = 5

/**
 * The median of each way. They take turns, each first as often as any other, so that what disturbs the machine
 * disturbs all of them.
 */
export const mediansOf = async <Name extends string>(
  ways: Readonly<Record<Name, Way>>,
  rounds: number,
  warmUp = WARM_UP,
): Promise<Record<Name, number>> => {
  const all = (Object.entries(ways) as [Name, Way][]).map(([name, way]) => {
    return { name, way, times: [] as number[] }
  })
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const first = round % all.length
    for (const { way, times } of [...all.slice(first), ...all.slice(0, first)]) {
      const time = await way(round)
      if (round >= warmUp) times.push(time)
    }
  }
  return Object.fromEntries(all.map(({ name, times }) => [name, medianOf(times)])) as Record<Name, number>
}

const GOLDEN = (Math.sqrt(5) - 1) / 2

/** A turn before the last of so many: each round another, spread evenly over all of them. */
export const turnFor = (round: number, turns: number): number =>
  1 + Math.floor((((round + 1) * GOLDEN) % 1) * (turns - 1))
