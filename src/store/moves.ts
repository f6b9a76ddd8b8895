import { z } from 'zod'
import type { StoryRef } from '../story/ref.ts'
import type { Move, MoveCause } from '../turn/ports/timeline.ts'
import type { Db } from './database.ts'
import type { Row } from './schema.ts'
import type { Trx } from './transact.ts'

/** Keeps the way that a head went in the list of its branch. */
export const keepMove = async (trx: Trx, ref: StoryRef, move: Omit<Move, 'id'>): Promise<void> => {
  const { newest } = await trx
    .selectFrom('moves')
    .select((eb) => eb.fn.max('id').as('newest'))
    .where('story', '=', ref.story)
    .where('branch', '=', ref.branch)
    .executeTakeFirstOrThrow()
  const { from, to, ...rest } = move
  await trx
    .insertInto('moves')
    .values({
      ...rest,
      story: ref.story,
      branch: ref.branch,
      id: (newest ?? 0) + 1,
      from: JSON.stringify(from),
      to: JSON.stringify(to),
    })
    .execute()
}

const Point = z.object({ strand: z.int(), seq: z.int(), turn: z.int(), alternate: z.int() })

const asMove = ({ id, at, actor, cause, undoes, from, to }: Row<'moves'>): Move => ({
  ...{ id, at, actor, undoes },
  cause: cause as MoveCause,
  from: Point.parse(JSON.parse(from)),
  to: Point.parse(JSON.parse(to)),
})

/** The newest first, at most `limit`. */
export const movesOf = async (db: Db, { story, branch }: StoryRef, limit: number): Promise<Move[]> => {
  const rows = await db
    .selectFrom('moves')
    .selectAll()
    .where('story', '=', story)
    .where('branch', '=', branch)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(asMove)
}
