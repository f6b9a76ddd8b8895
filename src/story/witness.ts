import { personaOf } from './cast.ts'
import type { Line } from './line.ts'
import { withinEarshot } from './place.ts'
import { type EntityId, NARRATOR, type PlaceId } from './ref.ts'
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
 * What everyone of some perceived, and the narrator: all that may be told to them together. One who came into the
 * story later counts from the first line that they perceived, or what was told before them could not go on.
 */
export const witnessedByAll = (entities: readonly EntityId[], lines: readonly Line[]): Line[] => {
  const since = entities.map((entity) => ({
    entity,
    first: lines.findIndex((line) => line.witnesses.includes(entity)),
  }))
  return lines.filter(
    ({ witnesses }, at) =>
      witnesses.includes(NARRATOR) &&
      since.every(({ entity, first }) => first === -1 || at < first || witnesses.includes(entity)),
  )
}

/** What the speaker of an answer may be told: a narrator speaks to all who will perceive the answer. */
export const perceivedFor = (world: World, speaker: EntityId, lines: readonly Line[]): Line[] =>
  speaker === NARRATOR
    ? witnessedByAll(
        witnessesOf(world, NARRATOR, 'prose').filter((entity) => entity !== NARRATOR),
        lines,
      )
    : witnessedBy(speaker, lines)
