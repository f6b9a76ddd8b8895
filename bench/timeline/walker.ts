/** Takes the walks that walks.ts hands it, on a thread of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { runWalk } from '../../test/timeline/walk.ts'
import type { Walk, Walked } from './walks.ts'

const walked = async ({ seed, operations }: Walk): Promise<Walked> => {
  const directory = await mkdtemp(join(tmpdir(), 'skein-walk-'))
  try {
    const { taken, divergences } = await runWalk(seed, operations, directory)
    return { operations: taken.length, divergences }
  } finally {
    await rm(directory, { recursive: true })
  }
}

parentPort?.on('message', async (walk: Walk) => {
  parentPort?.postMessage(await walked(walk))
})
