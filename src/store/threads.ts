import type { ThreadStore } from '../turn/ports.ts'
import type { Db } from './database.ts'

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
