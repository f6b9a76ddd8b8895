import { z } from 'zod'
import { PlayerId, TextId } from './ref.ts'

export const premiseEvents = {
  'story.started': z.object({ title: TextId, premise: TextId.nullable(), author: PlayerId }),
}

/** What the story was started from, and by whom. */
export type Premise = z.infer<(typeof premiseEvents)['story.started']>
