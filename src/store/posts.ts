import type { PostStore, ShownPost, TurnRef } from '../turn/ports.ts'
import type { Db } from './database.ts'

const inChannel =
  (db: Db): PostStore['inChannel'] =>
  (channel, before, limit) => {
    const posts = db
      .selectFrom('posts')
      .select(['message', 'story', 'branch', 'turn', 'part', 'alternate', 'look'])
      .where('channel', '=', channel)
      .where('look', '!=', 'removed')
      .$narrowType<{ look: ShownPost['look'] }>()
      .orderBy('message', 'desc')
      .limit(limit)
    return (before === undefined ? posts : posts.where('message', '<', before)).execute()
  }

const ofTurn =
  (db: Db): PostStore['ofTurn'] =>
  (channel, { story, turn }) =>
    db
      .selectFrom('posts')
      .select(['message', 'story', 'branch', 'turn', 'part', 'alternate', 'look'])
      .where((eb) => eb.and({ channel, story, turn }))
      .where('look', '!=', 'removed')
      .$narrowType<{ look: ShownPost['look'] }>()
      .orderBy('part')
      .orderBy('message')
      .execute()

const mark =
  (db: Db): PostStore['mark'] =>
  async ({ story, branch, turn }, looks) => {
    await db
      .updateTable('posts')
      .set(looks)
      .where((eb) => eb.and({ story, branch, turn }))
      .where('look', '!=', 'removed')
      .execute()
  }

const asTurn = ({ story, branch, turn }: TurnRef): TurnRef => ({ story, branch, turn })

/** Which messages show which answers, and how they look. */
export const postStore = (db: Db): PostStore => ({
  turnOf: (message) =>
    db
      .selectFrom('posts')
      .select(['story', 'branch', 'turn'])
      .where('message', '=', message)
      .executeTakeFirst(),
  inChannel: inChannel(db),
  ofTurn: ofTurn(db),
  mark: mark(db),
  withControls: async (channel) => {
    const rows = await db
      .selectFrom('posts')
      .select(['story', 'branch', 'turn'])
      .distinct()
      .where('channel', '=', channel)
      .where('look', '=', 'controls')
      .execute()
    return rows.map(asTurn)
  },
})
