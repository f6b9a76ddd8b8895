import { z } from 'zod'
import { type Cast, castMembers } from './cast.ts'
import { put } from './list.ts'
import { EntityId, NARRATOR, PlaceId } from './ref.ts'

const SceneNumber = z.int().min(1)

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
  'scene.closed': z.object({ scene: SceneNumber, significance: z.int().min(0).max(3) }),
}

type Opened = z.infer<(typeof sceneEvents)['scene.opened']>
type Joined = z.infer<(typeof sceneEvents)['scene.joined']>
type Left = z.infer<(typeof sceneEvents)['scene.left']>
type Closed = z.infer<(typeof sceneEvents)['scene.closed']>

/** `place` is null for one who is where the scene itself is. */
export type Participant = { readonly entity: EntityId; readonly place: PlaceId | null }

export type OpenScene = { readonly place: PlaceId | null; readonly participants: readonly Participant[] }

/** `number` counts the scenes so far, with the one that is open. */
export type Scene = { readonly number: number; readonly open: OpenScene | null }

export const noScene: Scene = { number: 0, open: null }

export const openScene = (_: Scene, { scene, place, participants }: Opened): Scene => ({
  number: scene,
  open: { place, participants: [...new Set(participants)].map((entity) => ({ entity, place: null })) },
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

export const closeScene = (scene: Scene, { scene: number }: Closed): Scene =>
  scene.number === number ? { ...scene, open: null } : scene

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
