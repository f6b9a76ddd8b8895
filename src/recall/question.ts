import type { EntityId } from '../story/ref.ts'
import { isStop } from './stop-words.ts'
import { isEnd, stemOf, stemsOf, wordsOf } from './terms.ts'
import { type StoryNow, type Stretch, timesIn } from './times.ts'

/** What memories are looked for by. Texts count by their weight, from 0 to 1: what was just said above all. */
export type RecallQuery = {
  readonly texts: readonly { readonly text: string; readonly weight: number }[]
  /** Those who can be named, each with all of their name. */
  readonly cast: readonly { readonly entity: EntityId; readonly name: string }[]
  readonly now: StoryNow
}

const stemsFor = (words: string): ReadonlySet<string> => new Set(wordsOf(words).map(stemOf))

/** What can be asked for, and the words that an answer to it has. */
const SEEKS = [
  {
    asked: /\bwhen\b|\bhow long\b|\b(?:what|which) (?:year|month|week|day|date|time|night)\b/iu,
    answered:
      stemsFor(`yesterday today tomorrow tonight week weekend month year day night morning evening afternoon
      noon midnight dawn dusk ago last next recently soon since birthday spring summer autumn winter fall
      monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
      september october november december`),
  },
  { asked: /\bwhere\b/iu, answered: stemsFor('in at near from to on behind under beside inside outside') },
  {
    asked: /\bhow (?:many|much|old|often|long|far)\b/iu,
    answered: stemsFor('dozen hundred thousand twice thrice couple'),
  },
  { asked: /\bwhy\b/iu, answered: stemsFor('because since for as so') },
] as const

const COUNTED = SEEKS[2]

/** What is asked, as memories are compared with it. */
export type Question = {
  /** The stems that tell what is meant, with their weights. */
  readonly terms: ReadonlyMap<string, number>
  /** Those that stand side by side. */
  readonly pairs: readonly (readonly [string, string])[]
  /** Who is named. */
  readonly about: readonly EntityId[]
  /** Those whom a stem names. */
  readonly names: ReadonlyMap<string, EntityId>
  readonly times: readonly Stretch[]
  /** Whether what is asked for has an answer among some stems. */
  readonly isAnswered: (stems: readonly string[]) => boolean
}

/** The stems by which each of a cast is called. What several are called names none of them. */
const namesOf = (cast: RecallQuery['cast']): ReadonlyMap<string, EntityId> => {
  const called = cast.flatMap(({ entity, name }) =>
    [...stemsFor(name)].filter((stem) => !isStop(stem)).map((stem) => ({ stem, entity })),
  )
  const byStem = Map.groupBy(called, ({ stem }) => stem)
  return new Map(
    called.filter(({ stem }) => byStem.get(stem)?.length === 1).map(({ stem, entity }) => [stem, entity]),
  )
}

const isNumber = (stem: string) => /^\d/u.test(stem)

export const questionOf = ({ texts, cast, now }: RecallQuery): Question => {
  const names = namesOf(cast)
  const called = new Set(cast.flatMap(({ name }) => [...stemsFor(name)]))
  const terms = new Map<string, number>()
  const pairs: (readonly [string, string])[] = []
  const about = new Set<EntityId>()
  for (const { text, weight } of texts) {
    const stems = stemsOf(text)
    for (const stem of stems) {
      const named = names.get(stem)
      // What surrounds a question names whoever is around: only what weighs most says who is meant.
      if (named !== undefined && weight === 1) about.add(named)
    }
    const telling = stems.filter((stem) => !isEnd(stem) && !isStop(stem) && !called.has(stem))
    for (const [at, stem] of telling.entries()) {
      terms.set(stem, Math.max(weight, terms.get(stem) ?? 0))
      const next = telling[at + 1]
      if (next !== undefined && weight === 1) pairs.push([stem, next])
    }
  }
  const asked = texts.filter(({ weight }) => weight === 1).map(({ text }) => text)
  // Names stand in whatever is remembered of those around, so they are looked for only where nothing else is.
  if (terms.size === 0)
    for (const stem of asked.flatMap(stemsOf)) if (called.has(stem) && !isStop(stem)) terms.set(stem, 1)
  const seeks = SEEKS.filter((seek) => asked.some((text) => seek.asked.test(text)))
  return {
    ...{ terms, pairs, names },
    about: [...about],
    times: asked.flatMap((text) => timesIn(text, now)),
    isAnswered: (stems) =>
      seeks.some(
        (seek) => stems.some((stem) => seek.answered.has(stem)) || (seek === COUNTED && stems.some(isNumber)),
      ),
  }
}
