import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { LAST_MINUTE, minutesAt, timeOf } from '../../src/story/clock.ts'
import { readTimeOfDay } from '../../src/story/duration.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import { changes, fieldsOf } from '../change.ts'

/** The time and the weather of a story as people read them, each empty where it is not known. */
export const clockFields = ({ state: { clock }, words }: Head, texts: Texts) => ({
  time: texts.clock.when(timeOf(clock.minutes)),
  anchor: words.get(clock.anchor ?? '') ?? '',
  weather: clock.weather ?? '',
})

/** The last day that a story has from midnight to midnight. */
export const LAST_DAY = timeOf(LAST_MINUTE).day - 1

/** How much may be said of what day 1 is. */
export const ANCHOR_LIMIT = 300

/** What the clock of a head shows once it is set; what is not said stays. Refused where `time` is no time of day. */
export const minutesFor = (
  said: { readonly day: number | null; readonly time: string | null },
  { clock: words }: Texts,
): ((head: Head) => number) => {
  const time = said.time === null ? undefined : readTimeOfDay(said.time)
  if (said.time !== null && !time)
    throw new UserFacingError('not_a_time', words.notATime(plain(said.time, LABEL_LIMIT)))
  return ({ state: { clock } }) => {
    const now = timeOf(clock.minutes)
    return minutesAt({ ...now, ...time, day: said.day ?? now.day })
  }
}

/** Says what was and is of the time and the weather. */
export const clockChanged = (heading: string, texts: Texts): ((before: Head, after: Head) => string) => {
  const read = (at: Head) => clockFields(at, texts)
  return (before, after) => changes(heading, fieldsOf(texts.clock.field, read, before, after), texts)
}
