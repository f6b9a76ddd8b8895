import type { Position } from './lineage.ts'
import type { StoryRef, TextId } from './ref.ts'
import type { StoryState } from './state.ts'

/** A story at the head of one branch: at `seq` of a strand. `words` holds the texts that the state points to. */
export type Head = {
  readonly ref: StoryRef
  readonly strand: number
  readonly seq: number
  readonly state: StoryState
  readonly words: ReadonlyMap<TextId, string>
}

/** Says what a head tells: another one for another turn or answer, the same when only what came of it is noted. */
export const markOf = ({ strand, state: { turn } }: Pick<Head, 'strand' | 'state'>): string =>
  [strand, turn.number, turn.alternate].join('.')

export const positionOf = ({ strand, seq, state }: Pick<Head, 'strand' | 'seq' | 'state'>): Position => ({
  strand,
  seq,
  turn: state.turn.number,
  alternate: state.turn.alternate,
})
