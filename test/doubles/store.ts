import { appendingStore } from '../../src/store/append.ts'
import { type Db, openDatabase } from '../../src/store/database.ts'
import { deliveryStore } from '../../src/store/deliveries.ts'
import { loadingStore } from '../../src/store/load.ts'
import { storyList } from '../../src/store/stories.ts'
import { threadStore } from '../../src/store/threads.ts'
import type { Line } from '../../src/story/line.ts'
import type { StoryRef } from '../../src/story/ref.ts'

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
    store: { ...appendingStore(db, now), ...loadingStore(db) },
    deliveries: deliveryStore(db),
    threads: threadStore(db),
    stories: storyList(db),
    close: () => db.destroy(),
  }
}

/** Every line that the head of a branch has, oldest first. */
export const linesOf = async ({ store }: Pick<Stores, 'store'>, ref: StoryRef): Promise<Line[]> => {
  const head = await store.load(ref)
  return head ? store.lines(head, 0, head.state.turn.number) : []
}

export type Stores = Awaited<ReturnType<typeof openStores>>
