import type { NewId } from '../kit/ids.ts'
import type { TurnId } from '../story/ref.ts'
import type { FailureLog, KeptFailure } from '../turn/ports/models.ts'
import type { Db } from './database.ts'
import { mayHoldErased } from './erased.ts'
import type { Row } from './schema.ts'

/** How many failures of a story are kept: the newest ones. */
const FAILURES_KEPT = 200

/** Failed attempts at structured answers, for whoever looks into them. */
export type FailureStore = FailureLog & {
  /** Those of one turn of a story, the first first. */
  failuresOf(story: string, turn: TurnId): Promise<KeptFailure[]>
}

const asFailure = ({ story, branch, id: _, at: __, ...failure }: Row<'failures'>): KeptFailure => ({
  ...failure,
  ref: story === null || branch === null ? null : { story, branch },
  role: failure.role as KeptFailure['role'],
  kind: failure.kind as KeptFailure['kind'],
})

const makeRoom = async (db: Db, story: string | null): Promise<void> => {
  const oldest = await db
    .selectFrom('failures')
    .select('at')
    .where('story', 'is', story)
    .orderBy('at', 'desc')
    .offset(FAILURES_KEPT)
    .limit(1)
    .executeTakeFirst()
  if (oldest)
    await db.deleteFrom('failures').where('story', 'is', story).where('at', '<=', oldest.at).execute()
}

/** `now` is in milliseconds since the epoch. */
export const failureStore = (db: Db, now: () => number, newId: NewId): FailureStore => ({
  keep: async ({ ref, ...failure }) => {
    const { story, branch } = ref ?? { story: null, branch: null }
    await db.transaction().execute(async (trx) => {
      if (story !== null && (await mayHoldErased(trx, story, failure.turn))) return
      await trx
        .insertInto('failures')
        .values({ ...failure, story, branch, id: newId(), at: now() })
        .execute()
      await makeRoom(trx, story)
    })
  },
  failuresOf: async (story, turn) => {
    const rows = await db
      .selectFrom('failures')
      .selectAll()
      .where('story', '=', story)
      .where('turn', '=', turn)
      .orderBy('at')
      .orderBy('attempt')
      .execute()
    return rows.map(asFailure)
  },
})
