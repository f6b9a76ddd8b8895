import type { Head } from '../../story/head.ts'
import type { EntityId, StoryRef } from '../../story/ref.ts'

/** Which turns gather what players say. */
export type GatheringStore = {
  /** The heads whose newest turn gathers, of branches that are told in threads: all of them, or that of one branch. */
  heads(ref?: StoryRef): Promise<Head[]>
  /** When the newest turn of a head was opened, in milliseconds since the epoch. */
  openedAt(head: Head): Promise<number>
}

/** For whom a round waits, and at most until when: milliseconds since the epoch. */
export type Wait = { readonly waited: readonly EntityId[]; readonly until: number }

/** Shows in a branch's thread for whom its round waits, or that it no longer does. Never fails, and is not waited for. */
export type ShowWait = (head: Head, wait: Wait | undefined) => void
