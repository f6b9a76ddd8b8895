import { type Activity, activitySeenBy, idle } from './activity.ts'
import { type Arrivals, ofStorySince } from './arrival.ts'
import { personaOf } from './cast.ts'
import type { Line } from './line.ts'
import { withinEarshot } from './place.ts'
import { type EntityId, NARRATOR, type PlaceId } from './ref.ts'
import { knownSince } from './reset.ts'
import { present, whereIs } from './scene.ts'
import type { SegmentKind } from './segment.ts'
import type { StoryState } from './state.ts'

type World = Pick<StoryState, 'cast' | 'places' | 'scene' | 'turn'>

const carries = ({ places }: World, from: PlaceId | null | undefined, to: PlaceId | null | undefined) =>
  from !== undefined &&
  to !== undefined &&
  (from === to || (from !== null && to !== null && withinEarshot(places, from).includes(to)))

// The narrator tells of what is around the player whose turn it is: that player perceives the answer.
const sourceOf = ({ cast, turn }: World, speaker: EntityId): EntityId =>
  speaker === NARRATOR ? (personaOf(cast, turn.player)?.persona ?? NARRATOR) : speaker

/**
 * Who perceives a line that is spoken now: the narrator, whoever speaks, and all who are present within earshot.
 * One who is in no scene while there is one is alone. Out of character, people speak past the story: nobody in it
 * hears.
 */
export const witnessesOf = (world: World, speaker: EntityId, kind: SegmentKind): EntityId[] => {
  if (kind === 'ooc') return []
  const source = sourceOf(world, speaker)
  const from = whereIs(world.scene, source)
  const hearers = present(world.cast, world.scene).filter((entity) =>
    carries(world, from, whereIs(world.scene, entity)),
  )
  return [...new Set([NARRATOR, ...hearers, source, speaker])]
}

/** What someone does as all know it who see it now: what a change of it can go on from. */
export const activityInSight = (state: World & Pick<StoryState, 'activities'>, entity: EntityId): Activity =>
  activitySeenBy(state.activities, entity, witnessesOf(state, entity, 'action')) ?? idle

/** Whether a line was for few alone: whatever else is said in a story, its narrator perceives. */
export const isWhispered = ({ kind, witnesses }: Pick<Line, 'kind' | 'witnesses'>): boolean =>
  kind !== 'ooc' && !witnesses.includes(NARRATOR)

/** What may be read by all who play: a thread shows everything that is said in it but whispers. */
export const saidAloud = <Some extends Pick<Line, 'kind' | 'witnesses'>>(lines: readonly Some[]): Some[] =>
  lines.filter((line) => !isWhispered(line))

/** What an entity perceived: all that its prompt, history and recall may hold. */
export const witnessedBy = (entity: EntityId, lines: readonly Line[]): Line[] =>
  lines.filter((line) => line.witnesses.includes(entity))

/**
 * What everyone of some perceived, and the narrator: all that may be told to them together. What was told before one
 * of them came into the story counts, or it could not go on; what one missed since then does not, however long they
 * were elsewhere.
 */
export const witnessedByAll = (
  arrivals: Arrivals,
  entities: readonly EntityId[],
  lines: readonly Line[],
): Line[] => {
  const readers = entities.map((entity) => {
    const since = ofStorySince(arrivals, entity)
    // One who comes in the middle of a turn has not missed what was told of it by then.
    const first = lines.findIndex(({ turn, witnesses }) => turn === since && witnesses.includes(entity))
    return { entity, since, first }
  })
  return lines.filter(
    ({ turn, witnesses }, at) =>
      witnesses.includes(NARRATOR) &&
      readers.every(({ entity, since, first }) => turn < since || at < first || witnesses.includes(entity)),
  )
}

/** Who learns what the speaker of an answer is told: a narrator speaks to all who will perceive the answer. */
export const readersOf = (world: World, speaker: EntityId): EntityId[] =>
  speaker === NARRATOR
    ? witnessesOf(world, NARRATOR, 'prose').filter((entity) => entity !== NARRATOR)
    : [speaker]

/** What the speaker of an answer may be told: what each one who learns of it perceived, and still knows of. */
export const perceivedFor = (
  state: World & Pick<StoryState, 'arrivals' | 'resets'>,
  speaker: EntityId,
  lines: readonly Line[],
): Line[] => {
  const readers = readersOf(state, speaker)
  const perceived =
    speaker === NARRATOR ? witnessedByAll(state.arrivals, readers, lines) : witnessedBy(speaker, lines)
  return [speaker, ...readers].reduce((known, entity) => knownSince(state.resets, entity, known), perceived)
}
