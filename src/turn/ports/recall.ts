import type { RecallQuery } from '../../recall/question.ts'
import type { Scored } from '../../recall/score.ts'
import type { Head } from '../../story/head.ts'
import type { EntityId } from '../../story/ref.ts'
import type { Remembered } from './timeline.ts'

/** A memory that something brought up, with its words. */
export type Recollection = Remembered & Omit<Scored, 'id'>

export type RecallStore = {
  /**
   * What of an owner's memories a query brings up, as a head has them, the best first: at most `limit`. Nothing that
   * was replaced, reset or erased. `until`: only what rests on turns up to one; all that rests on none counts, too.
   */
  recall(
    head: Head,
    owner: EntityId,
    query: RecallQuery,
    limit: number,
    until?: number,
  ): Promise<Recollection[]>
}
