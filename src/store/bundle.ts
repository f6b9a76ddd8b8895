import { setImmediate as breathe } from 'node:timers/promises'
import Database from 'better-sqlite3'
import type { Insertable } from 'kysely'
import { z } from 'zod'
import { faulty } from '../formats/bundle/fault.ts'
import { type Log, lineageIn, logOf } from '../formats/bundle/log.ts'
import {
  type BundledBranch,
  type BundledMove,
  BundledSettings,
  type BundledText,
} from '../formats/bundle/story.ts'
import type { StoryBundle } from '../formats/bundle.ts'
import type { RecordedEvent } from '../story/event.ts'
import { SKEIN } from '../story/ref.ts'
import type { StoryState } from '../story/state.ts'
import type { MoveCause } from '../turn/ports/timeline.ts'
import { insertEvents, insertTexts } from './append.ts'
import type { Db } from './database.ts'
import { eraseAgainIn } from './erase.ts'
import { asEvent, checkpointAt } from './fold.ts'
import { type Kept, refold } from './refold.ts'
import type { Row, Tables } from './schema.ts'
import { headColumns, type Trx } from './transact.ts'

/** So many rows are read or written before everybody else has a turn. */
const PIECE = 500

const Point = z.object({ strand: z.int(), seq: z.int(), turn: z.int(), alternate: z.int() })

const readEvents = async (trx: Trx, story: string): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  let last = { strand: 0, seq: 0 }
  for (let more = true; more; ) {
    const rows = await trx
      .selectFrom('events')
      .selectAll()
      .where('story', '=', story)
      .where(({ eb, refTuple, tuple }) => eb(refTuple('strand', 'seq'), '>', tuple(last.strand, last.seq)))
      .orderBy('strand')
      .orderBy('seq')
      .limit(PIECE)
      .execute()
    for (const row of rows) events.push(asEvent(row))
    last = rows.at(-1) ?? last
    more = rows.length === PIECE
    await breathe()
  }
  return events.sort((one, other) => one.seq - other.seq)
}

const readTexts = async (trx: Trx, story: string): Promise<BundledText[]> => {
  const texts: BundledText[] = []
  for (let more = true; more; ) {
    const rows = await trx
      .selectFrom('texts')
      .select(['id', 'author', 'body'])
      .where('story', '=', story)
      .where('id', '>', texts.at(-1)?.id ?? '')
      .orderBy('id')
      .limit(PIECE)
      .execute()
    texts.push(...rows)
    more = rows.length === PIECE
    await breathe()
  }
  return texts
}

const readSettings = async (trx: Trx, story: string): Promise<BundledSettings[]> => {
  const row = await trx
    .selectFrom('settings')
    .select('value')
    .where('scope', '=', 'story')
    .where('subject', '=', story)
    .executeTakeFirst()
  return row ? [BundledSettings.parse(JSON.parse(row.value))] : []
}

const asBranch = (row: Row<'branches'>): BundledBranch => ({
  id: row.id,
  name: row.name,
  description: row.description,
  parent: row.parent,
  forkTurn: row.fork_turn,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  deletedAt: row.deleted_at,
  head: { strand: row.strand, seq: row.head_seq, turn: row.turn, alternate: row.alternate },
})

const asMove = ({ cause, from, to, story: _, ...row }: Row<'moves'>): BundledMove => ({
  ...row,
  cause: cause as MoveCause,
  from: Point.parse(JSON.parse(from)),
  to: Point.parse(JSON.parse(to)),
})

/** All of a story as it is at one moment, deleted branches too; undefined where there is none. */
export const exportStory = (db: Db, story: string): Promise<StoryBundle | undefined> =>
  db.transaction().execute(async (trx) => {
    const strands = await trx
      .selectFrom('strands')
      .select(['id', 'parent', 'fork_seq as forkSeq'])
      .where('story', '=', story)
      .orderBy('id')
      .execute()
    if (strands.length === 0) return undefined
    const branches = await trx
      .selectFrom('branches')
      .selectAll()
      .where('story', '=', story)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    const moves = await trx
      .selectFrom('moves')
      .selectAll()
      .where('story', '=', story)
      .orderBy('branch')
      .orderBy('id')
      .execute()
    return {
      strands,
      branches: branches.map(asBranch),
      moves: moves.map(asMove),
      events: await readEvents(trx, story),
      texts: await readTexts(trx, story),
      settings: await readSettings(trx, story),
    }
  })

/** Writes rows piece by piece. */
const inPieces = async <T>(rows: readonly T[], write: (piece: readonly T[]) => Promise<unknown>) => {
  for (let at = 0; at < rows.length; at += PIECE) {
    await write(rows.slice(at, at + PIECE))
    await breathe()
  }
}

const insertStrands = async (trx: Trx, story: string, log: Log): Promise<void> => {
  await inPieces([...log.values()], (piece) =>
    trx
      .insertInto('strands')
      .values(piece.map(({ id, parent, forkSeq, tip }) => ({ story, id, parent, fork_seq: forkSeq, tip })))
      .execute(),
  )
  for (const strand of log.keys())
    await inPieces(lineageIn(log, strand), (piece) =>
      trx
        .insertInto('lineage')
        .values(piece.map((span) => ({ story, strand, ancestor: span.strand, upto: span.upto })))
        .execute(),
    )
}

const insertBranches = async (
  trx: Trx,
  story: string,
  branches: readonly (BundledBranch & { readonly state: StoryState })[],
): Promise<void> => {
  for (const { id, name, description, parent, head, state, ...branch } of branches) {
    await trx
      .insertInto('branches')
      .values({
        ...headColumns(head, state),
        ...{ story, id, name, description, parent, fork_turn: branch.forkTurn },
        ...{ created_at: branch.createdAt, updated_at: branch.updatedAt, deleted_at: branch.deletedAt },
      })
      .execute()
    // An answer that was being written is not written here: it is ended as one that a crash left behind.
    if (state.turn.phase === 'open' && branch.deletedAt === null)
      await trx.insertInto('drafts').values({ story, branch: id, turn: state.turn.id, text: '' }).execute()
  }
}

const insertSettings = (
  trx: Trx,
  { story, at }: Pick<Destination, 'story' | 'at'>,
  settings: BundledSettings,
) =>
  trx
    .insertInto('settings')
    .values({ scope: 'story', subject: story, value: JSON.stringify(settings), actor: SKEIN, at })
    .execute()

const insertMoves = (trx: Trx, story: string, moves: readonly BundledMove[]) =>
  inPieces(moves, (piece) =>
    trx
      .insertInto('moves')
      .values(
        piece.map(({ from, to, ...move }) => ({
          ...move,
          story,
          from: JSON.stringify(from),
          to: JSON.stringify(to),
        })),
      )
      .execute(),
  )

const insertCheckpoints = (trx: Trx, checkpoints: readonly Insertable<Tables['checkpoints']>[]) =>
  inPieces(checkpoints, (piece) => trx.insertInto('checkpoints').values(piece).execute())

// One after the other: they are compressed elsewhere, but each is written as JSON here.
const compressed = async (story: string, checkpoints: readonly Kept[]) => {
  const rows: Insertable<Tables['checkpoints']>[] = []
  for (const { position, state } of checkpoints) rows.push(await checkpointAt({ story, ...position }, state))
  return rows
}

// The codec has looked at what it can see; that two rows claim one place is seen when they are written.
const asFault = (error: unknown): unknown =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_CONSTRAINT')
    ? faulty('malformed', 'two rows of one place', error)
    : error

/** `at`: milliseconds since the epoch. */
export type Destination = { readonly story: string; readonly guild: string; readonly at: number }

/**
 * Writes a story under an id that no other has: all of it, or nothing. All that follows from its events is made
 * anew, and what was erased here is erased in it too. Throws `bundle_faulty` where it is no story that Skein could
 * have written.
 */
export const importStory = async (
  db: Db,
  bundle: StoryBundle,
  { story, guild, at }: Destination,
): Promise<void> => {
  const { branches, moves, events, texts, settings } = bundle
  const log = logOf(bundle)
  const past = moves.map(({ from }) => from)
  const { heads, checkpoints } = await refold(log, branches, past)
  // All that takes long is done before the transaction: others wait for it to end.
  const kept = await compressed(story, checkpoints)
  try {
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto('stories')
        .values({ id: story, guild, last_seq: events.at(-1)?.seq ?? 0, created_at: at, updated_at: at })
        .execute()
      await insertStrands(trx, story, log)
      await inPieces(texts, (piece) => insertTexts(trx, story, piece))
      await inPieces(events, (piece) => insertEvents(trx, story, piece))
      await insertBranches(trx, story, heads)
      await insertMoves(trx, story, moves)
      for (const decided of settings) await insertSettings(trx, { story, at }, decided)
      await insertCheckpoints(trx, kept)
      await eraseAgainIn(trx, story)
    })
  } catch (error) {
    throw asFault(error)
  }
}
