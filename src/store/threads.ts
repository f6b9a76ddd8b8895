import type { ThreadStore } from '../turn/ports.ts'
import type { Db } from './database.ts'

/** Discord's ids grow with time, and now and then by a digit. */
const newer = (one: string | null, other: string | null): string | null =>
  one !== null && other !== null ? (BigInt(one) > BigInt(other) ? one : other) : (one ?? other)

const lastTakenIn =
  (db: Db): ThreadStore['lastTakenIn'] =>
  async (channel) => {
    const thread = await db
      .selectFrom('threads')
      .select('passed_over')
      .where('channel', '=', channel)
      .executeTakeFirst()
    if (!thread) return undefined
    const { source } = await db
      .selectFrom('sources')
      .select((eb) => eb.fn.max('id').as('source'))
      .where('channel', '=', channel)
      .executeTakeFirstOrThrow()
    return newer(source, thread.passed_over)
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
  passOver: async (channel, message) => {
    await db.updateTable('threads').set({ passed_over: message }).where('channel', '=', channel).execute()
  },
  lastTakenIn: lastTakenIn(db),
  takenIn: async (channel, from, to) => {
    const rows = await db
      .selectFrom('sources')
      .select('id')
      .where('channel', '=', channel)
      .where('id', '>=', from)
      .where('id', '<=', to)
      .where('id', 'not in', (query) => query.selectFrom('erasures').select('source'))
      .execute()
    return rows.map(({ id }) => id)
  },
})
