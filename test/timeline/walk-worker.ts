import { parentPort, workerData } from 'node:worker_threads'
import { runWalk, type Walked } from './walk.ts'

/** `directory`: an empty one for each walk; without, they are in memory. */
export type Errand = { readonly seed: number; readonly count: number; readonly directory?: string }

const walked: Walked[] = []
for (const { seed, count, directory } of workerData as readonly Errand[])
  walked.push(await runWalk(seed, count, directory))
parentPort?.postMessage(walked)
