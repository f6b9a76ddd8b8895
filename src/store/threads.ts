import type { StoryRef } from '../story/ref.ts'
import type { Db } from './database.ts'

/** Which Discord thread tells which branch, and how far each thread was read. */
export type ThreadStore = {
  storyIn(channel: string): Promise<StoryRef | undefined>
  threadOf(ref: StoryRef): Promise<string | undefined>
  /** Every thread with the newest Discord id that was taken in from it. */
  all(): Promise<{ readonly channel: string; readonly lastSource: string | null }[]>
}

export const threadStore = (db: Db): ThreadStore => ({
  storyIn: async (channel) =>
    db.selectFrom('threads').select(['story', 'branch']).where('channel', '=', channel).executeTakeFirst(),
  threadOf: async ({ story, branch }) => {
    const row = await db
      .selectFrom('threads')
      .select('channel')
      .where('story', '=', story)
      .where('branch', '=', branch)
      .executeTakeFirst()
    return row?.channel
  },
  all: () =>
    db
      .selectFrom('threads')
      .leftJoin('sources', 'sources.channel', 'threads.channel')
      .select(['threads.channel', (eb) => eb.fn.max('sources.id').as('lastSource')])
      .groupBy('threads.channel')
      .execute(),
})
