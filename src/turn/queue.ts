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

export const storyQueue = (): StoryQueue => {
  const queues = new Map<string, PQueue>()
  const queueOf = (key: string): PQueue => {
    const known = queues.get(key)
    if (known) return known
    const queue = new PQueue({ concurrency: 1 })
    queues.set(key, queue)
    return queue
  }
  return {
    isBusy: (ref) => queues.has(keyOf(ref)),
    run: (ref, job) => {
      const key = keyOf(ref)
      const queue = queueOf(key)
      const result = queue.add(job)
      void queue.onIdle().then(() => {
        if (queue.size === 0 && queue.pending === 0) queues.delete(key)
      })
      return result
    },
    idle: async () => {
      while (queues.size > 0) await Promise.all([...queues.values()].map((queue) => queue.onIdle()))
    },
  }
}
