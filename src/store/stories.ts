import type { NotNull } from 'kysely'
import type { StoryRef } from '../story/ref.ts'
import type { ListedStory, StoryList } from '../turn/ports.ts'
import type { Db } from './database.ts'
import { loadHead } from './load.ts'
import { lastLine } from './transcript.ts'

/** The threads that tell branches of stories which are in the list. */
export const told = (db: Db) =>
  db
    .selectFrom('threads')
    .innerJoin('stories', 'stories.id', 'threads.story')
    .innerJoin('branches', (join) =>
      join.onRef('branches.story', '=', 'threads.story').onRef('branches.id', '=', 'threads.branch'),
    )
    .where('stories.archived_at', 'is', null)
    .where('stories.deleted_at', 'is', null)
    .where('branches.deleted_at', 'is', null)

/** The same in threads of some channels. `place` is 1 for the branch of its story that was told last there. */
const placed = (db: Db, parents: readonly string[]) =>
  told(db)
    .where('threads.parent', 'in', parents)
    .select(['threads.story', 'threads.branch', 'threads.channel', 'branches.updated_at'])
    .select((eb) =>
      eb.fn
        .agg<number>('row_number')
        .over((over) =>
          over
            .partitionBy('threads.story')
            .orderBy('branches.updated_at', 'desc')
            .orderBy('threads.channel', 'desc'),
        )
        .as('place'),
    )

type Entry = StoryRef & Pick<ListedStory, 'channel' | 'branches'>

const entries = (db: Db, parents: readonly string[], offset: number, limit: number): Promise<Entry[]> =>
  db
    .selectFrom(placed(db, parents).as('entry'))
    .select(['entry.story', 'entry.branch', 'entry.channel'])
    .select((eb) =>
      eb
        .selectFrom('branches')
        .whereRef('branches.story', '=', 'entry.story')
        .where('branches.deleted_at', 'is', null)
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .as('branches'),
    )
    .where('entry.place', '=', 1)
    .orderBy('entry.updated_at', 'desc')
    .orderBy('entry.channel', 'desc')
    .offset(offset)
    .limit(limit)
    .$narrowType<{ branches: NotNull }>()
    .execute()

const listed = async (db: Db, { channel, branches, ...ref }: Entry): Promise<ListedStory[]> => {
  const head = await loadHead(db, ref)
  return head ? [{ head, channel, branches, lastLine: await lastLine(db, head) }] : []
}

export const storyList = (db: Db): StoryList => ({
  page: async (parents, offset, limit) => {
    const rows = await entries(db, parents, offset, limit)
    return (await Promise.all(rows.map((row) => listed(db, row)))).flat()
  },
  count: async (parents) => {
    const { count } = await told(db)
      .where('threads.parent', 'in', parents)
      .select((eb) => eb.fn.count<number>('threads.story').distinct().as('count'))
      .executeTakeFirstOrThrow()
    return count
  },
  parents: async (guild) => {
    const rows = await told(db)
      .select('threads.parent')
      .distinct()
      .where('stories.guild', '=', guild)
      .execute()
    return rows.map(({ parent }) => parent)
  },
  placeOf: ({ story, branch }) =>
    told(db)
      .select(['threads.channel', 'threads.parent'])
      .where('threads.story', '=', story)
      .where('threads.branch', '=', branch)
      .executeTakeFirst(),
})
