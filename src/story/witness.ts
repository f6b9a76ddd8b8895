import { type Cast, present } from './cast.ts'
import type { Line } from './line.ts'
import type { EntityId } from './ref.ts'
import type { SegmentKind } from './segment.ts'

/** Who perceives a line that is spoken now. Out of character, people speak past the story: nobody in it hears. */
export const witnessesOf = (cast: Cast, kind: SegmentKind): EntityId[] =>
  kind === 'ooc' ? [] : present(cast)

/** What an entity perceived: all that its prompt, history and recall may hold. */
export const witnessedBy = (entity: EntityId, lines: readonly Line[]): Line[] =>
  lines.filter((line) => line.witnesses.includes(entity))
