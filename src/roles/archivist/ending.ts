import { type EntityId, NARRATOR, type PlaceId } from '../../story/ref.ts'
import type { OpenScene, Participant, SceneEnding } from '../../story/scene.ts'
import { isJump, type Passed } from './elapsed.ts'
import { type Moved, whereaboutsIn } from './moves.ts'
import { clampSignificance, type Proposal } from './proposal.ts'
import type { Cited, Terms } from './terms.ts'

/** How a scene ends, and where and with whom the story goes on: there is a next one at once. */
export type SceneEnd = {
  readonly reason: Exclude<SceneEnding, 'manual'>
  readonly significance: number
  readonly place: PlaceId | null
  readonly participants: readonly EntityId[]
  /** Those of them who are somewhere else in the next scene than where it is. */
  readonly apart: readonly Participant[]
}

type Onward = Pick<SceneEnd, 'reason' | 'place' | 'participants' | 'apart'>

const hasMoved = (open: OpenScene, { at }: Moved): boolean => {
  const before = whereaboutsIn(open)
  return [...at].some(([entity, place]) => before.has(entity) && before.get(entity) !== place)
}

/** All who are still there are at one other place, or nobody is: the place of the scene was left. */
const placeLeft = (open: OpenScene, moved: Moved): Onward | undefined => {
  const { at, leftLast } = moved
  const [place = null, ...others] = new Set(at.values())
  const isShared = place !== null && others.length === 0 && hasMoved(open, moved)
  const participants = isShared ? [...at.keys()] : at.size === 0 ? leftLast : []
  return participants.length > 0 ? { reason: 'place', place, participants, apart: [] } : undefined
}

/** The same people where they were. */
const goingOn = ({ place }: OpenScene, at: Moved['at']): Omit<Onward, 'reason'> => ({
  ...{ place, participants: [...at.keys()] },
  apart: [...at].flatMap(([entity, elsewhere]) => (elsewhere === null ? [] : [{ entity, place: elsewhere }])),
})

/**
 * Whether all who are still there leave by a line: all of them perceived it, and whoever says it is among them. What one
 * player says takes no other player's figure along, and what is told of them does only where each had a say before it.
 */
const isLeftTogether = (open: OpenScene, { at }: Moved, terms: Terms, line: Cited): boolean => {
  const upToIt = terms.lines.slice(0, terms.lines.indexOf(line) + 1)
  const speakers = terms.isPlayed(line.speaker)
    ? [line.speaker]
    : upToIt.flatMap(({ speaker, turn }) => (turn < open.since ? [] : [speaker]))
  const goesAlong = (entity: EntityId) =>
    line.witnesses.includes(entity) && (!terms.isPlayed(entity) || speakers.includes(entity))
  const isAmongThem = line.speaker === NARRATOR || at.has(line.speaker)
  return isAmongThem && at.size > 0 && [...at.keys()].every(goesAlong)
}

/** A line says so. Where its place is left for one that nobody knows, all who are still there go. */
const saidToEnd = (
  open: OpenScene,
  moved: Moved,
  terms: Terms,
  { scene_end }: Proposal,
): Onward | undefined => {
  const line = scene_end.line === null ? undefined : terms.line(scene_end.line)
  if (!line || line.turn < open.since) return undefined
  if (scene_end.reason !== 'place') return { ...goingOn(open, moved.at), reason: scene_end.reason }
  if (!isLeftTogether(open, moved, terms, line)) return undefined
  return { reason: 'place', place: null, participants: [...moved.at.keys()], apart: [] }
}

const timeGone = (
  open: OpenScene,
  { at }: Moved,
  terms: Terms,
  { elapsed }: Proposal,
  passed: Passed,
): Onward | undefined => {
  const line = elapsed.line === null ? undefined : terms.line(elapsed.line)
  if (!line || line.turn < open.since || !isJump(passed)) return undefined
  return { ...goingOn(open, at), reason: 'time' }
}

/**
 * How the open scene ends, by hard signals alone: that its place was left, that a line says so, or that time went by.
 * What was told before it began does not end it. Undefined where it goes on.
 */
export const endingIn = (
  open: OpenScene,
  moved: Moved,
  terms: Terms,
  proposal: Proposal,
  passed: Passed,
): SceneEnd | undefined => {
  const said = saidToEnd(open, moved, terms, proposal)
  const end = placeLeft(open, moved) ?? said ?? timeGone(open, moved, terms, proposal, passed)
  const { scene_end, significance } = proposal
  return end && { ...end, significance: clampSignificance(said ? scene_end.significance : significance) }
}
