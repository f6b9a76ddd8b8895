import { type RawBuilder, sql } from 'kysely'
import type { PostStore, ShownPost } from '../turn/ports.ts'
import type { Db } from './database.ts'
import { loadHead } from './load.ts'
import { isInForce, isSeen, type View } from './seen.ts'
import { endOf, viewFrom } from './transcript.ts'

const postsIn = (db: Db, channel: string) =>
  db
    .selectFrom('posts')
    .select(['message', 'channel', 'story', 'turn', 'part', 'look'])
    .where('channel', '=', channel)
    .where('look', '!=', 'removed')
    .$narrowType<{ look: ShownPost['look'] }>()

/** Whether the answer that a message shows is in force. */
const isRight = (view: View): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from events where events.story = posts.story and events.strand = posts.strand
    and events.seq = posts.seq and ${isSeen('events', view)} and ${isInForce('events', view)})`

/** Whether the turn that a message shows is in force, with whichever answer. */
const isTold = (view: View): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from turns where turns.story = posts.story and turns.id = posts.turn
    and ${isSeen('turns', view)})`

const strays =
  (db: Db): PostStore['strays'] =>
  async (channel, head, limit) => {
    const view = viewFrom(head)
    const { id, phase } = head.state.turn
    const rows = await postsIn(db, channel)
      .select(sql<number>`${isTold(view)}`.as('told'))
      .where(({ or, and, eb, not }) =>
        or([
          and([eb('look', '=', 'struck'), isTold(view)]),
          and([eb('look', '!=', 'struck'), not(isRight(view))]),
        ]),
      )
      .$if(phase === 'open', (posts) => posts.where('turn', '!=', id))
      .orderBy('message', 'desc')
      .limit(limit)
      .execute()
    return rows.map(({ told, ...post }) => ({ ...post, isTold: told === 1 }))
  }

const shows =
  (db: Db): PostStore['shows'] =>
  async (turn, messages, look) => {
    if (messages.length === 0) return
    const head = await loadHead(db, turn)
    const end = head && (await endOf(db, head, turn.turn))
    await db
      .updateTable('posts')
      .set({ look, strand: end?.at.strand ?? null, seq: end?.at.seq ?? null })
      .where('message', 'in', messages)
      .where('look', '!=', 'removed')
      .execute()
  }

const mark =
  (db: Db): PostStore['mark'] =>
  async (messages, look) => {
    if (messages.length === 0) return
    await db
      .updateTable('posts')
      .set({ look })
      .where('message', 'in', messages)
      .where('look', '!=', 'removed')
      .execute()
  }

/** Which messages show which answers, and how they look. */
export const postStore = (db: Db): PostStore => ({
  turnOf: (message) =>
    db
      .selectFrom('posts')
      .select(['story', 'branch', 'turn'])
      .where('message', '=', message)
      .executeTakeFirst(),
  ofTurn: (channel, { story, turn }) =>
    postsIn(db, channel)
      .where('story', '=', story)
      .where('turn', '=', turn)
      .orderBy('part')
      .orderBy('message')
      .execute(),
  strays: strays(db),
  struck: (channel, head, limit) =>
    postsIn(db, channel)
      .where('look', '=', 'struck')
      .where(({ not }) => not(isTold(viewFrom(head))))
      .orderBy('message', 'desc')
      .limit(limit)
      .execute(),
  withControls: (channel) => postsIn(db, channel).where('look', '=', 'controls').orderBy('part').execute(),
  shows: shows(db),
  mark: mark(db),
})
