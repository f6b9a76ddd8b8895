import { z } from 'zod'
import { Label } from './label.ts'
import { put } from './list.ts'
import { EntityId } from './ref.ts'

export const HOLDING_LIMIT = 12

/** What someone does. `since` and the minutes that it is expected to take are in the story's time. */
const Action = z.object({
  label: Label,
  /** What it takes to interrupt it. */
  interruptibility: z.enum(['anything', 'being_called', 'urgency', 'nothing']),
  /** How much attention it takes. */
  attention: z.enum(['little', 'half', 'all']),
  minutes: z.int().min(0).nullable(),
  since: z.int().min(0),
})
export type Action = z.infer<typeof Action>

/**
 * `slot`: where in the place, as "by the window". `attention`: whom or what someone attends to. `status`: what
 * holds for longer, as "wounded".
 */
const Activity = z.object({
  slot: Label.nullable(),
  posture: Label.nullable(),
  action: Action.nullable(),
  attention: z.union([z.object({ entity: EntityId }), z.object({ thing: Label })]).nullable(),
  holding: z.array(Label).max(HOLDING_LIMIT),
  status: Label.nullable(),
})
export type Activity = z.infer<typeof Activity>

/** What of an activity changes. When an action began is for the clock to say. */
export const ActivityPatch = Activity.extend({ action: Action.omit({ since: true }).nullable() }).partial()

export const activityEvents = {
  /** Null: nothing is known of what the entity does. */
  'activity.changed': z.object({
    entity: EntityId,
    activity: Activity.nullable(),
    before: Activity.nullable(),
  }),
}

type Changed = z.infer<(typeof activityEvents)['activity.changed']>

/** `seen`: who saw it when it was noted. It is shown to nobody else, also where they see its doer now. */
export type Activities = readonly ({
  readonly entity: EntityId
  readonly seen: readonly EntityId[]
} & Activity)[]

export const idle: Activity = {
  slot: null,
  posture: null,
  action: null,
  attention: null,
  holding: [],
  status: null,
}

export const dropActivity = (activities: Activities, entity: EntityId): Activities =>
  activities.filter((other) => other.entity !== entity)

export const changeActivity = (
  activities: Activities,
  { entity, activity }: Changed,
  seen: readonly EntityId[],
): Activities =>
  activity
    ? put(activities, { entity, seen, ...activity }, (other) => other.entity === entity)
    : dropActivity(activities, entity)

/** One who begins anew saw nothing of what was noted before. */
export const forgetActivities = (activities: Activities, entity: EntityId): Activities =>
  activities.map(({ seen, ...known }) => ({ ...known, seen: seen.filter((other) => other !== entity) }))

/** All that is known of what someone does: for the record, and for those who lead the story. */
export const activityOf = (activities: Activities, id: EntityId): Activity | undefined => {
  const known = activities.find(({ entity }) => entity === id)
  if (!known) return undefined
  const { entity: _, seen: __, ...activity } = known
  return activity
}

/** What someone does as some know it together: nothing where one of them did not see it when it was noted. */
export const activitySeenBy = (
  activities: Activities,
  id: EntityId,
  readers: readonly EntityId[],
): Activity | undefined => {
  const seen = activities.find(({ entity }) => entity === id)?.seen ?? []
  return readers.every((reader) => seen.includes(reader)) ? activityOf(activities, id) : undefined
}
