import { z } from 'zod'
import { type Cast, castMembers } from './cast.ts'
import { put } from './list.ts'
import { EntityId, NARRATOR, PlaceId } from './ref.ts'

const SceneNumber = z.int().min(1)

/** What ended a scene: that its place was left, that it was said, that time went by, or someone by hand. */
export const sceneEndings = ['place', 'ending', 'time', 'manual'] as const
export type SceneEnding = (typeof sceneEndings)[number]

export const sceneEvents = {
  /** Scenes are counted over the whole story. All participants begin where the scene is. */
  'scene.opened': z.object({
    scene: SceneNumber,
    place: PlaceId.nullable(),
    participants: z.array(EntityId),
  }),
  /** `place`: where in the scene, or null for where the scene itself is. */
  'scene.joined': z.object({ scene: SceneNumber, entity: EntityId, place: PlaceId.nullable() }),
  'scene.moved': z.object({
    scene: SceneNumber,
    entity: EntityId,
    place: PlaceId.nullable(),
    before: PlaceId.nullable(),
  }),
  'scene.left': z.object({ scene: SceneNumber, entity: EntityId, before: PlaceId.nullable() }),
  /** `reason`: null in logs from before anything was kept of scenes. */
  'scene.closed': z.object({
    scene: SceneNumber,
    significance: z.int().min(0).max(3),
    reason: z.enum(sceneEndings).nullable().default(null),
  }),
  /** Those who perceived a closed scene have what they keep of it as memories by now. */
  'scene.summarised': z.object({ scene: SceneNumber }),
}

type Opened = z.infer<(typeof sceneEvents)['scene.opened']>
type Joined = z.infer<(typeof sceneEvents)['scene.joined']>
type Left = z.infer<(typeof sceneEvents)['scene.left']>
type Closed = z.infer<(typeof sceneEvents)['scene.closed']>
type Summarised = z.infer<(typeof sceneEvents)['scene.summarised']>

/** `place` is null for one who is where the scene itself is. */
export type Participant = { readonly entity: EntityId; readonly place: PlaceId | null }

/** `since`: the first turn that is told in it. */
export type OpenScene = {
  readonly place: PlaceId | null
  readonly participants: readonly Participant[]
  readonly since: number
}

/** A scene that is over, with the turns that were told in it, and of which nobody has a summary yet. */
export type ClosedScene = { readonly scene: number; readonly from: number; readonly to: number }

/** `number` counts the scenes so far, with the one that is open. `untold`: the oldest first. */
export type Scene = {
  readonly number: number
  readonly open: OpenScene | null
  readonly untold: readonly ClosedScene[]
}

export const noScene: Scene = { number: 0, open: null, untold: [] }

/** How many closed scenes wait for their summaries: where no model gives any, the oldest go without. */
const UNTOLD_LIMIT = 8

/** `turn`: the newest, which was told before. */
export const openScene = (
  { untold }: Scene,
  { scene, place, participants }: Opened,
  turn: number,
): Scene => ({
  number: scene,
  open: {
    place,
    participants: [...new Set(participants)].map((entity) => ({ entity, place: null })),
    since: turn + 1,
  },
  untold,
})

/** Takes in one who comes, and one who moves to another place within the scene. */
export const joinScene = (scene: Scene, { scene: number, entity, place }: Joined): Scene =>
  scene.open && scene.number === number
    ? {
        ...scene,
        open: {
          ...scene.open,
          participants: put(scene.open.participants, { entity, place }, (other) => other.entity === entity),
        },
      }
    : scene

const without = (open: OpenScene, entity: EntityId): OpenScene => ({
  ...open,
  participants: open.participants.filter((other) => other.entity !== entity),
})

export const leaveScene = (scene: Scene, { scene: number, entity }: Left): Scene =>
  scene.open && scene.number === number ? { ...scene, open: without(scene.open, entity) } : scene

/**
 * `turn`: the newest, which was the last in it. A scene in which nothing was told needs no summary; those of a story from
 * before there were any go without, so that it does not begin with a call for each of them.
 */
export const closeScene = (scene: Scene, { scene: number, reason }: Closed, turn: number): Scene => {
  if (scene.number !== number || !scene.open) return scene
  const closed = { scene: number, from: scene.open.since, to: turn }
  const waits = reason !== null && closed.from <= closed.to
  const untold = waits ? [...scene.untold, closed].slice(-UNTOLD_LIMIT) : scene.untold
  return { ...scene, open: null, untold }
}

export const summariseScene = (scene: Scene, { scene: number }: Summarised): Scene => ({
  ...scene,
  untold: scene.untold.filter((closed) => closed.scene !== number),
})

/** A scene without one who is no longer of the story. */
export const dropFromScene = (scene: Scene, entity: EntityId): Scene => ({
  ...scene,
  open: scene.open && without(scene.open, entity),
})

export const participantIn = (scene: Scene, entity: EntityId): Participant | undefined =>
  scene.open?.participants.find((other) => other.entity === entity)

/**
 * Where someone is, as far as the scene tells: undefined for one who is elsewhere, null where places are not told
 * apart. The narrator is where the scene is. With no scene open, everybody is together.
 */
export const whereIs = (scene: Scene, entity: EntityId): PlaceId | null | undefined => {
  if (!scene.open) return null
  if (entity === NARRATOR) return scene.open.place
  const participant = participantIn(scene, entity)
  return participant && (participant.place ?? scene.open.place)
}

/** The narrator and the participants of the open scene; with no scene open, the whole cast. */
export const present = (cast: Cast, scene: Scene): EntityId[] =>
  [NARRATOR, ...castMembers(cast)].filter((entity) => whereIs(scene, entity) !== undefined)
