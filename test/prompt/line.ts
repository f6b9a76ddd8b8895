import type { Line } from '../../src/story/line.ts'
import type { EntityId } from '../../src/story/ref.ts'

/** A line that was spoken in a turn, known by its words. */
export const aLine = (
  turn: number,
  speaker: EntityId,
  text: string,
  witnesses: readonly EntityId[],
  more: Partial<Line> = {},
): Line => ({
  ...{ id: `${turn} ${speaker} ${text}`, turn, place: 0, speaker, kind: 'prose', text, witnesses },
  source: null,
  ...more,
})
