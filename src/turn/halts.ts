import type { AbortReason } from './write.ts'

/** What is asked for stories, until someone has all of it ended. */
export type Halts = {
  /** Aborts, with `stopped`, when the story is halted from now on. */
  signalOf(story: string): AbortSignal
  halt(story: string): void
}

export const createHalts = (): Halts => {
  const underWay = new Map<string, AbortController>()
  return {
    signalOf: (story) => {
      const abort = underWay.get(story) ?? new AbortController()
      underWay.set(story, abort)
      return abort.signal
    },
    halt: (story) => {
      underWay.get(story)?.abort('stopped' satisfies AbortReason)
      // What is asked once the story goes on is not ended with it.
      underWay.delete(story)
    },
  }
}
