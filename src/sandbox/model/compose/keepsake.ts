import type { Line } from '../read/lines.ts'
import type { Reteller } from './retell.ts'

/** Whom a prompt has something written for, from their side. */
const keeperIn = (prompt: string): string | undefined => /^You write for (.+)\.$/m.exec(prompt)?.[1]

/** Of what happened, what touches the one for whom it is written down: all of it where nothing does, or it is for nobody. */
export const touching = (lines: readonly Line[], prompt: string): readonly Line[] => {
  const keeper = keeperIn(prompt)
  if (keeper === undefined) return lines
  const own = lines.filter(({ by, text }) => by === keeper || text.includes(keeper))
  return own.length > 0 ? own : lines
}

/** How someone stands to another because of a line. */
export const feelingAfter = (line: Line | undefined, retell: Reteller): string => {
  const cause = line && retell.retold(line)
  if (line === undefined || cause === undefined) return 'Has not made up their mind.'
  return `${retell.isHostile(line) ? 'Has been on guard' : 'Has felt a little closer'} since ${cause}`
}
