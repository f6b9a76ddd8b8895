import type { EntityId } from './ref.ts'

/** Since when each of the cast is of the story: `since` is the first turn that is told, or told on, with them in it. */
export type Arrivals = readonly { readonly entity: EntityId; readonly since: number }[]

/** Who comes in again has been there. */
export const arrive = (arrivals: Arrivals, entity: EntityId, since: number): Arrivals =>
  arrivals.some((other) => other.entity === entity) ? arrivals : [...arrivals, { entity, since }]

export const dropArrival = (arrivals: Arrivals, entity: EntityId): Arrivals =>
  arrivals.filter((other) => other.entity !== entity)

/** A turn is told anew: whoever came after it was first told is there by now. */
export const tellAnew = (arrivals: Arrivals, turn: number): Arrivals =>
  arrivals.map(({ entity, since }) => ({ entity, since: Math.min(since, turn) }))

/** The first turn that someone can have missed. */
export const ofStorySince = (arrivals: Arrivals, entity: EntityId): number =>
  arrivals.find((other) => other.entity === entity)?.since ?? 0
