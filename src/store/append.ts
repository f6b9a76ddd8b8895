import type { Transaction } from 'kysely'
import type { Decision } from '../story/decide.ts'
import { EVENT_VERSION, type RecordedEvent } from '../story/event.ts'
import type { Head } from '../story/head.ts'
import type { StoryRef } from '../story/ref.ts'
import { STATE_VERSION } from '../story/state.ts'
import type { Appended, NewStory, Sources, StoryStore } from '../turn/ports.ts'
import type { Db } from './database.ts'
import type { Tables } from './schema.ts'

type Trx = Transaction<Tables>

/** Leaves a transaction without writing anything. */
class Abandoned {
  readonly outcome: Exclude<Appended, 'appended'>
  constructor(outcome: Exclude<Appended, 'appended'>) {
    this.outcome = outcome
  }
}

const orNothing = async (work: Promise<void>): Promise<Appended> => {
  try {
    await work
    return 'appended'
  } catch (thrown) {
    if (thrown instanceof Abandoned) return thrown.outcome
    throw thrown
  }
}

const stamped = (
  ref: StoryRef,
  { turn, actor, events }: Decision,
  after: number,
  at: number,
): RecordedEvent[] =>
  events.map((event, index) => ({
    ...event,
    seq: after + 1 + index,
    branch: ref.branch,
    turn,
    alternate: 0,
    at,
    actor,
  }))

const takeIn = async (trx: Trx, story: string, { ids, channel }: Sources): Promise<void> => {
  if (ids.length === 0) return
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('sources')
    .values(ids.map((id) => ({ id, story, channel })))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== BigInt(ids.length)) throw new Abandoned('duplicate')
}

const insertEvents = async (trx: Trx, story: string, events: readonly RecordedEvent[]): Promise<void> => {
  if (events.length === 0) return
  await trx
    .insertInto('events')
    .values(
      events.map(({ data, ...stamp }) => ({
        ...stamp,
        story,
        version: EVENT_VERSION,
        data: JSON.stringify(data),
      })),
    )
    .execute()
  const lines = events.flatMap((event) =>
    event.type === 'line.spoken'
      ? [
          {
            id: event.data.line,
            story,
            branch: event.branch,
            turn: event.turn,
            alternate: event.alternate,
            seq: event.seq,
            speaker: event.data.speaker,
            kind: event.data.kind,
            text: event.data.text,
            witnesses: JSON.stringify(event.data.witnesses),
          },
        ]
      : [],
  )
  if (lines.length > 0) await trx.insertInto('lines').values(lines).execute()
}

const insertTexts = async (trx: Trx, story: string, { texts }: Decision): Promise<void> => {
  if (texts.length > 0)
    await trx
      .insertInto('texts')
      .values(texts.map((text) => ({ ...text, story })))
      .execute()
}

const openDelivery = async (trx: Trx, ref: StoryRef, { state, turn }: Decision): Promise<void> => {
  if (state.turn.phase !== 'open') return
  await trx
    .insertInto('drafts')
    .values({ story: ref.story, branch: ref.branch, turn, text: '' })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

const headRow = ({ state }: Decision, seq: number) => ({
  head_seq: seq,
  state: JSON.stringify(state),
  state_version: STATE_VERSION,
  turn: state.turn.number,
})

const create =
  (db: Db, now: () => number): StoryStore['create'] =>
  ({ ref, guild, thread, parent }: NewStory, decision, sources) =>
    orNothing(
      db.transaction().execute(async (trx) => {
        const at = now()
        const events = stamped(ref, decision, 0, at)
        await trx
          .insertInto('stories')
          .values({ id: ref.story, guild, last_seq: events.length, created_at: at, updated_at: at })
          .execute()
        await takeIn(trx, ref.story, sources)
        await insertTexts(trx, ref.story, decision)
        await insertEvents(trx, ref.story, events)
        await trx
          .insertInto('branches')
          .values({ story: ref.story, id: ref.branch, ...headRow(decision, events.length) })
          .execute()
        await trx
          .insertInto('threads')
          .values({ channel: thread, parent, story: ref.story, branch: ref.branch })
          .execute()
        await openDelivery(trx, ref, decision)
      }),
    )

const append =
  (db: Db, now: () => number): StoryStore['append'] =>
  (head: Head, decision, sources = { ids: [], channel: null }) =>
    orNothing(
      db.transaction().execute(async (trx) => {
        const { ref } = head
        await takeIn(trx, ref.story, sources)
        const { last_seq } = await trx
          .selectFrom('stories')
          .select('last_seq')
          .where('id', '=', ref.story)
          .executeTakeFirstOrThrow()
        const at = now()
        const events = stamped(ref, decision, last_seq, at)
        const seq = last_seq + events.length
        const { numUpdatedRows } = await trx
          .updateTable('branches')
          .set(headRow(decision, seq))
          .where('story', '=', ref.story)
          .where('id', '=', ref.branch)
          .where('head_seq', '=', head.seq)
          .executeTakeFirstOrThrow()
        if (numUpdatedRows !== 1n) throw new Abandoned('lost_race')
        await trx
          .updateTable('stories')
          .set({ last_seq: seq, updated_at: at })
          .where('id', '=', ref.story)
          .execute()
        await insertTexts(trx, ref.story, decision)
        await insertEvents(trx, ref.story, events)
        await openDelivery(trx, ref, decision)
      }),
    )

/** The writing half of the store. `now` stamps events and is read once for each transaction. */
export const appendingStore = (db: Db, now: () => number): Pick<StoryStore, 'create' | 'append'> => ({
  create: create(db, now),
  append: append(db, now),
})
