import type { Line } from '../story/line.ts'
import type { StoryRef } from '../story/ref.ts'
import type { Head } from '../turn/ports.ts'
import type { Db } from './database.ts'
import { lastLine, loadHead } from './load.ts'

export type ListedStory = {
  readonly head: Head
  readonly channel: string
  readonly lastLine: Line | undefined
  readonly updatedAt: number
}

/** The stories of a Discord server, the ones told last first. */
export type StoryList = {
  page(guild: string, offset: number, limit: number): Promise<ListedStory[]>
  count(guild: string): Promise<number>
}

const toldIn = (db: Db, guild: string) =>
  db
    .selectFrom('threads')
    .innerJoin('stories', 'stories.id', 'threads.story')
    .where('stories.guild', '=', guild)

const listed = async (
  db: Db,
  { channel, updated_at, ...ref }: StoryRef & { channel: string; updated_at: number },
): Promise<ListedStory[]> => {
  const head = await loadHead(db, ref)
  return head ? [{ head, channel, lastLine: await lastLine(db, ref), updatedAt: updated_at }] : []
}

export const storyList = (db: Db): StoryList => ({
  page: async (guild, offset, limit) => {
    const rows = await toldIn(db, guild)
      .select(['threads.story', 'threads.branch', 'threads.channel', 'stories.updated_at'])
      .orderBy('stories.updated_at', 'desc')
      .orderBy('threads.channel', 'desc')
      .offset(offset)
      .limit(limit)
      .execute()
    return (await Promise.all(rows.map((row) => listed(db, row)))).flat()
  },
  count: async (guild) => {
    const { count } = await toldIn(db, guild)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count
  },
})
