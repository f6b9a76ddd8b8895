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

/** What an entity perceived: all that its prompt, history and recall may hold. */
export const witnessedBy = (entity: EntityId, lines: readonly Line[]): Line[] =>
  lines.filter((line) => line.witnesses.includes(entity))
