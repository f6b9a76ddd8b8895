import { MESSAGE_LIMIT } from '../src/discord/split.ts'

/** As many rows as one message holds below its heading, and how many more there are. */
export const listing = (
  heading: string,
  rows: readonly string[],
  further: (count: number) => string,
): string => {
  const whole = [heading, ...rows].filter(Boolean).join('\n')
  if (whole.length <= MESSAGE_LIMIT) return whole
  let room = MESSAGE_LIMIT - heading.length - further(rows.length).length - 1
  const kept = rows.filter((row) => {
    room = row.length < room ? room - row.length - 1 : 0
    return room > 0
  })
  return [heading, ...kept, further(rows.length - kept.length)].filter(Boolean).join('\n')
}
