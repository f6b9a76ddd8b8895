import { z } from 'zod'
import { EntityId, LineId, TextId } from './ref.ts'
import type { SegmentKind } from './segment.ts'

const kinds = ['dialogue', 'action', 'ooc', 'prose'] as const satisfies readonly SegmentKind[]

/** The id of the message that it was written in, as a face knows it. Null: it was written in none. */
const Source = z.string().min(1).nullable().default(null)

/** `witnesses`: who was present and could perceive it, fixed when it is spoken. */
const Spoken = z.object({
  line: LineId,
  kind: z.enum(kinds),
  text: TextId,
  witnesses: z.array(EntityId),
})

export const lineEvents = {
  'line.spoken': Spoken.extend({ speaker: EntityId, source: Source }),
  /**
   * Other words in the place of lines, wherever this event is visible: in their turn, and from `place`, the seq of
   * the first of them, on.
   */
  'line.revised': z.object({
    replaces: z.array(LineId).min(1),
    speaker: EntityId,
    source: Source,
    turn: z.int().min(0),
    place: z.int().min(0),
    lines: z.array(Spoken).min(1),
  }),
}

/** A line of the transcript with its words. Lines of a turn stand in the order of `place`, then of `seq`. */
export type Line = {
  readonly id: LineId
  readonly turn: number
  readonly place: number
  readonly speaker: EntityId
  readonly kind: SegmentKind
  readonly text: string
  readonly witnesses: readonly EntityId[]
  readonly source: string | null
}
