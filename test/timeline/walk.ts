import type { Pick } from './appending.ts'
import { goingElsewhere } from './moves.ts'
import { goingOn } from './operations.ts'
import { compareAll, compareHere, compareWords, openWorld, type World } from './world.ts'

const operations = { ...goingOn, ...goingElsewhere }

export type OperationName = keyof typeof operations
export const operationNames = Object.keys(operations) as OperationName[]

/** An operation and what it is about. A list of them is a walk, and so is what is left when some are taken out. */
export type Step = readonly [OperationName, Pick]

/** How often each is tried, relative to the others. */
const WEIGHTS: Record<OperationName, number> = {
  ...{ gathers: 20, calls: 15, whispers: 15 },
  ...{ speak: 320, remark: 20, goesOn: 30, retries: 30, regenerates: 80, revises: 50 },
  ...{ remember: 40, supersedes: 30, pins: 20, unpins: 10, edits: 160, resets: 14, sumsUp: 12 },
  ...{ feels: 30, hears: 20, tellsScene: 20, evolves: 20 },
  ...{ rewind: 45, undo: 40, goBackTo: 20, swipe: 80, branch: 25, turnTo: 50 },
  ...{ rename: 5, remove: 6, restore: 6, erase: 8, race: 10, again: 10 },
  ...{ lookBack: 20, outdate: 2, checkAll: 15, reopen: 10, emigrate: 2 },
}

const drawn = operationNames.flatMap((name) => new Array<OperationName>(WEIGHTS[name]).fill(name))

/** Numbers that follow from a seed alone (mulberry32), from 0 to below 1. */
const numbersFrom = (seed: number) => {
  let at = seed | 0
  return () => {
    at = (at + 0x6d2b79f5) | 0
    let mixed = Math.imul(at ^ (at >>> 15), at | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const stepsFrom = (seed: number): (() => Step) => {
  const next = numbersFrom(seed)
  const below = (bound: number) => Math.floor(next() * bound)
  return () => [
    drawn[below(drawn.length)] ?? 'speak',
    { a: below(21), b: below(21), amount: below(401) - 200 },
  ]
}

/** Takes a step; false where it comes to nothing. Throws where the store and the lists come apart. */
const take = async (world: World, [name, pick]: Step): Promise<boolean> => {
  const did = await operations[name](world, pick)
  if (did) await compareHere(world)
  return did
}

/** At the end of a walk: every branch, deleted ones as well, first as they are kept and then from the log alone. */
const finish = async (world: World): Promise<void> => {
  await compareWords(world)
  for (let deleted = true; deleted; ) deleted = await operations.restore(world, { a: 0, b: 0, amount: 0 })
  await compareAll(world)
  await operations.outdate(world, { a: 0, b: 0, amount: 0 })
  await compareAll(world)
}

const walking = async <T>(directory: string | undefined, walk: (world: World) => Promise<T>): Promise<T> => {
  const world = await openWorld(directory)
  try {
    return await walk(world)
  } finally {
    await world.close()
  }
}

const messageOf = (thrown: unknown) =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)

/** What goes wrong on a walk; undefined when nothing does. */
const failureOf = async (steps: readonly Step[]): Promise<string | undefined> => {
  try {
    await walking(undefined, async (world) => {
      for (const step of steps) await take(world, step)
      await finish(world)
    })
    return undefined
  } catch (thrown) {
    return messageOf(thrown)
  }
}

/** Takes steps out, ever smaller pieces of them, as long as the walk still goes wrong. */
const shortest = async (failing: readonly Step[]): Promise<readonly Step[]> => {
  let steps = failing
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = 0; at < steps.length; ) {
      const without = steps.toSpliced(at, size)
      if ((await failureOf(without)) === undefined) at += size
      else steps = without
    }
  return steps
}

export type Walked = {
  readonly seed: number
  readonly taken: readonly Step[]
  readonly newestTurn: number
  /** Where the store and the naive lists came apart, with the shortest walk that was found to lead there. */
  readonly divergences: readonly string[]
}

const told = (seed: number, failure: string, steps: readonly Step[]) =>
  [`seed ${seed}: ${failure}`, ...steps.map((step) => `  ${JSON.stringify(step)}`)].join('\n')

/**
 * Does so many things, chosen by a seed, to the store and to naive lists, and compares them after each. In memory, or
 * in an empty directory, where the database is also closed and opened again in between.
 */
export const runWalk = async (seed: number, count: number, directory?: string): Promise<Walked> => {
  const taken: Step[] = []
  let newestTurn = 0
  try {
    await walking(directory, async (world) => {
      for (const next = stepsFrom(seed); taken.length < count; ) {
        const step = next()
        taken.push(step)
        if (!(await take(world, step))) taken.pop()
        newestTurn = Math.max(newestTurn, world.log.at(-1)?.turn ?? 0)
      }
      await finish(world)
    })
    return { seed, taken, newestTurn, divergences: [] }
  } catch (thrown) {
    const failure = messageOf(thrown)
    return { seed, taken, newestTurn, divergences: [told(seed, failure, await shortest(taken))] }
  }
}
