import { castIn, shownAs } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type Edge, edgeBetween, NEUTRAL } from '../../src/story/edge.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { changes, fieldsOf } from '../change.ts'

/** Who feels it, and about whom. */
export type Ends = { readonly from: EntityId; readonly to: EntityId }

/** How far what one feels is from feeling nothing: of affinity and trust together, at most 100. */
export const strengthOf = ({ affinity, trust }: Pick<Edge, 'affinity' | 'trust'>): number =>
  Math.abs(affinity - NEUTRAL) + Math.abs(trust - NEUTRAL)

const CELLS = 10

/** A feeling from 0 to 100 as a bar, with its number. */
export const bar = (feeling: number): string => {
  const full = Math.round((feeling / 100) * CELLS)
  return `\`${'█'.repeat(full)}${'░'.repeat(CELLS - full)}\` ${feeling}`
}

/** How one feels about another, as bars under their names. */
export const feelingEntry = (head: Head, { from, to }: Ends, texts: Texts): string => {
  const { relation: words } = texts
  const cast = castIn(head, texts)
  const { affinity, trust } = edgeBetween(head.state.edges, from, to)
  return words.entry(words.pair(shownAs(cast, from), shownAs(cast, to)), bar(affinity), bar(trust))
}

/** Says what was and is of how one feels about another. */
export const feelingsChanged = (
  { from, to }: Ends,
  texts: Texts,
): ((before: Head, after: Head) => string) => {
  const read = ({ state }: Head) => {
    const { affinity, trust } = edgeBetween(state.edges, from, to)
    return { affinity: String(affinity), trust: String(trust) }
  }
  return (before, after) => {
    const cast = castIn(after, texts)
    const pair = texts.relation.pair(shownAs(cast, from), shownAs(cast, to))
    return changes(texts.relation.changed(pair), fieldsOf(texts.relation.field, read, before, after), texts)
  }
}
