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

export type Activities = readonly ({ readonly entity: EntityId } & Activity)[]

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

export const changeActivity = (activities: Activities, { entity, activity }: Changed): Activities =>
  activity
    ? put(activities, { entity, ...activity }, (other) => other.entity === entity)
    : dropActivity(activities, entity)

export const activityOf = (activities: Activities, id: EntityId): Activity | undefined => {
  const known = activities.find(({ entity }) => entity === id)
  if (!known) return undefined
  const { entity: _, ...activity } = known
  return activity
}
