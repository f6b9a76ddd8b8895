import type { ServerResponse } from 'node:http'
import type { Clock } from '../../kit/clock.ts'
import { type Completion, chunksOf } from './completion.ts'
import { serverError } from './effects.ts'

export type StreamEnd = 'done' | 'cut' | 'client_gone'

export type StreamOptions = {
  readonly clock: Clock
  /** 0 writes everything at once. */
  readonly tokensPerSecond: number
  /** Silence before the first token. */
  readonly firstTokenMs: number
  readonly includeUsage: boolean
  /** Aborts when the client has gone. */
  readonly gone: AbortSignal
}

const event = (data: unknown): string => `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

/** Resolves when the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Sends a completion as server-sent events, at the writing speed, to the end that a fault chose for it. */
export const sendStream = async (
  to: ServerResponse,
  completion: Completion,
  { clock, tokensPerSecond, firstTokenMs, includeUsage, gone }: StreamOptions,
): Promise<StreamEnd> => {
  to.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
  const chunks = chunksOf(completion, includeUsage)
  to.write(event(chunks.first))
  if (firstTokenMs > 0) await clock.sleep(firstTokenMs, gone)
  const start = clock.now()
  for (const [index, chunk] of chunks.texts.entries()) {
    if (tokensPerSecond > 0) {
      // Measured from the start, so that late timers do not add up.
      const due = start + ((index + 1) * 1000) / tokensPerSecond
      if (due > clock.now()) await clock.sleep(due - clock.now(), gone)
    }
    if (gone.aborted) return 'client_gone'
    to.write(event(chunk))
  }
  if (completion.ending === 'stall') {
    await aborted(gone)
    return 'cut'
  }
  if (completion.ending === 'drop') {
    // An empty write calls back once what was written before it is with the kernel.
    await new Promise<void>((resolve) => to.write(':\n\n', () => resolve()))
    to.destroy()
    return 'cut'
  }
  if (completion.ending === 'error') to.write(event(serverError.body))
  if (completion.ending === 'whole') {
    for (const chunk of chunks.last) to.write(event(chunk))
    to.write(event('[DONE]'))
  }
  to.end()
  return completion.ending === 'whole' ? 'done' : 'cut'
}
