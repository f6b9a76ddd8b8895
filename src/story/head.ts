import type { StoryRef, TextId } from './ref.ts'
import type { StoryState } from './state.ts'

/** A story at the head of one branch. `words` holds the texts that the state points to. */
export type Head = {
  readonly ref: StoryRef
  readonly seq: number
  readonly state: StoryState
  readonly words: ReadonlyMap<TextId, string>
}
