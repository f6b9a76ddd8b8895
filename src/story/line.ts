import { z } from 'zod'
import { EntityId, LineId, TextId } from './ref.ts'
import type { SegmentKind } from './segment.ts'

const kinds = ['dialogue', 'action', 'ooc', 'prose'] as const satisfies readonly SegmentKind[]

export const lineEvents = {
  /** `witnesses`: who was present and could perceive it, fixed when it is spoken. */
  'line.spoken': z.object({
    line: LineId,
    speaker: EntityId,
    kind: z.enum(kinds),
    text: TextId,
    witnesses: z.array(EntityId),
  }),
}

/** A line of the transcript with its words. */
export type Line = {
  readonly id: string
  readonly turn: number
  readonly speaker: EntityId
  readonly kind: SegmentKind
  readonly text: string
  readonly witnesses: readonly EntityId[]
}
