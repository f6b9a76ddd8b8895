import { setImmediate as breathe } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { faulty } from '../formats/bundle/fault.ts'
import type { StoryBundle } from '../formats/bundle.ts'
import { SkeinError } from '../kit/errors.ts'
import { type CodecJob, type FromCodec, gathering, piecesOf } from './bundle-pieces.ts'

/** What the reading of a bundle may take, so that a hostile one takes down no more than its own thread. */
const MEMORY_MB = 2048

/** Starts a thread for the codec; packing and unpacking would hold up every story that is being told. */
const startCodec = (
  job: CodecJob,
  take: (message: FromCodec, worker: Worker) => void,
  reject: (error: unknown) => void,
): Worker => {
  const worker = new Worker(new URL('./bundle-worker.ts', import.meta.url), {
    workerData: job,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  })
  worker.on('message', (message: FromCodec) => take(message, worker))
  worker.once('error', (error: Error & { code?: string }) =>
    reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? faulty('too_large', 'memory', error) : error),
  )
  worker.once('exit', () => reject(new SkeinError('codec_ended', 'the thread of the codec ended early')))
  return worker
}

/** `readBundle`, on a thread of its own. */
export const decode = (bytes: Uint8Array): Promise<StoryBundle> =>
  new Promise((resolve, reject) => {
    const story = gathering()
    startCodec(
      { job: 'read', bytes },
      (message, worker) => {
        if (message === 'end') resolve(story.whole())
        else if ('fault' in message) reject(faulty(message.fault, message.where))
        else if ('rows' in message) {
          story.add(message)
          worker.postMessage('next')
        }
      },
      reject,
    )
  })

/** `writeBundle`, on a thread of its own. */
export const encode = async (story: StoryBundle): Promise<Uint8Array<ArrayBuffer>> => {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
  const worker = startCodec(
    { job: 'write' },
    (message) => {
      if (message !== 'end' && 'bytes' in message) resolve(message.bytes)
    },
    reject,
  )
  for (const piece of piecesOf(story)) {
    worker.postMessage(piece)
    await breathe()
  }
  worker.postMessage('end')
  return promise
}
