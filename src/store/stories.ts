import type { StoryRef } from '../story/ref.ts'
import type { ListedStory, StoryList } from '../turn/ports.ts'
import type { Db } from './database.ts'
import { loadHead } from './load.ts'
import { lastLine } from './transcript.ts'

const toldIn = (db: Db, parents: readonly string[]) =>
  db
    .selectFrom('threads')
    .innerJoin('stories', 'stories.id', 'threads.story')
    .where('threads.parent', 'in', parents)
    .where('stories.archived_at', 'is', null)
    .where('stories.deleted_at', 'is', null)

const listed = async (
  db: Db,
  { channel, ...ref }: StoryRef & { channel: string },
): Promise<ListedStory[]> => {
  const head = await loadHead(db, ref)
  return head ? [{ head, channel, lastLine: await lastLine(db, head) }] : []
}

export const storyList = (db: Db): StoryList => ({
  page: async (parents, offset, limit) => {
    const rows = await toldIn(db, parents)
      .select(['threads.story', 'threads.branch', 'threads.channel'])
      .orderBy('stories.updated_at', 'desc')
      .orderBy('threads.channel', 'desc')
      .offset(offset)
      .limit(limit)
      .execute()
    return (await Promise.all(rows.map((row) => listed(db, row)))).flat()
  },
  count: async (parents) => {
    const { count } = await toldIn(db, parents)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  },
})
