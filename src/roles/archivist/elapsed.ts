import type { Proposal } from './proposal.ts'

const HOUR = 60
const DAY = 24 * HOUR

type Elapsed = Proposal['elapsed']

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

/** How much time has passed: what a line shows, within bounds, else a minute of talk for each line. */
export const timePassed = (
  { line, reason, minutes }: Elapsed,
  lines: number,
): { readonly minutes: number; readonly reason: Elapsed['reason'] } =>
  line === null || line > lines
    ? { minutes: Math.min(10, lines), reason: 'talk' }
    : { minutes: Math.min(mostOf(reason, lines), Math.max(0, Math.round(minutes))), reason }
