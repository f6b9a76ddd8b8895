import { pick, type Random } from '../random.ts'
import type { Line } from '../read/lines.ts'
import type { Reteller } from './retell.ts'

type Growth = (who: string, by: string) => string

const CLOSER: readonly [Growth, ...Growth[]] = [
  (who, by) => `${who} trusts ${by} more than before.`,
  (who, by) => `${who} has begun to count on ${by}.`,
  (who, by) => `${who} no longer hides from ${by} what is on their mind.`,
]
const WARIER: readonly [Growth, ...Growth[]] = [
  (who, by) => `${who} no longer feels safe near ${by}.`,
  (who, by) => `${who} is on their guard whenever ${by} comes close.`,
]
const ALONE: readonly [Growth, ...Growth[]] = [
  (who) => `${who} speaks more freely than before.`,
  (who) => `${who} no longer waits to be asked.`,
]

/** Whom a prompt asks about, where it lists what someone perceived. */
const perceiverIn = (prompt: string): string | undefined => /^#+ What (.+) perceived$/m.exec(prompt)?.[1]

/** How someone is another after a line, for who says or does something in it. */
export const changeAfter = (
  line: Line | undefined,
  prompt: string,
  retell: Reteller,
  random: Random,
): string => {
  const by = line?.by
  const who = perceiverIn(prompt) ?? by ?? 'Someone'
  if (line === undefined || by === undefined || by === who || by === 'Narrator')
    return pick(random, ALONE)(who, '')
  return pick(random, retell.isHostile(line) ? WARIER : CLOSER)(who, by)
}
