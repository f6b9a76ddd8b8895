import type { Clock } from '../../src/kit/clock.ts'

export type ManualClock = Clock & {
  /** Moves the time on and wakes whoever it was time for, in order, and those that they call in turn. */
  advance(ms: number): Promise<void>
  /** How long each sleeper still sleeps, in ms, the shortest first. */
  pending(): number[]
}

type Sleeper = { readonly at: number; readonly wake: () => void }

/** Lets everything run that is ready to run, input and output included. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A clock that stands still until it is turned by hand. */
export const manualClock = (start = 1_700_000_000_000): ManualClock => {
  let now = start
  const sleeping = new Set<Sleeper>()

  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) {
          resolve()
          return
        }
        const sleeper: Sleeper = {
          at: now + ms,
          wake: () => {
            sleeping.delete(sleeper)
            resolve()
          },
        }
        sleeping.add(sleeper)
        signal?.addEventListener('abort', sleeper.wake, { once: true })
      }),
    async advance(ms) {
      const end = now + ms
      for (;;) {
        await settle()
        const next = [...sleeping].sort((a, b) => a.at - b.at)[0]
        if (next === undefined || next.at > end) break
        now = next.at
        next.wake()
      }
      now = end
      await settle()
    },
    pending: () => [...sleeping].map((sleeper) => sleeper.at - now).sort((a, b) => a - b),
  }
}
