import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'

/** One walk by its seed, of so many operations. */
export type Walk = { readonly seed: number; readonly operations: number }

const LONG = 1000
const SHORT = 170

/** One long walk and a hundred short ones. */
const WALKS: readonly Walk[] = Array.from({ length: 101 }, (_, nth) => ({
  seed: nth + 1,
  operations: nth === 0 ? LONG : SHORT,
}))

export type Divergences = {
  readonly walks: number
  readonly operations: number
  /** How the store and the naive model came apart, each with the shortest walk that leads there. */
  readonly found: readonly string[]
}

/** What a walker sends for each walk. */
export type Walked = { readonly operations: number; readonly divergences: readonly string[] }

/** Walks at random over stores and naive models, on all processors. */
export const walk = async (): Promise<Divergences> => {
  const left = [...WALKS]
  const walked: Walked[] = []
  const walker = async (): Promise<void> => {
    const worker = new Worker(new URL('./walker.ts', import.meta.url))
    try {
      for (let next = left.shift(); next; next = left.shift()) {
        worker.postMessage(next)
        const [found] = (await once(worker, 'message')) as [Walked]
        walked.push(found)
      }
    } finally {
      await worker.terminate()
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, walker))
  return {
    walks: walked.length,
    operations: walked.reduce((sum, { operations }) => sum + operations, 0),
    found: walked.flatMap(({ divergences }) => divergences),
  }
}
