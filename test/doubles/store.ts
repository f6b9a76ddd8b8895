import { type Db, openDatabase } from '../../src/store/database.ts'
import { storesOver } from '../../src/store/stores.ts'
import type { Line } from '../../src/story/line.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import { countingIds } from './ids.ts'

/** Every store over one database, in memory unless a directory is named. `now` counts up by one at each call. */
export const openStores = async (directory = ':memory:') => {
  const db: Db = await openDatabase(directory)
  let time = 0
  const now = () => {
    time += 1
    return time
  }
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
