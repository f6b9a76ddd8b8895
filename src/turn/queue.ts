import PQueue from 'p-queue'
import type { StoryRef } from '../story/ref.ts'

/** Runs one job at a time for each branch of each story, in the order they came; different stories run at once. */
export type StoryQueue = {
  isBusy(ref: StoryRef): boolean
  /** Whether a job waits for its turn, other than a quiet one. */
  isAwaited(ref: StoryRef): boolean
  /** `isQuiet`: what runs need not hurry because of it. */
  run<T>(ref: StoryRef, job: () => Promise<T>, isQuiet?: boolean): Promise<T>
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>
}

export const keyOf = ({ story, branch }: StoryRef): string => `${story}/${branch}`

/** `jobs`: how many run or wait; `awaited`: how many wait aloud. A lane goes with its last job: no story has two. */
type Lane = { readonly queue: PQueue; jobs: number; awaited: number }

export const storyQueue = (): StoryQueue => {
  const lanes = new Map<string, Lane>()
  return {
    isBusy: (ref) => lanes.has(keyOf(ref)),
    isAwaited: (ref) => (lanes.get(keyOf(ref))?.awaited ?? 0) > 0,
    run: async (ref, job, isQuiet = false) => {
      const key = keyOf(ref)
      const lane = lanes.get(key) ?? { queue: new PQueue({ concurrency: 1 }), jobs: 0, awaited: 0 }
      lanes.set(key, lane)
      const awaited = isQuiet ? 0 : 1
      lane.jobs += 1
      lane.awaited += awaited
      try {
        return await lane.queue.add(() => {
          lane.awaited -= awaited
          return job()
        })
      } finally {
        lane.jobs -= 1
        if (lane.jobs === 0) lanes.delete(key)
      }
    },
    idle: async () => {
      while (lanes.size > 0) await Promise.all(Array.from(lanes.values(), ({ queue }) => queue.onIdle()))
    },
  }
}
