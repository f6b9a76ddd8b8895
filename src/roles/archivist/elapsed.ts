import type { Proposal } from './proposal.ts'

const HOUR = 60
const DAY = 24 * HOUR

type Elapsed = Proposal['elapsed']

export type Passed = Pick<Elapsed, 'minutes' | 'reason'>

/** The most minutes that a turn can take. Talk takes as long as there is of it. */
const mostOf = (reason: Elapsed['reason'], lines: number): number => {
  switch (reason) {
    case 'talk':
      return Math.min(HOUR, 5 * lines)
    case 'action':
      return 4 * HOUR
    case 'rest':
      return DAY
    case 'travel':
      return 30 * DAY
    case 'skip':
      return 366 * DAY
  }
}

/** From how many minutes on what takes the time is a jump in it. What is not listed never is. */
const JUMPS: Partial<Record<Elapsed['reason'], number>> = { skip: HOUR, rest: 4 * HOUR, travel: 4 * HOUR }

/** Whether so much time went by that a scene is over with it. */
export const isJump = ({ minutes, reason }: Passed): boolean =>
  minutes >= (JUMPS[reason] ?? Number.POSITIVE_INFINITY)

/** How much time has passed: what a line shows, within bounds, else a minute of talk for each line. */
export const timePassed = ({ line, reason, minutes }: Elapsed, lines: number): Passed =>
  line === null || line > lines
    ? { minutes: Math.min(10, lines), reason: 'talk' }
    : { minutes: Math.min(mostOf(reason, lines), Math.max(0, Math.round(minutes))), reason }
