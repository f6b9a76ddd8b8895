import { z } from 'zod'
import { EntityId, LineId, PlaceId, TextId } from './ref.ts'

const TurnNumber = z.int().min(1)

/** How a character is another than before, and where that showed: in a line of a turn, in a scene, at a place. */
const Change = z.object({
  character: EntityId,
  text: TextId,
  line: LineId,
  turn: TurnNumber,
  scene: z.int().min(1).nullable(),
  place: PlaceId.nullable(),
})

export const evolutionEvents = {
  /** How characters changed in an arc of turns; no changes where none did. */
  'cast.evolved': z.object({ from: TurnNumber, to: TurnNumber, changes: z.array(Change) }),
}

export type Change = z.infer<typeof Change>
type Evolved = z.infer<(typeof evolutionEvents)['cast.evolved']>

/** How many turns are looked at together. */
export const ARC = 10

/** The newest turn that was looked at. */
export const evolve = (evolved: number, { to }: Evolved): number => Math.max(evolved, to)

/** The oldest arc that is over and was not looked at yet; undefined where there is none. */
export const arcDue = (evolved: number, turn: number): { from: number; to: number } | undefined =>
  turn - evolved >= ARC ? { from: evolved + 1, to: evolved + ARC } : undefined
