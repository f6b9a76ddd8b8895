import type { Insertable } from 'kysely'
import { parseEvent, type RecordedEvent } from '../story/event.ts'
import { emptyState, fold, STATE_VERSION, type StoryState } from '../story/state.ts'
import type { Db } from './database.ts'
import { pack, unpack } from './packed.ts'
import type { Row, Tables } from './schema.ts'
import { isInForce, isSeen, type View } from './seen.ts'

/** How many turns lie between two checkpoints. */
export const CHECKPOINT_EVERY = 25

/** A kept state: what is true at a view, whichever head comes by there. */
export const checkpointAt = async (
  { story, strand, seq, turn, alternate }: View,
  state: StoryState,
): Promise<Insertable<Tables['checkpoints']>> => ({
  ...{ story, strand, seq, turn, alternate },
  version: STATE_VERSION,
  state: await pack(state),
})

type Start = { readonly seq: number; readonly state: StoryState }

const BEGINNING: Start = { seq: 0, state: emptyState }

// It was written by the code that reads it, at the same version, so it is read back as it is.
const opened = async ({ seq, state }: Row<'checkpoints'>): Promise<Start> => ({
  seq,
  state: (await unpack(state)) as StoryState,
})

/** The newest checkpoint on the way to a view, of those taken since a turn. */
const checkpointSince = async (db: Db, view: View, turn: number): Promise<Start | undefined> => {
  const row = await db
    .selectFrom('checkpoints')
    .selectAll()
    .where('story', '=', view.story)
    .where('turn', '>=', turn)
    .where('turn', '<=', view.turn)
    .where('version', '=', STATE_VERSION)
    .where(isSeen('checkpoints', view))
    .where(isInForce('checkpoints', view))
    .orderBy('turn', 'desc')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row && opened(row)
}

export const asEvent = ({ type, version, data, ...row }: Row<'events'>): RecordedEvent => ({
  ...parseEvent(type, version, JSON.parse(data)),
  ...{ seq: row.seq, strand: row.strand, turn: row.turn, alternate: row.alternate },
  ...{ at: row.at, actor: row.actor },
})

/** The events in force at a view, oldest first, after those that a start has in it. */
const eventsSince = async (db: Db, view: View, { seq }: Start): Promise<RecordedEvent[]> => {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('seq', '>', seq)
    .where(isSeen('events', view))
    .where(isInForce('events', view))
    .orderBy('seq')
    .execute()
  return rows.map(asEvent)
}

/** The whole log as a view has it. It grows with the story: for folding all of it anew, and for tests. */
export const eventsOf = (db: Db, view: View): Promise<RecordedEvent[]> => eventsSince(db, view, BEGINNING)

/** What is true at a point of a story: the nearest checkpoint before it, and what came since. */
export const stateAt = async (db: Db, view: View): Promise<StoryState> => {
  const start =
    (await checkpointSince(db, view, view.turn - 2 * CHECKPOINT_EVERY)) ??
    (await checkpointSince(db, view, 0)) ??
    BEGINNING
  return fold(await eventsSince(db, view, start), start.state)
}
