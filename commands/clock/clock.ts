import type { Texts } from '../../src/locales/en.ts'
import { timeOf } from '../../src/story/clock.ts'
import type { Head } from '../../src/story/head.ts'

/** The time and the weather of a story as people read them, each empty where it is not known. */
export const clockFields = ({ state: { clock }, words }: Head, texts: Texts) => ({
  time: texts.clock.when(timeOf(clock.minutes)),
  anchor: words.get(clock.anchor ?? '') ?? '',
  weather: clock.weather ?? '',
})
