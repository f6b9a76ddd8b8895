import { z } from 'zod'
import { dropActivity, forgetActivities } from './activity.ts'
import { firstMorning } from './clock.ts'
import { dropEdgesFrom } from './edge.ts'
import type { Line } from './line.ts'
import { put } from './list.ts'
import { dropPinsOf } from './memory.ts'
import { EntityId } from './ref.ts'
import type { StoryState } from './state.ts'

export const resetEvents = {
  /**
   * Begins anew, for one character or for the story. Rows follow by one rule, where they are read: a memory or a
   * known fact is hidden when a visible reset with a higher `seq` covers its owner. So a reset is one row however
   * much it hides, and it is undone by a rewind to before it.
   */
  'story.reset': z.discriminatedUnion('scope', [
    z.object({ scope: z.literal('story') }),
    z.object({ scope: z.literal('character'), character: EntityId }),
  ]),
}

export type Reset = z.infer<(typeof resetEvents)['story.reset']>

/** For whom the story began anew (null: for all) after which turn: the newest of each. */
export type Resets = readonly { readonly character: EntityId | null; readonly turn: number }[]

const mark = (resets: Resets, character: EntityId | null, turn: number): Resets =>
  put(resets, { character, turn }, (other) => other.character === character)

/**
 * Premise, cast, places and the counts of turns and scenes stay. A character keeps its place in the scene, and what
 * others feel for it.
 */
export const reset = (state: StoryState, data: Reset): StoryState =>
  data.scope === 'story'
    ? {
        ...state,
        scene: { ...state.scene, open: null, untold: [] },
        activities: [],
        clock: firstMorning,
        edges: [],
        pins: [],
        resets: [{ character: null, turn: state.turn.number }],
        settled: state.turn.number,
        evolved: state.turn.number,
      }
    : {
        ...state,
        activities: forgetActivities(dropActivity(state.activities, data.character), data.character),
        edges: dropEdgesFrom(state.edges, data.character),
        pins: dropPinsOf(state.pins, data.character),
        resets: mark(state.resets, data.character, state.turn.number),
      }

/** The newest turn that an entity no longer knows of, for the story or the entity began anew after it. */
export const beginsAfter = (resets: Resets, entity: EntityId): number =>
  Math.max(
    0,
    ...resets.filter(({ character }) => character === null || character === entity).map(({ turn }) => turn),
  )

/** The turn that sets the scene: what a story begins with, and begins anew with. */
export const OPENING = 1

/** What an entity still knows of what it perceived: the opening stays. */
export const knownSince = (resets: Resets, entity: EntityId, lines: readonly Line[]): Line[] => {
  const begin = beginsAfter(resets, entity)
  return lines.filter(({ turn }) => turn === OPENING || turn > begin)
}
