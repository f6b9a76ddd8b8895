import { type Db, openDatabase } from '../../src/store/database.ts'
import { storesOver } from '../../src/store/stores.ts'
import type { Line } from '../../src/story/line.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import { countingIds } from './ids.ts'

/** A time that goes on by one whenever it is asked. */
const counting = () => {
  let time = 0
  return () => {
    time += 1
    return time
  }
}

/** Every store over one database, in memory unless a directory is named. `now` is the time of what they keep. */
export const openStores = async (directory = ':memory:', now: () => number = counting()) => {
  const db: Db = await openDatabase(directory)
  return {
    db,
    ...storesOver(db, now, countingIds('text')),
    close: () => db.destroy(),
  }
}

/** Every line that the head of a branch has, oldest first. */
export const linesOf = async ({ store }: Pick<Stores, 'store'>, ref: StoryRef): Promise<Line[]> => {
  const head = await store.load(ref)
  return head ? store.lines(head, 0, head.state.turn.number) : []
}

export type Stores = Awaited<ReturnType<typeof openStores>>
