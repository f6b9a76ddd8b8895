import type { Clock } from '../kit/clock.ts'

/** Aborts with another signal or, for a reason, after some milliseconds. Call `end` when the work is done. */
export const limited = (
  clock: Clock,
  ms: number,
  reason: string,
  signal: AbortSignal,
): { readonly signal: AbortSignal; readonly end: () => void } => {
  const over = new AbortController()
  const ended = new AbortController()
  void clock.sleep(ms, ended.signal).then(() => {
    if (!ended.signal.aborted) over.abort(reason)
  })
  return { signal: AbortSignal.any([signal, over.signal]), end: () => ended.abort() }
}
