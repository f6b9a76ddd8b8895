/**
 * The log of a story is made of strands, to each of which events are only ever added. A strand begins where it left
 * its parent; what stands on the parent before that, and on its ancestors, is part of it. A branch is a name with a
 * head on some strand. Going on from a head that is not the tip of its strand begins a new one, so that nothing is
 * ever overwritten.
 */

/** A strand as seen from a head: what stands on it counts up to and with `upto`. */
export type Span = { readonly strand: number; readonly upto: number }

/**
 * A point of a story: all that is visible there follows from it. `alternate` is the answer in force in its newest
 * turn; for the turns before, each turn's opening says it.
 */
export type Position = {
  readonly strand: number
  readonly seq: number
  readonly turn: number
  readonly alternate: number
}

/** The strand that every story begins on. */
export const FIRST_STRAND = 1

/** What a strand's own span reaches to. */
export const NO_END = Number.MAX_SAFE_INTEGER

/** The spans of a strand, oldest first, as they are seen from a seq on it. */
export const spansAt = (lineage: readonly Span[], seq: number): Span[] =>
  lineage.map(({ strand, upto }) => ({ strand, upto: Math.min(upto, seq) }))

/** The newest point that two heads of one story have in common. */
export const forkOf = (one: readonly Span[], other: readonly Span[]): Span => {
  const shared = one.findLastIndex((span, index) => span.strand === other[index]?.strand)
  const a = one[shared]
  const b = other[shared]
  return a && b ? { strand: a.strand, upto: Math.min(a.upto, b.upto) } : { strand: FIRST_STRAND, upto: 0 }
}
