import { createHash } from 'node:crypto'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { faultOf } from '../formats/bundle/fault.ts'
import { readBundle, type Sha256, type StoryBundle, writeBundle } from '../formats/bundle.ts'
import { SkeinError } from '../kit/errors.ts'
import { type CodecJob, type FromCodec, gathering, type Piece, piecesOf } from './bundle-pieces.ts'

const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

const read = (port: MessagePort, bytes: Uint8Array): void => {
  const post = (message: FromCodec) => port.postMessage(message)
  let story: StoryBundle
  try {
    story = readBundle(bytes, sha256)
  } catch (error) {
    const fault = faultOf(error)
    if (!fault || !(error instanceof SkeinError)) throw error
    post({ fault, where: String(error.details.where) })
    return
  }
  const pieces = piecesOf(story)
  const next = () => {
    const { value } = pieces.next()
    post(value ?? 'end')
    if (!value) port.close()
  }
  port.on('message', next)
  next()
}

const write = (port: MessagePort): void => {
  const story = gathering()
  port.on('message', (message: Piece | 'end') => {
    if (message !== 'end') return story.add(message)
    const bytes = writeBundle(story.whole(), sha256)
    port.postMessage({ bytes } satisfies FromCodec, [bytes.buffer])
    port.close()
  })
}

const asked = workerData as CodecJob
if (parentPort && asked.job === 'read') read(parentPort, asked.bytes)
if (parentPort && asked.job === 'write') write(parentPort)
