import type { Clock } from '../kit/clock.ts'

export type Watchdog = {
  /** Something came: from now, `limitMs` of silence are allowed. */
  touch(limitMs: number): void
  stop(): void
}

/**
 * Calls `bark` once after `limitMs` of silence. The SDK's own timeout ends with the headers, so a stream that
 * falls silent would hang for ever. One timer a silence, not one a token: many streams run at once.
 */
export const watchdog = (clock: Clock, limitMs: number, bark: () => void): Watchdog => {
  const stopped = new AbortController()
  let limit = limitMs
  let last = clock.now()
  let woken = new AbortController()

  const watch = async () => {
    while (!stopped.signal.aborted) {
      const left = last + limit - clock.now()
      if (left <= 0) {
        bark()
        return
      }
      woken = new AbortController()
      await clock.sleep(left, AbortSignal.any([stopped.signal, woken.signal]))
    }
  }
  void watch()

  return {
    touch(limitMs) {
      const shorter = limitMs < limit
      limit = limitMs
      last = clock.now()
      // A timer for the longer silence would come too late for the shorter one.
      if (shorter) woken.abort()
    },
    stop: () => stopped.abort(),
  }
}
