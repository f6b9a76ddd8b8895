import type { NewId } from '../kit/ids.ts'
import { appendingStore } from './append.ts'
import { branchStore } from './branches.ts'
import { capabilityStore } from './capabilities.ts'
import type { Db } from './database.ts'
import { deliveryStore } from './deliveries.ts'
import { erasureStore } from './erase.ts'
import { evolutionStore } from './evolutions.ts'
import { failureStore } from './failures.ts'
import { gatheringStore } from './gatherings.ts'
import { ledgerStore } from './ledger.ts'
import { loadingStore } from './load.ts'
import { memoryStore } from './memories.ts'
import { postStore } from './posts.ts'
import { recordStore } from './records.ts'
import { recallStore } from './search-memories.ts'
import { settingsStore } from './settings.ts'
import { storyList } from './stories.ts'
import { summaryStore } from './summaries.ts'
import { templateStore } from './templates.ts'
import { threadStore } from './threads.ts'
import { timelineStore } from './timeline.ts'

/** Every store over one database. `now` is in milliseconds since the epoch. */
export const storesOver = (db: Db, now: () => number, newId: NewId) => ({
  store: { ...appendingStore(db, now), ...loadingStore(db) },
  past: timelineStore(db, now),
  branches: branchStore(db, now, newId),
  memories: memoryStore(db),
  erasure: erasureStore(db, now),
  deliveries: deliveryStore(db),
  posts: postStore(db),
  threads: threadStore(db),
  stories: storyList(db),
  gatherings: gatheringStore(db),
  settings: settingsStore(db, now),
  templates: templateStore(db, now),
  capabilities: capabilityStore(db),
  failures: failureStore(db, now, newId),
  records: recordStore(db, now),
  summaries: summaryStore(db),
  recollections: recallStore(db),
  evolutions: evolutionStore(db),
  ledger: ledgerStore(db, now, newId),
})

export type Stores = ReturnType<typeof storesOver>
