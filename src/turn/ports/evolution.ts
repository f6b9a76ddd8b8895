import type { Head } from '../../story/head.ts'
import type { EntityId, PlaceId, TextId } from '../../story/ref.ts'

/**
 * How a character changed, and where that showed: in a turn, in a scene, at a place, as far as these are known. `from`
 * and `to`: the turns that were looked at.
 */
export type KeptChange = {
  readonly text: TextId
  readonly body: string
  readonly turn: number
  readonly scene: number | null
  readonly place: PlaceId | null
  readonly from: number
  readonly to: number
}

export type EvolutionStore = {
  /** How a character changed as a head has it, the newest last: without what was reset or erased. */
  of(head: Head, character: EntityId): Promise<KeptChange[]>
}
