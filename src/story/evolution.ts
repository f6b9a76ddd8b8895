import { z } from 'zod'
import { EntityId, LineId, PlaceId, TextId } from './ref.ts'

const TurnNumber = z.int().min(1)

/**
 * How a character is another than before, and where that showed: in a line of a turn, in a scene, at a place. `lines`:
 * all that it was told from, and goes with.
 */
const Change = z.object({
  character: EntityId,
  text: TextId,
  line: LineId,
  turn: TurnNumber,
  scene: z.int().min(1).nullable(),
  place: PlaceId.nullable(),
  lines: z.array(LineId).default([]),
})

export const evolutionEvents = {
  /** How characters changed in an arc of turns; no changes where none did. */
  'cast.evolved': z.object({ from: TurnNumber, to: TurnNumber, changes: z.array(Change) }),
}

export type Change = z.infer<typeof Change>
type Evolved = z.infer<(typeof evolutionEvents)['cast.evolved']>

/** How many turns are looked at together. */
export const ARC = 10

/** How many arcs wait to be looked at: where nothing was for long, the oldest go without. */
const ARCS_WAITING = 3

/** The newest turn that was looked at: none that is still to come. `turn`: the newest that there is. */
export const evolve = (evolved: number, { to }: Evolved, turn: number): number =>
  Math.max(evolved, Math.min(to, turn))

/** The oldest arc that is over and still to be looked at; undefined where there is none. */
export const arcDue = (evolved: number, turn: number): { from: number; to: number } | undefined => {
  const over = Math.floor((turn - evolved) / ARC)
  if (over < 1) return undefined
  const from = evolved + Math.max(0, over - ARCS_WAITING) * ARC + 1
  return { from, to: from + ARC - 1 }
}
