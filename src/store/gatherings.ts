import { STATE_VERSION } from '../story/state.ts'
import type { GatheringStore } from '../turn/ports/gatherings.ts'
import type { Db } from './database.ts'
import { loadHead } from './load.ts'
import { openingOf } from './seen.ts'
import { told } from './stories.ts'
import { viewFrom } from './transcript.ts'

export const gatheringStore = (db: Db): GatheringStore => ({
  heads: async (ref) => {
    const rows = await told(db)
      .select(['threads.story', 'threads.branch'])
      .$if(ref !== undefined, (query) =>
        query.where('threads.story', '=', ref?.story ?? '').where('threads.branch', '=', ref?.branch ?? ''),
      )
      // Only a look, so that few are read: a state that is to be folded anew may be any.
      .where(({ or, eb }) =>
        or([
          eb('branches.state', 'like', '%"phase":"gathering"%'),
          eb('branches.state_version', '!=', STATE_VERSION),
        ]),
      )
      .execute()
    const heads = await Promise.all(rows.map((row) => loadHead(db, row)))
    return heads.filter((head) => head !== undefined).filter(({ state }) => state.turn.phase === 'gathering')
  },
  openedAt: async (head) => {
    const view = viewFrom(head)
    const opening = await openingOf(db, view, view.turn)
    const { at } = await db
      .selectFrom('events')
      .select('at')
      .where('story', '=', view.story)
      .where('seq', '=', opening?.seq ?? 0)
      .executeTakeFirstOrThrow()
    return at
  },
})
