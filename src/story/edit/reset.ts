import { characterIn } from '../cast.ts'
import { resetEvents } from '../reset.ts'
import { edit } from './edit.ts'

/** Begins anew, for one character or for the whole story. */
export const resetStory = edit(resetEvents['story.reset'], (draft, scope) => {
  if (scope.scope === 'character' && !characterIn(draft.state().cast, scope.character))
    return 'unknown_entity'
  return draft.emit({ type: 'story.reset', data: scope })
})
