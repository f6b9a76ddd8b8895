import type { Phase, PhaseTime } from './ports/records.ts'

/** What a turn goes through, with how long each took. */
export type Course = {
  enter(phase: Phase): void
  /** Those that it went through, the last until now. */
  times(): PhaseTime[]
}

/** `now` in milliseconds. */
export const courseOf = (now: () => number): Course => {
  const entered: { readonly phase: Phase; readonly at: number }[] = []
  return {
    enter: (phase) => {
      entered.push({ phase, at: now() })
    },
    times: () =>
      entered.map(({ phase, at }, index) => ({
        phase,
        ms: Math.round((entered[index + 1]?.at ?? now()) - at),
      })),
  }
}
