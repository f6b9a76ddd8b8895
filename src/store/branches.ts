import type { NewId } from '../kit/ids.ts'
import { positionOf } from '../story/head.ts'
import type { StoryRef, TextId } from '../story/ref.ts'
import type { Branch, BranchStore } from '../turn/ports/timeline.ts'
import type { Db } from './database.ts'
import { checkpointAt, stateAt } from './fold.ts'
import { wordsOf } from './load.ts'
import { type Trx, takeIn, transact, unfoldedColumns } from './transact.ts'

const text = async (
  trx: Trx,
  newId: NewId,
  { story, author, body }: { readonly story: string; readonly author: string; readonly body: string | null },
): Promise<TextId | null> => {
  if (body === null) return null
  const id = newId()
  await trx.insertInto('texts').values({ id, story, author, body }).execute()
  return id
}

const create =
  (db: Db, now: () => number, newId: NewId): BranchStore['create'] =>
  async (head, at, { id, author, name, description }, sources) => {
    const { story, branch: parent } = head.ref
    const position = positionOf(head)
    const isHere =
      position.strand === at.strand && position.seq === at.seq && position.alternate === at.alternate
    const state = isHere ? head.state : await stateAt(db, { story, ...at })
    // Compressed, and once for all branches that begin here: most are looked at more often than gone on with.
    const root = await checkpointAt({ story, ...at }, state)
    return transact(db, async (trx) => {
      const time = now()
      await takeIn(trx, story, sources)
      await trx
        .insertInto('branches')
        .values({
          ...unfoldedColumns(at),
          ...{ story, id, parent, fork_turn: at.turn, created_at: time, updated_at: time },
          name: await text(trx, newId, { story, author, body: name }),
          description: await text(trx, newId, { story, author, body: description }),
        })
        .execute()
      await trx
        .insertInto('checkpoints')
        .values(root)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    })
  }

const list =
  (db: Db): BranchStore['list'] =>
  async (story) => {
    const rows = await db
      .selectFrom('branches')
      .leftJoin('threads', (join) =>
        join.onRef('threads.story', '=', 'branches.story').onRef('threads.branch', '=', 'branches.id'),
      )
      .select(['branches.id', 'name', 'description', 'branches.parent', 'fork_turn', 'turn'])
      .select(['created_at', 'updated_at', 'deleted_at', 'threads.channel'])
      .where('branches.story', '=', story)
      .orderBy('created_at')
      .orderBy('branches.id')
      .execute()
    const words = await wordsOf(
      db,
      story,
      rows.flatMap(({ name, description }) => [name, description]).filter((id) => id !== null),
    )
    return rows.map(
      (row): Branch => ({
        ref: { story, branch: row.id },
        name: words.get(row.name ?? ''),
        description: words.get(row.description ?? ''),
        parent: row.parent,
        forkTurn: row.fork_turn,
        turns: row.turn,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
        thread: row.channel ?? undefined,
        isDeleted: row.deleted_at !== null,
      }),
    )
  }

const rename =
  (db: Db, newId: NewId): BranchStore['rename'] =>
  async (ref, author, name, description) => {
    const { story, branch } = ref
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('branches')
        .set({
          name: await text(trx, newId, { story, author, body: name }),
          description: await text(trx, newId, { story, author, body: description }),
        })
        .where('story', '=', story)
        .where('id', '=', branch)
        .execute()
    })
  }

const freeThread = async (trx: Trx, { story, branch }: StoryRef): Promise<void> => {
  await trx.deleteFrom('threads').where('story', '=', story).where('branch', '=', branch).execute()
}

const mark =
  (db: Db) =>
  async ({ story, branch }: StoryRef, deleted_at: number | null): Promise<void> => {
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('branches')
        .set({ deleted_at })
        .where('story', '=', story)
        .where('id', '=', branch)
        .execute()
      if (deleted_at !== null) await freeThread(trx, { story, branch })
    })
  }

const showIn =
  (db: Db): BranchStore['showIn'] =>
  async (ref, channel, parent) => {
    await db.transaction().execute(async (trx) => {
      await freeThread(trx, ref)
      const told = { parent, story: ref.story, branch: ref.branch }
      await trx
        .insertInto('threads')
        .values({ channel, ...told })
        .onConflict((conflict) => conflict.column('channel').doUpdateSet(told))
        .execute()
    })
  }

/** `now` stamps branches, in milliseconds since the epoch. */
export const branchStore = (db: Db, now: () => number, newId: NewId): BranchStore => ({
  create: create(db, now, newId),
  list: list(db),
  rename: rename(db, newId),
  remove: (ref) => mark(db)(ref, now()),
  restore: (ref) => mark(db)(ref, null),
  showIn: showIn(db),
})
