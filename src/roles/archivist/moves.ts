import { type EntityId, NARRATOR, type PlaceId } from '../../story/ref.ts'
import type { OpenScene } from '../../story/scene.ts'
import type { Member } from '../roster.ts'
import { mentions, withoutQuestions } from './mention.ts'
import { AWAY, HERE } from './places.ts'
import type { Proposal } from './proposal.ts'
import type { Cited, Terms } from './terms.ts'

/** Where each of those in a scene is: null for where the scene itself is. */
type Whereabouts = ReadonlyMap<EntityId, PlaceId | null>

export const whereaboutsIn = ({ participants }: OpenScene): Whereabouts =>
  new Map(participants.map(({ entity, place }) => [entity, place]))

type Move = { readonly who: Member; readonly line: Cited; readonly to: PlaceId | typeof AWAY | typeof HERE }

/** Where all of some are together; null where they are not in one place, or where the scene is. */
const commonPlace = (at: Whereabouts, entities: Iterable<EntityId>): PlaceId | null => {
  const places = new Set([...entities].map((entity) => at.get(entity) ?? null))
  const [place = null] = places
  return places.size === 1 ? place : null
}

/** Where a move takes who makes it; undefined: out of the scene. `place`: where the scene is. */
const stepped = (
  at: Whereabouts,
  { who, line, to }: Move,
  place: PlaceId | null,
): PlaceId | null | undefined => {
  if (to === AWAY) return undefined
  if (to === HERE)
    return commonPlace(
      at,
      line.witnesses.filter((entity) => at.has(entity) && entity !== who.entity),
    )
  return to === place ? null : to
}

/** Whether a line tells of someone, as the narrator and players do: whoever is spoken of or asked for is not there yet. */
const tellsOf = (terms: Terms, { speaker, kind, text }: Cited, called: string): boolean =>
  (speaker === NARRATOR || (terms.isPlayed(speaker) && kind !== 'dialogue')) &&
  mentions(withoutQuestions(text), called)

/**
 * Whether a line can move someone. A player says where their own figure goes, and nobody else does. All others go if
 * they perceived it, and come if someone who is there perceived it, and it is their own or tells of them.
 */
const isMovedBy = (terms: Terms, at: Whereabouts, { who, line, to }: Move, called: string): boolean => {
  if (at.has(who.entity) === (to === HERE)) return false
  if (!who.isCharacter) return line.speaker === who.entity
  if (to !== HERE) return line.witnesses.includes(who.entity)
  return (
    line.witnesses.some((entity) => at.has(entity)) &&
    (line.speaker === who.entity || tellsOf(terms, line, called))
  )
}

/** What the moves of a settlement come to: who is where after them, and who left by the last line by which one did. */
export type Moved = { readonly at: Whereabouts; readonly leftLast: readonly EntityId[] }

/** Where those in the open scene are after what was proposed, one line after the other. */
export const movedIn = (
  open: OpenScene,
  terms: Terms,
  { moves }: Proposal,
  called: (entity: EntityId) => string,
): Moved => {
  const at = new Map(whereaboutsIn(open))
  const left: { readonly entity: EntityId; readonly line: Cited }[] = []
  const read = moves.flatMap((proposed): Move[] => {
    const [who, line] = [terms.member(proposed.who), terms.line(proposed.line)]
    const to = proposed.to === AWAY || proposed.to === HERE ? proposed.to : terms.place(proposed.to)
    // What was told before the scene began moved nobody in it.
    return who && line && to !== undefined && line.turn >= open.since ? [{ who, line, to }] : []
  })
  const inOrder = read.toSorted(
    (one, other) => terms.lines.indexOf(one.line) - terms.lines.indexOf(other.line),
  )
  for (const move of inOrder) {
    const { entity } = move.who
    if (!isMovedBy(terms, at, move, called(entity))) continue
    const place = stepped(at, move, open.place)
    if (place !== undefined) at.set(entity, place)
    else {
      at.delete(entity)
      left.push({ entity, line: move.line })
    }
  }
  const last = left.at(-1)?.line
  return {
    at,
    leftLast: left.filter(({ entity, line }) => line === last && !at.has(entity)).map(({ entity }) => entity),
  }
}
