import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { idsFrom } from '../../src/kit/ids.ts'
import { insertEvents, insertTexts } from '../../src/store/append.ts'
import { openDatabase } from '../../src/store/database.ts'
import { CHECKPOINT_EVERY, checkpointAt } from '../../src/store/fold.ts'
import { storesOver } from '../../src/store/stores.ts'
import { headColumns } from '../../src/store/transact.ts'
import { type Decision, start, tell } from '../../src/story/decide.ts'
import type { RecordedEvent } from '../../src/story/event.ts'
import { type Head, positionOf } from '../../src/story/head.ts'
import { type NewText, ROOT_BRANCH } from '../../src/story/ref.ts'
import { emptyState } from '../../src/story/state.ts'
import { accepted, settle, turnAfter } from './turns.ts'

export const ref = { story: 'story', branch: ROOT_BRANCH }
export const PARENT = '400'
export const THREAD = '500'

/** The stores of a data directory, as the program opens them. */
export const openStory = async (directory: string) => {
  const db = await openDatabase(directory)
  const newId = idsFrom(Date.now)
  let time = 0
  const now = () => {
    time += 1
    return time
  }
  const { store, past: timeline, branches, recollections } = storesOver(db, now, newId)
  const head = async (branch = ROOT_BRANCH): Promise<Head> => {
    const found = await store.load({ story: ref.story, branch })
    if (!found) throw new Error('the story is not there')
    return found
  }
  return {
    directory,
    db,
    newId,
    store,
    head,
    timeline,
    branches,
    recollections,
    /** Sources that nobody has taken in yet. */
    source: () => ({ ids: [newId()], channel: THREAD }),
    close: () => db.destroy(),
  }
}

export type Story = Awaited<ReturnType<typeof openStory>>

/** How long a story is, and on how many strands it is told, each forked from the one before. */
export type Scale = { readonly turns: number; readonly strands: number }

/** So many turns are written at a time. */
const BULK = 250

/** Decisions get their place in the log, as an append gives it to them. */
const stampedAfter = (head: Head, decisions: readonly Decision[]): RecordedEvent[] =>
  decisions
    .flatMap(({ turn, alternate, actor, events }) =>
      events.map((event) => ({ ...event, turn, alternate, actor, strand: head.strand, at: 1 })),
    )
    .map((event, index) => ({ ...event, seq: head.seq + 1 + index }))

/** Writes what appends of these turns would have written, in one transaction. Gives the head after them. */
const writeTurns = async ({ db, newId }: Story, from: Head, count: number): Promise<Head> => {
  const events: RecordedEvent[] = []
  const texts: NewText[] = []
  const checkpoints: Awaited<ReturnType<typeof checkpointAt>>[] = []
  let head = from
  for (let turn = 0; turn < count; turn += 1) {
    if (head.state.turn.number % CHECKPOINT_EVERY === 0)
      checkpoints.push(await checkpointAt({ story: ref.story, ...positionOf(head) }, head.state))
    const decisions = turnAfter(head, newId)
    const told = stampedAfter(head, decisions)
    events.push(...told)
    texts.push(...decisions.flatMap((decision) => decision.texts))
    head = { ...head, seq: head.seq + told.length, state: decisions.at(-1)?.state ?? head.state }
  }
  const { seq, strand } = head
  await db.transaction().execute(async (trx) => {
    await insertTexts(trx, ref.story, texts)
    await insertEvents(trx, ref.story, events)
    if (checkpoints.length > 0) await trx.insertInto('checkpoints').values(checkpoints).execute()
    await trx
      .insertInto('sources')
      .values(Array.from({ length: count }, () => ({ id: newId(), story: ref.story, channel: THREAD })))
      .execute()
    await trx.updateTable('stories').set({ last_seq: seq }).execute()
    await trx.updateTable('strands').set({ tip: seq }).where('id', '=', strand).execute()
    await trx
      .updateTable('branches')
      .set(headColumns(positionOf(head), head.state))
      .execute()
  })
  return head
}

/** Plays one turn as the program does, and gives the head after it. */
export const playTurn = async (story: Story, from: Head): Promise<Head> => {
  let head = from
  for (const decision of turnAfter(head, story.newId)) {
    await story.store.append(head, decision, story.source())
    head = await story.head(head.ref.branch)
  }
  return head
}

/** Plays a turn and takes it back, so that the next begins a strand. */
const turnBack = async (story: Story, from: Head): Promise<Head> => {
  const head = await playTurn(story, from)
  const cause = { actor: '1001', cause: 'rewound', undoes: null } as const
  await story.timeline.move(head, positionOf(from), cause, story.source())
  return story.head()
}

const begin = async (story: Story): Promise<Head> => {
  const { store, newId } = story
  const intent = { player: { id: '1001', displayName: 'Ada' }, title: 'Fog', premise: 'A harbour.' }
  const decision = accepted(start(emptyState, intent, newId))
  await store.create({ ref, guild: '9', thread: THREAD, parent: PARENT }, decision, story.source())
  const opened = await story.head()
  await store.append(opened, accepted(tell(opened.state, 'Rain.', 'finished', newId)))
  const told = await story.head()
  await store.append(told, settle(told.state, newId))
  return story.head()
}

/**
 * Writes a story into a data directory as appends would have written it. Most of it comes in large transactions, and
 * without waiting for the disk: how fast it is written is no figure.
 */
export const writeStory = async (directory: string, { turns, strands }: Scale): Promise<void> => {
  const story = await openStory(directory)
  await sql`pragma synchronous = off`.execute(story.db)
  let head = await begin(story)
  for (let strand = 1; strand <= strands; strand += 1) {
    if (strand > 1) head = await turnBack(story, head)
    head = await playTurn(story, head)
    const until = Math.round((turns * strand) / strands)
    while (head.state.turn.number < until)
      head = await writeTurns(story, head, Math.min(BULK, until - head.state.turn.number))
  }
  await story.close()
}

/** Where the database of a data directory is. */
export const fileIn = (directory: string): string => join(directory, 'skein.sqlite')

/** The size of the database's file in bytes, with all that was written brought into it. */
export const fileSize = (directory: string): number => {
  const database = new Database(fileIn(directory))
  try {
    database.pragma('wal_checkpoint(truncate)')
    const pages = database.pragma('page_count', { simple: true }) as number
    return pages * (database.pragma('page_size', { simple: true }) as number)
  } finally {
    database.close()
  }
}
