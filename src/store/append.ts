import type { Decision } from '../story/decide.ts'
import { EVENT_VERSION, type EventType, type RecordedEvent } from '../story/event.ts'
import { type Head, positionOf } from '../story/head.ts'
import { FIRST_STRAND, NO_END } from '../story/lineage.ts'
import type { NewText, StoryRef } from '../story/ref.ts'
import type { NewStory, StoryStore } from '../turn/ports.ts'
import { chunksOf } from './chunks.ts'
import type { Db } from './database.ts'
import { CHECKPOINT_EVERY, checkpointAt } from './fold.ts'
import { indexFormed } from './memory-index.ts'
import { keepMove } from './moves.ts'
import { insertRows } from './rows.ts'
import { headColumns, moveHead, type Trx, takeIn, transact } from './transact.ts'
import { leaveUnfounded } from './unfounded.ts'

const stamped = (
  { turn, alternate, actor, events }: Decision,
  strand: number,
  after: number,
  at: number,
): RecordedEvent[] =>
  events.map((event, index) => ({
    ...event,
    ...{ seq: after + 1 + index, strand, turn, alternate, at, actor },
  }))

const insertLog = async (trx: Trx, story: string, events: readonly RecordedEvent[]): Promise<void> => {
  for (const some of chunksOf(events))
    await trx
      .insertInto('events')
      .values(
        some.map(({ data, ...stamp }) => ({
          ...stamp,
          story,
          version: EVENT_VERSION,
          data: JSON.stringify(data),
        })),
      )
      .execute()
}

/** Writes events to the log, with the rows that they bring along. */
export const insertEvents = async (
  trx: Trx,
  story: string,
  events: readonly RecordedEvent[],
): Promise<void> => {
  await insertLog(trx, story, events)
  await insertRows(trx, story, events)
  await indexFormed(trx, story, events)
}

export const insertTexts = async (trx: Trx, story: string, texts: readonly NewText[]): Promise<void> => {
  for (const some of chunksOf(texts))
    await trx
      .insertInto('texts')
      .values(some.map((text) => ({ ...text, story })))
      .execute()
}

const asking: readonly EventType[] = ['turn.opened', 'turn.called', 'turn.regenerated', 'turn.retried']

/** Whether a decision leaves a turn open that was not: one that gathers has nothing to deliver yet. */
const asksForAnswer = ({ events, state }: Decision) =>
  state.turn.phase === 'open' && events.some(({ type }) => asking.includes(type))

const openDelivery = async (trx: Trx, ref: StoryRef, decision: Decision): Promise<void> => {
  if (!asksForAnswer(decision)) return
  const { state } = decision
  await trx
    .insertInto('drafts')
    .values({ story: ref.story, branch: ref.branch, turn: state.turn.id, text: '' })
    .onConflict((conflict) => conflict.columns(['story', 'branch', 'turn']).doUpdateSet({ text: '' }))
    .execute()
}

const lastSeqOf = async (trx: Trx, story: string): Promise<number> => {
  const { last_seq } = await trx
    .selectFrom('stories')
    .select('last_seq')
    .where('id', '=', story)
    .executeTakeFirstOrThrow()
  return last_seq
}

/** Begins a strand where a head stands, so that what lies behind it on the old one stays as it is. */
const beginStrand = async (trx: Trx, story: string, { strand, seq }: Head): Promise<number> => {
  const { newest } = await trx
    .selectFrom('strands')
    .select((eb) => eb.fn.max('id').as('newest'))
    .where('story', '=', story)
    .executeTakeFirstOrThrow()
  const id = newest + 1
  await trx.insertInto('strands').values({ story, id, parent: strand, fork_seq: seq, tip: seq }).execute()
  await trx
    .insertInto('lineage')
    .columns(['story', 'strand', 'ancestor', 'upto'])
    .expression((eb) =>
      eb
        .selectFrom('lineage')
        .select((row) => ['story', row.lit(id).as('strand'), 'ancestor', 'upto'])
        .where('story', '=', story)
        .where('strand', '=', strand)
        .where('ancestor', '!=', strand),
    )
    .execute()
  await trx
    .insertInto('lineage')
    .values([
      { story, strand: id, ancestor: strand, upto: seq },
      { story, strand: id, ancestor: id, upto: NO_END },
    ])
    .execute()
  return id
}

/** The strand on which a head goes on: its own where that ends with it. */
const strandFor = async (trx: Trx, head: Head): Promise<number> => {
  const { tip } = await trx
    .selectFrom('strands')
    .select('tip')
    .where('story', '=', head.ref.story)
    .where('id', '=', head.strand)
    .executeTakeFirstOrThrow()
  return tip === head.seq ? head.strand : beginStrand(trx, head.ref.story, head)
}

/** Before every so many turns, what is true then is kept, so that no way back is long. */
const checkpointBefore = async (head: Head, decision: Decision) => {
  const { turn } = head.state
  const opensNext = decision.state.turn.number > turn.number
  const isDue = turn.number > 0 && turn.number % CHECKPOINT_EVERY === 0 && opensNext
  return isDue ? checkpointAt({ story: head.ref.story, ...positionOf(head) }, head.state) : undefined
}

const create =
  (db: Db, now: () => number): StoryStore['create'] =>
  ({ ref, guild, thread, parent }: NewStory, decision, sources) =>
    transact(db, async (trx) => {
      const at = now()
      const events = stamped(decision, FIRST_STRAND, 0, at)
      const seq = events.length
      const { story } = ref
      await trx
        .insertInto('stories')
        .values({ id: story, guild, last_seq: seq, created_at: at, updated_at: at })
        .execute()
      await takeIn(trx, story, sources)
      await trx
        .insertInto('strands')
        .values({ story, id: FIRST_STRAND, parent: null, fork_seq: 0, tip: seq })
        .execute()
      await trx
        .insertInto('lineage')
        .values({ story, strand: FIRST_STRAND, ancestor: FIRST_STRAND, upto: NO_END })
        .execute()
      await insertTexts(trx, story, decision.texts)
      await insertEvents(trx, story, events)
      const position = positionOf({ strand: FIRST_STRAND, seq, state: decision.state })
      await trx
        .insertInto('branches')
        .values({
          ...headColumns(position, decision.state),
          ...{ story, id: ref.branch, created_at: at, updated_at: at },
        })
        .execute()
      await trx.insertInto('threads').values({ channel: thread, parent, story, branch: ref.branch }).execute()
      await openDelivery(trx, ref, decision)
    })

const append =
  (db: Db, now: () => number): StoryStore['append'] =>
  async (head: Head, decision, sources = { ids: [], channel: null }, move) => {
    const { ref } = head
    // Compressed on another thread: nobody waits for that within the transaction.
    const checkpoint = await checkpointBefore(head, decision)
    return transact(db, async (trx) => {
      await takeIn(trx, ref.story, sources)
      const lastSeq = await lastSeqOf(trx, ref.story)
      const strand = await strandFor(trx, head)
      const at = now()
      const events = stamped(decision, strand, lastSeq, at)
      const seq = lastSeq + events.length
      const to = positionOf({ strand, seq, state: decision.state })
      await moveHead(trx, head, to, decision.state, at)
      if (move) await keepMove(trx, ref, { ...move, at, from: positionOf(head), to })
      await trx
        .updateTable('stories')
        .set({ last_seq: seq, updated_at: at })
        .where('id', '=', ref.story)
        .execute()
      await trx
        .updateTable('strands')
        .set({ tip: seq })
        .where('story', '=', ref.story)
        .where('id', '=', strand)
        .execute()
      await insertTexts(trx, ref.story, decision.texts)
      await insertLog(trx, ref.story, events)
      await leaveUnfounded(trx, ref.story, await insertRows(trx, ref.story, events))
      await indexFormed(trx, ref.story, events)
      if (checkpoint)
        await trx
          .insertInto('checkpoints')
          .values(checkpoint)
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      await openDelivery(trx, ref, decision)
    })
  }

/** The writing half of the store. `now` stamps events and is read once for each transaction. */
export const appendingStore = (db: Db, now: () => number): Pick<StoryStore, 'create' | 'append'> => ({
  create: create(db, now),
  append: append(db, now),
})
