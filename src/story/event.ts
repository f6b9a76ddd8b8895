import { z } from 'zod'
import { SkeinError } from '../kit/errors.ts'
import { activityEvents } from './activity.ts'
import { castEvents } from './cast.ts'
import { clockEvents } from './clock.ts'
import { edgeEvents } from './edge.ts'
import { evolutionEvents } from './evolution.ts'
import { lineEvents } from './line.ts'
import { memoryEvents } from './memory.ts'
import { pastEvents } from './past.ts'
import { placeEvents } from './place.ts'
import { premiseEvents } from './premise.ts'
import { resetEvents } from './reset.ts'
import { sceneEvents } from './scene.ts'
import { turnEvents } from './turn.ts'

/** Every kind of fact that a story's log can hold, by its type. */
export const eventSchemas = {
  ...premiseEvents,
  ...castEvents,
  ...placeEvents,
  ...sceneEvents,
  ...activityEvents,
  ...clockEvents,
  ...edgeEvents,
  ...memoryEvents,
  ...turnEvents,
  ...pastEvents,
  ...evolutionEvents,
  ...lineEvents,
  ...resetEvents,
}

export type EventType = keyof typeof eventSchemas

/** A fact, before the log has given it its place. */
export type StoryEvent = {
  [T in EventType]: { readonly type: T; readonly data: z.infer<(typeof eventSchemas)[T]> }
}[EventType]

/** The place of an event in the log. `seq` counts within the story, over all its branches. */
export type Stamp = {
  readonly seq: number
  /** The strand of the log that it stands on (`Span` in lineage.ts). */
  readonly strand: number
  readonly turn: number
  /** The alternate of its turn that it belongs to; null for what all of them share. */
  readonly alternate: number | null
  /** Milliseconds since the epoch. */
  readonly at: number
  /** Who caused it: a Discord user's id, or `skein`. */
  readonly actor: string
}

export type RecordedEvent = StoryEvent & Stamp

/** The version that events are written with. When an old one is to be read otherwise, `parseEvent` upcasts it. */
export const EVENT_VERSION = 1

/** Reads an event's data back from the log. Throws `event_too_new`, or a ZodError when it is no event of ours. */
export const parseEvent = (type: string, version: number, data: unknown): StoryEvent => {
  if (version > EVENT_VERSION)
    throw new SkeinError('event_too_new', 'the log was written by a newer Skein', { type, version })
  const known = z.enum(Object.keys(eventSchemas) as [EventType, ...EventType[]]).parse(type)
  return { type: known, data: eventSchemas[known].parse(data) } as StoryEvent
}
