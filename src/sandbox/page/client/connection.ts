import type { Action, Frame, Reply, Request } from '../../people/protocol.ts'

export type Link = 'connecting' | 'open' | 'lost'

export type Connection = {
  /** Resolves with the server's result, or rejects with words that can be shown. */
  request(action: Action): Promise<unknown>
  close(): void
}

export type ConnectionEvents = {
  readonly frame: (frame: Exclude<Frame, Reply>) => void
  readonly link: (link: Link) => void
  /** A connection ended before it said anything: perhaps the server does not know this person. */
  readonly refused: () => void
}

type Pending = {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
  readonly timer: ReturnType<typeof setTimeout>
}

const FIRST_RETRY_MS = 400
const LAST_RETRY_MS = 3_000
const REPLY_WITHIN_MS = 15_000
/** Nothing was sent, so it can be sent again as soon as the connection is back. */
export const NOT_CONNECTED =
  'The page is not connected. Your text is kept; send it once the connection is back.'
const LOST = 'The connection was lost before this was confirmed. Look whether it arrived before trying again.'

/** One person's line to the loopback Discord. It comes back by itself, waiting longer each time. */
export const connect = (address: () => string, events: ConnectionEvents): Connection => {
  const pending = new Map<number, Pending>()
  let socket: WebSocket | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let lastId = 0
  let closed = false

  const rejectAll = (): void => {
    for (const { reject, timer } of pending.values()) {
      clearTimeout(timer)
      reject(new Error(LOST))
    }
    pending.clear()
  }

  const settle = (reply: Reply): void => {
    const waiting = pending.get(reply.id)
    if (!waiting) return
    pending.delete(reply.id)
    clearTimeout(waiting.timer)
    if (reply.ok) waiting.resolve(reply.result)
    else waiting.reject(new Error(reply.error))
  }

  const open = (): void => {
    clearTimeout(retry)
    retry = undefined
    const current = new WebSocket(address())
    let greeted = false
    socket = current
    current.onmessage = ({ data }) => {
      const frame: Frame = JSON.parse(String(data))
      if (frame.type === 'reply') return settle(frame)
      if (frame.type === 'welcome') {
        greeted = true
        failures = 0
        events.link('open')
      }
      events.frame(frame)
    }
    current.onclose = () => {
      if (closed || socket !== current) return
      socket = undefined
      rejectAll()
      if (!greeted) events.refused()
      events.link('lost')
      // Spread out, so that many open tabs do not come back in step.
      const wait = Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS) * (0.75 + Math.random() / 2)
      failures += 1
      retry = setTimeout(open, wait)
    }
  }

  /** The network or the tab is back: no reason to sit out the wait. */
  const hurry = (): void => {
    if (retry !== undefined && document.visibilityState === 'visible') open()
  }
  window.addEventListener('online', hurry)
  document.addEventListener('visibilitychange', hurry)

  events.link('connecting')
  open()

  return {
    request(action) {
      const target = socket
      if (target?.readyState !== WebSocket.OPEN) {
        return Promise.reject(new Error(NOT_CONNECTED))
      }
      lastId += 1
      const request: Request = { id: lastId, action }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          pending.delete(request.id)
          reject(new Error('No answer from the server. Look whether it arrived before trying again.'))
        }, REPLY_WITHIN_MS)
        pending.set(request.id, { resolve, reject, timer })
        target.send(JSON.stringify(request))
      })
    },
    close() {
      closed = true
      clearTimeout(retry)
      window.removeEventListener('online', hurry)
      document.removeEventListener('visibilitychange', hurry)
      rejectAll()
      socket?.close()
    },
  }
}
