import { z } from 'zod'
import { dropActivity } from './activity.ts'
import { firstMorning } from './clock.ts'
import { dropEdgesFrom } from './edge.ts'
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

/**
 * Premise, cast, places and the counts of turns and scenes stay. A character keeps its place in the scene, and what
 * others feel for it.
 */
export const reset = (state: StoryState, data: Reset): StoryState =>
  data.scope === 'story'
    ? {
        ...state,
        scene: { ...state.scene, open: null },
        activities: [],
        clock: firstMorning,
        edges: [],
        pins: [],
      }
    : {
        ...state,
        activities: dropActivity(state.activities, data.character),
        edges: dropEdgesFrom(state.edges, data.character),
        pins: dropPinsOf(state.pins, data.character),
      }
