const trigramsOf = (word: string): Set<string> => {
  const padded = ` ${word} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}

const SHORTEST = 4
const BEGINNING = 3
const ALIKE = 0.5

const beginningOf = (stem: string): string | undefined =>
  stem.length < SHORTEST ? undefined : stem.slice(0, BEGINNING)

const dice = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  let shared = 0
  for (const trigram of one) if (other.has(trigram)) shared += 1
  return (2 * shared) / (one.size + other.size)
}

/** A term that a word is nearly the same as, by its place among the terms, and how nearly: from 0 to 1. */
export type Likeness = { readonly term: number; readonly dice: number }

const NONE: readonly Likeness[] = []

/**
 * Finds the terms that a stem is nearly the same as, by trigrams (Dice), where they begin alike: a teacher and teaching,
 * a word and what it is misspelled as. Each stem is compared once.
 */
export const alikeAmong = (terms: readonly string[]): ((stem: string) => readonly Likeness[]) => {
  const byBeginning = Map.groupBy(
    terms.map((stem, term) => ({ stem, term, trigrams: trigramsOf(stem) })),
    ({ stem }) => beginningOf(stem),
  )
  const known = new Map<string, readonly Likeness[]>()
  return (stem) => {
    const beginning = beginningOf(stem)
    const near = beginning === undefined ? undefined : byBeginning.get(beginning)
    if (!near) return NONE
    const found =
      known.get(stem) ??
      near
        .filter((term) => term.stem !== stem)
        .map(({ term, trigrams }) => ({ term, dice: dice(trigrams, trigramsOf(stem)) }))
        .filter((likeness) => likeness.dice >= ALIKE)
    known.set(stem, found)
    return found
  }
}
