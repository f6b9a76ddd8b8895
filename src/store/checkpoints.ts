import { z } from 'zod'
import { positionOf } from '../story/head.ts'
import { STATE_VERSION } from '../story/state.ts'
import type { Db } from './database.ts'
import { checkpointAt, stateAt } from './fold.ts'
import { loadHead } from './load.ts'

/** What became of checkpoints: taken at a head, folded anew because a reducer changed, let go. */
export type Checkpoints = { readonly taken: number; readonly refolded: number; readonly pruned: number }

// In the order of the story, so that each is folded from the one before it.
const refold = async (db: Db): Promise<number> => {
  const old = await db
    .selectFrom('checkpoints')
    .select(['story', 'strand', 'seq', 'turn', 'alternate'])
    .where('version', '<', STATE_VERSION)
    .orderBy('story')
    .orderBy('turn')
    .orderBy('seq')
    .execute()
  for (const view of old) {
    const { version, state } = await checkpointAt(view, await stateAt(db, view))
    await db
      .updateTable('checkpoints')
      .set({ version, state })
      .where((eb) => eb.and(view))
      .execute()
  }
  return old.length
}

const headsWithout = (db: Db) =>
  db
    .selectFrom('branches')
    .innerJoin('stories', 'stories.id', 'branches.story')
    .leftJoin('checkpoints', (join) =>
      join
        .onRef('checkpoints.story', '=', 'branches.story')
        .onRef('checkpoints.turn', '=', 'branches.turn')
        .onRef('checkpoints.strand', '=', 'branches.strand')
        .onRef('checkpoints.seq', '=', 'branches.head_seq')
        .onRef('checkpoints.alternate', '=', 'branches.alternate'),
    )
    .select(['branches.story', 'branches.id as branch'])
    .where('branches.deleted_at', 'is', null)
    .where('stories.deleted_at', 'is', null)
    .where('checkpoints.seq', 'is', null)
    .execute()

const takeAtHeads = async (db: Db): Promise<number> => {
  let taken = 0
  for (const ref of await headsWithout(db)) {
    const head = await loadHead(db, ref)
    if (!head) continue
    await db
      .insertInto('checkpoints')
      .values(await checkpointAt({ story: ref.story, ...positionOf(head) }, head.state))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    taken += 1
  }
  return taken
}

const Point = z.object({ strand: z.int() })
const strandIn = (position: string): number => Point.parse(JSON.parse(position)).strand

/** The strands that branches see, or saw from a head that they had before. */
const strandsSeen = async (db: Db, story: string, by: 'deleted' | 'others'): Promise<Set<number>> => {
  const branches = db
    .selectFrom('branches')
    .where('story', '=', story)
    .where('deleted_at', by === 'deleted' ? 'is not' : 'is', null)
  const heads = await branches.select('strand').execute()
  const moves = await db
    .selectFrom('moves')
    .select(['from', 'to'])
    .where('story', '=', story)
    .where('branch', 'in', branches.select('id'))
    .execute()
  const own = [
    ...heads.map(({ strand }) => strand),
    ...moves.flatMap(({ from, to }) => [strandIn(from), strandIn(to)]),
  ]
  const seen = await db
    .selectFrom('lineage')
    .select('ancestor')
    .where('story', '=', story)
    .where('strand', 'in', [...new Set(own)])
    .execute()
  return new Set(seen.map(({ ancestor }) => ancestor))
}

// A branch that comes back without them is folded from those that it shares with others.
const prune = async (db: Db): Promise<number> => {
  const stories = await db
    .selectFrom('branches')
    .select('story')
    .distinct()
    .where('deleted_at', 'is not', null)
    .execute()
  let pruned = 0n
  for (const { story } of stories) {
    const unseen = (await strandsSeen(db, story, 'deleted')).difference(
      await strandsSeen(db, story, 'others'),
    )
    if (unseen.size === 0) continue
    const { numDeletedRows } = await db
      .deleteFrom('checkpoints')
      .where('story', '=', story)
      .where('strand', 'in', [...unseen])
      .executeTakeFirstOrThrow()
    pruned += numDeletedRows
  }
  return Number(pruned)
}

/**
 * Keeps what is true at every head that has gone on since its newest checkpoint. Those that no branch can come by any
 * more go, and those by older reducers are folded anew where they stand.
 */
export const keepCheckpoints = async (db: Db): Promise<Checkpoints> => {
  const pruned = await prune(db)
  const refolded = await refold(db)
  return { taken: await takeAtHeads(db), refolded, pruned }
}
