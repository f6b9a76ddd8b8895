import type { StoryRef } from '../../story/ref.ts'

/** A story that came from a bundle. `ref` is it on its first branch; `title` is missing where it was erased. */
export type ImportedStory = {
  readonly ref: StoryRef
  readonly title: string | undefined
  readonly turns: number
  /** Without those that are deleted. */
  readonly branches: number
}

/** What is done with a story as a whole. Nothing of it is destroyed: an archived or deleted one can come back. */
export type StoryAdmin = {
  /** The story with all of its branches as a file; undefined where there is none. The same story, the same bytes. */
  exportStory(story: string): Promise<Uint8Array | undefined>
  /**
   * Takes a story in as a new one of a server, told in no thread yet. Throws `bundle_faulty`, with a `BundleFault` in
   * `details.fault`: then nothing was changed.
   */
  importStory(bytes: Uint8Array, guild: string): Promise<ImportedStory>
  /** Takes it out of lists. It keeps its threads. */
  archive(story: string): Promise<void>
  unarchive(story: string): Promise<void>
  isArchived(story: string): Promise<boolean>
  /** Hides it, and frees its threads. */
  remove(story: string): Promise<void>
  /** Brings a deleted story back, in no thread. */
  restore(story: string): Promise<void>
}
