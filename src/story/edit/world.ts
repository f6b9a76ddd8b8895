import { z } from 'zod'
import { type Action, ActivityPatch, activityOf, idle } from '../activity.ts'
import { castMembers, isCast } from '../cast.ts'
import { LAST_MINUTE, timeReasons } from '../clock.ts'
import { Label } from '../label.ts'
import { PLACE_LIMIT, type Place, type Places, PlaceTraits, pathOf, placeIn } from '../place.ts'
import { EntityId, PlaceId } from '../ref.ts'
import { participantIn, sceneEndings } from '../scene.ts'
import type { StoryState } from '../state.ts'
import { activityInSight } from '../witness.ts'
import { edit, isSame, Prose, patched } from './edit.ts'

const isKnownOrNone = (places: Places, place: PlaceId | null) =>
  place === null || placeIn(places, place) !== undefined

const traitsOf = ({ place: _, ...traits }: Place): PlaceTraits => traits

export const addPlace = edit(
  PlaceTraits.extend({
    parent: PlaceId.nullable().default(null),
    moving: z.boolean().default(false),
    public: z.boolean().default(true),
    audible: PlaceTraits.shape.audible.default('near'),
  }),
  (draft, traits) => {
    const { places } = draft.state()
    if (places.length >= PLACE_LIMIT) return 'too_many_places'
    if (!isKnownOrNone(places, traits.parent)) return 'unknown_place'
    return draft.emit({ type: 'place.added', data: { ...traits, place: draft.newId() } })
  },
)

export const changePlace = edit(PlaceTraits.partial().extend({ place: PlaceId }), (draft, input) => {
  const { place, ...patch } = input
  const { places } = draft.state()
  const known = placeIn(places, place)
  if (!known) return 'unknown_place'
  const before = traitsOf(known)
  const traits = patched(before, patch)
  if (!isKnownOrNone(places, traits.parent)) return 'unknown_place'
  if (traits.parent !== null && pathOf(places, traits.parent).includes(known)) return 'place_loop'
  if (isSame(before, traits)) return 'nothing_changed'
  return draft.emit({ type: 'place.changed', data: { ...traits, place, before } })
})

const isInUse = ({ places, scene: { open } }: StoryState, place: PlaceId) =>
  places.some(({ parent }) => parent === place) ||
  open?.place === place ||
  open?.participants.some((participant) => participant.place === place)

export const removePlace = edit(z.object({ place: PlaceId }), (draft, { place }) => {
  const known = placeIn(draft.state().places, place)
  if (!known) return 'unknown_place'
  if (isInUse(draft.state(), place)) return 'place_in_use'
  return draft.emit({ type: 'place.removed', data: { place, before: traitsOf(known) } })
})

/** Where nobody is named, the whole cast takes part. */
export const openScene = edit(
  z.object({ place: PlaceId.nullable().default(null), participants: z.array(EntityId).optional() }),
  (draft, { place, participants }) => {
    const { cast, places, scene } = draft.state()
    if (scene.open) return 'scene_open'
    if (!isKnownOrNone(places, place)) return 'unknown_place'
    const all = [...new Set(participants ?? castMembers(cast))]
    if (!all.every((entity) => isCast(cast, entity))) return 'unknown_entity'
    return draft.emit({
      type: 'scene.opened',
      data: { scene: scene.number + 1, place, participants: all },
    })
  },
)

export const closeScene = edit(
  z.object({
    significance: z.int().min(0).max(3).default(1),
    reason: z.enum(sceneEndings).default('manual'),
  }),
  (draft, closing) => {
    const { scene } = draft.state()
    if (!scene.open) return 'no_scene'
    return draft.emit({ type: 'scene.closed', data: { ...closing, scene: scene.number } })
  },
)

/** Comes into the open scene; one who is in it goes to another place within it. */
export const joinScene = edit(
  z.object({ entity: EntityId, place: PlaceId.nullable().default(null) }),
  (draft, input) => {
    const { entity } = input
    const { cast, places, scene } = draft.state()
    if (!scene.open) return 'no_scene'
    if (!isCast(cast, entity)) return 'unknown_entity'
    if (!isKnownOrNone(places, input.place)) return 'unknown_place'
    const place = input.place === scene.open.place ? null : input.place
    const joined = { scene: scene.number, entity, place }
    const participant = participantIn(scene, entity)
    if (!participant) return draft.emit({ type: 'scene.joined', data: joined })
    if (participant.place === place) return 'already_present'
    return draft.emit({ type: 'scene.moved', data: { ...joined, before: participant.place } })
  },
)

export const leaveScene = edit(z.object({ entity: EntityId }), (draft, { entity }) => {
  const { scene } = draft.state()
  if (!scene.open) return 'no_scene'
  const participant = participantIn(scene, entity)
  if (!participant) return 'not_present'
  return draft.emit({
    type: 'scene.left',
    data: { scene: scene.number, entity, before: participant.place },
  })
})

// One who goes on with the same began it when it began.
const begun = (action: Omit<Action, 'since'>, known: Action | null, now: number): Action =>
  known && isSame({ ...action, since: known.since }, known) ? known : { ...action, since: now }

const saysNothing = (patch: object) => Object.values(patch).every((value) => value === undefined)

/**
 * Null for the activity: nothing is known any more of what the entity does. What one of those who see it now did not see
 * when it was noted does not go on, or they would learn of it with the change.
 */
export const setActivity = edit(
  z.object({ entity: EntityId, activity: ActivityPatch.nullable() }),
  (draft, { entity, activity: patch }) => {
    const { cast, activities, clock } = draft.state()
    if (!isCast(cast, entity)) return 'unknown_entity'
    const before = activityOf(activities, entity) ?? null
    const known = activityInSight(draft.state(), entity)
    const action = patch?.action && begun(patch.action, known.action, clock.minutes)
    const activity = patch && patched(known, { ...patch, action })
    const isAsItWas = activity
      ? isSame(known, activity) && (saysNothing(patch) || isSame(before ?? idle, activity))
      : before === null
    if (isAsItWas) return 'nothing_changed'
    return draft.emit({ type: 'activity.changed', data: { entity, activity, before } })
  },
)

const Minutes = z.int().min(0).max(LAST_MINUTE)

/** `anchor` says which day day 1 is; `minutes` count from its midnight (`minutesAt`). */
export const setClock = edit(
  z.object({ minutes: Minutes.optional(), anchor: Prose.nullable().optional() }),
  (draft, input) => {
    const { minutes, anchor } = draft.state().clock
    if (input.anchor === undefined && (input.minutes ?? minutes) === minutes) return 'nothing_changed'
    return draft.emit({
      type: 'clock.set',
      data: {
        minutes: input.minutes ?? minutes,
        anchor: draft.revisedText(input.anchor, anchor),
        before: { minutes, anchor },
      },
    })
  },
)

export const advanceClock = edit(
  z.object({ minutes: Minutes, reason: z.enum(timeReasons).default('manual') }),
  (draft, passed) =>
    passed.minutes === 0 ? 'nothing_changed' : draft.emit({ type: 'time.passed', data: passed }),
)

export const changeWeather = edit(z.object({ weather: Label.nullable() }), (draft, { weather }) => {
  const before = draft.state().clock.weather
  if (weather === before) return 'nothing_changed'
  return draft.emit({ type: 'weather.changed', data: { weather, before } })
})
