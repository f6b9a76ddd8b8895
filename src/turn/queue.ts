import PQueue from 'p-queue'
import type { StoryRef } from '../story/ref.ts'

/** Runs one job at a time for each branch of each story, in the order they came; different stories run at once. */
export type StoryQueue = {
  isBusy(ref: StoryRef): boolean
  run<T>(ref: StoryRef, job: () => Promise<T>): Promise<T>
  /** Resolves when nothing runs and nothing waits. */
  idle(): Promise<void>
}

export const keyOf = ({ story, branch }: StoryRef): string => `${story}/${branch}`

/** `jobs`: how many run or wait. A lane goes when its last job does, so no story ever has two. */
type Lane = { readonly queue: PQueue; jobs: number }

export const storyQueue = (): StoryQueue => {
  const lanes = new Map<string, Lane>()
  return {
    isBusy: (ref) => lanes.has(keyOf(ref)),
    run: async (ref, job) => {
      const key = keyOf(ref)
      const lane = lanes.get(key) ?? { queue: new PQueue({ concurrency: 1 }), jobs: 0 }
      lanes.set(key, lane)
      lane.jobs += 1
      try {
        return await lane.queue.add(job)
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
