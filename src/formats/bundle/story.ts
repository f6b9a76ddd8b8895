import { z } from 'zod'
import type { EventType, RecordedEvent, StoryEvent } from '../../story/event.ts'
import { StorySettings } from '../../story/settings.ts'
import { LIMITS } from './limits.ts'

/**
 * As Skein makes them, and Discord. What leads out of a path, a custom id or a pattern is none, nor what is so long
 * that a custom id has no room for several of them.
 */
const Id = z.string().regex(/^[\w-]{1,20}$/u)
const Time = z.int().min(0)
const Numbered = z.int().min(1)
const Alternate = z.int().min(0)

const Point = z.object({ strand: Numbered, seq: Numbered, turn: Numbered, alternate: Alternate })

/** `parent` is null for the one that the story begins on. */
export const BundledStrand = z.object({ id: Numbered, parent: Numbered.nullable(), forkSeq: z.int().min(0) })
export type BundledStrand = z.infer<typeof BundledStrand>

/** `name` and `description` are texts. What is true at the head is not part of it: that follows from the events. */
export const BundledBranch = z.object({
  id: Id,
  name: Id.nullable(),
  description: Id.nullable(),
  parent: Id.nullable(),
  forkTurn: z.int().min(0).nullable(),
  createdAt: Time,
  updatedAt: Time,
  deletedAt: Time.nullable(),
  head: Point,
})
export type BundledBranch = z.infer<typeof BundledBranch>

/** A way that a branch's head went. `undoes`: the move of that branch that it takes back. */
export const BundledMove = z.object({
  branch: Id,
  id: Numbered,
  at: Time,
  actor: Id,
  cause: z.enum(['rewound', 'undone', 'returned', 'reset']),
  undoes: Numbered.nullable(),
  from: Point,
  to: Point,
})
export type BundledMove = z.infer<typeof BundledMove>

export const BundledText = z.object({ id: Id, author: Id, body: z.string().max(LIMITS.text) })
export type BundledText = z.infer<typeof BundledText>

/** What was decided for the story, but for what belongs to the server that it comes from. */
export const BundledSettings = StorySettings.omit({ models: true, pausedBy: true })
export type BundledSettings = z.infer<typeof BundledSettings>

/** An event as a line of the log has it. `data` is for `parseEvent`. */
export const BundledEvent = z.object({
  seq: Numbered,
  strand: Numbered,
  turn: z.int().min(0),
  alternate: Alternate.nullable(),
  at: Time,
  actor: Id,
  type: z.string().max(64),
  data: z.unknown(),
})

/**
 * All of a story that can be taken from one server to another. Events stand in the order of `seq`, as `parseEvent`
 * reads them; strands after their parents. Words that were erased are missing.
 */
export type StoryBundle = {
  readonly strands: readonly BundledStrand[]
  readonly branches: readonly BundledBranch[]
  readonly moves: readonly BundledMove[]
  readonly events: readonly RecordedEvent[]
  readonly texts: readonly BundledText[]
  /** One, or none where nothing was decided. */
  readonly settings: readonly BundledSettings[]
}

const PLACE = ['name', 'type']

/** Where events hold labels, which their own schemas check. All other strings in them are ids and kinds. */
const LABELS: { readonly [T in EventType]?: readonly string[] } = {
  'place.added': PLACE,
  'place.changed': PLACE,
  'place.removed': PLACE,
  'activity.changed': ['slot', 'posture', 'label', 'thing', 'holding', 'status'],
  'weather.changed': ['weather', 'before'],
  'turn.regenerated': ['model'],
}

const isSafe = (value: unknown, labels: readonly string[]): boolean => {
  if (typeof value === 'string') return Id.safeParse(value).success
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([key, inner]) => labels.includes(key) || isSafe(inner, labels))
}

/** Whether every id in an event is one that Skein or Discord could have made. */
export const hasSafeIds = ({ type, data }: StoryEvent): boolean => isSafe(data, LABELS[type] ?? [])
