import type { Transaction } from 'kysely'
import { type Head, positionOf } from '../story/head.ts'
import type { Position } from '../story/lineage.ts'
import { STATE_VERSION, type StoryState } from '../story/state.ts'
import type { Appended, Sources } from '../turn/ports.ts'
import type { Db } from './database.ts'
import type { Tables } from './schema.ts'

export type Trx = Transaction<Tables>

/** Leaves a transaction without writing anything. */
export class Abandoned {
  readonly outcome: Exclude<Appended, 'appended'>
  constructor(outcome: Exclude<Appended, 'appended'>) {
    this.outcome = outcome
  }
}

/** Runs one transaction: all of it, or, where it is abandoned, nothing. */
export const transact = async (db: Db, work: (trx: Trx) => Promise<void>): Promise<Appended> => {
  try {
    await db.transaction().execute(work)
    return 'appended'
  } catch (thrown) {
    if (thrown instanceof Abandoned) return thrown.outcome
    throw thrown
  }
}

/** Marks sources as taken in; abandons when one of them was before. */
export const takeIn = async (trx: Trx, story: string, { ids, channel }: Sources): Promise<void> => {
  if (ids.length === 0) return
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('sources')
    .values(ids.map((id) => ({ id, story, channel })))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== BigInt(ids.length)) throw new Abandoned('duplicate')
}

const placeColumns = ({ strand, seq, turn, alternate }: Position) => ({
  ...{ strand, head_seq: seq, turn, alternate },
})

/** What a branch's row says of its head. */
export const headColumns = (position: Position, state: StoryState) => ({
  ...placeColumns(position),
  state: JSON.stringify(state),
  state_version: STATE_VERSION,
})

/** The same where what is true is left for whoever reads it to fold, as if a reducer had changed since. */
export const unfoldedColumns = (position: Position) => ({
  ...placeColumns(position),
  state: '{}',
  state_version: 0,
})

/** Moves a branch's head from where it was read; abandons when it is no longer there. */
export const moveHead = async (
  trx: Trx,
  head: Head,
  to: Position,
  state: StoryState,
  at: number,
): Promise<void> => {
  const from = positionOf(head)
  const { numUpdatedRows } = await trx
    .updateTable('branches')
    .set({ ...headColumns(to, state), updated_at: at })
    .where('story', '=', head.ref.story)
    .where('id', '=', head.ref.branch)
    .where('strand', '=', from.strand)
    .where('head_seq', '=', from.seq)
    .where('alternate', '=', from.alternate)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows !== 1n) throw new Abandoned('lost_race')
}
