import type { Memory } from '../../story/memory.ts'
import type { EntityId } from '../../story/ref.ts'
import { matterOf } from './matter.ts'

/** What someone has in mind, with where they have it from. */
export type Held = { readonly body: string } & Pick<Memory, 'toldBy' | 'chain' | 'reliability'>

/** From whom it came to whoever told it, the nearest first, and how far it can be relied on. */
export type Hearsay = Pick<Memory, 'chain' | 'reliability'>

/** What is left of reliability when something is told on. */
const STEP = 0.75

/** However often something was told on. */
const LEAST = 0.05

/** How much of what the shorter of two texts is about has to be in the other, and how many words at least. */
const SHARE = 0.6
const WORDS = 2

/** How much one matter is the other: 0 where they are two. */
const likeness = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  const shared = one.intersection(other).size
  const share = shared / Math.max(1, Math.min(one.size, other.size))
  return shared >= WORDS && share >= SHARE ? share * shared : 0
}

/** What fits at least so much as what fits best is on the same matter. */
const NEARLY = 0.5

/** Of what someone has in mind of a matter the oldest: there they have it from. Later they remember that they told it. */
const originIn = (held: readonly Held[], fit: (each: Held) => number): Held | undefined => {
  const fits = held.map(fit)
  const most = Math.max(0, ...fits)
  return most === 0 ? undefined : held.findLast((_, at) => (fits[at] ?? 0) >= NEARLY * most)
}

/**
 * Where what someone tells comes from, by what they have in mind of it, the newest first. Where nothing of it fits, they
 * say it of themselves, as far as anybody can tell: a lie is remembered as told. `told`: what they say, in one wording
 * or several. `names`: the words of the cast's names, which are in all of it.
 */
export const hearsayFrom = (
  held: readonly Held[],
  told: readonly string[],
  names: ReadonlySet<string>,
  owner: EntityId,
): Hearsay => {
  const matters = told.map((text) => matterOf(text, names))
  const origin = originIn(held, ({ body }) => {
    const matter = matterOf(body, names)
    return Math.max(0, ...matters.map((one) => likeness(one, matter)))
  })
  const way = origin ? [...(origin.toldBy === null ? [] : [origin.toldBy]), ...origin.chain] : []
  // A rumour that comes round to its owner has its beginning there.
  const round = way.indexOf(owner)
  return {
    chain: round === -1 ? way : way.slice(0, round),
    reliability: Math.max(LEAST, STEP * (origin?.reliability ?? 1)),
  }
}
