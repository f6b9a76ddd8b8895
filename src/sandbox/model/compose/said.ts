import { sentences } from './english.ts'

/** Remembers sentences, to tell whether another is one of them, or the same in other clothes. */
export type Said = {
  add(text: string): void
  /** 0 for something new, 1 for something that has been said in these very words. */
  likeness(sentence: string): number
  /** How many sentences ago one was built like this, by the words that are the same whatever fills it in. */
  since(words: string): number
}

const COMMON = new Set(
  'a an the and or but of to in on at by for with from as is are was were be been it its that this there then has have had not no one so if into out up down i you your my me we he she they them his her their'.split(
    ' ',
  ),
)

const allWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}’']+/gu) ?? []

const wordsOf = (sentence: string): Set<string> => {
  const words = allWords(sentence)
  const telling = words.filter((word) => !COMMON.has(word))
  return new Set(telling.length >= 2 ? telling : words)
}

/** The share of the smaller set of words that is in the larger as well. */
const overlap = (one: ReadonlySet<string>, other: ReadonlySet<string>): number => {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  if (small.size === 0) return 0
  let shared = 0
  for (const word of small) if (large.has(word)) shared += 1
  // A very short sentence is soon inside a long one: it counts only against its own kind.
  const size = large.size > small.size * 3 ? large.size / 3 : small.size
  return shared / size
}

export const saidSoFar = (texts: readonly string[]): Said => {
  const known: Set<string>[] = []
  const whole: Set<string>[] = []
  const add = (text: string) => {
    for (const sentence of text.split(/[*"]/).flatMap(sentences)) {
      known.push(wordsOf(sentence))
      whole.push(new Set(allWords(sentence)))
    }
  }
  for (const text of texts) add(text)
  return {
    add,
    since(words) {
      const bones = allWords(words)
      const builtLike = (each: ReadonlySet<string>) =>
        bones.filter((word) => each.has(word)).length >= bones.length * 0.85 &&
        // One word is in many sentences: it has to be all there is.
        (bones.length > 1 || each.size === bones.length)
      const found = bones.length === 0 ? -1 : whole.findLastIndex(builtLike)
      return found < 0 ? Number.POSITIVE_INFINITY : whole.length - found
    },
    likeness(sentence) {
      const parts = sentences(sentence).map(wordsOf)
      return Math.max(0, ...parts.flatMap((part) => known.map((each) => overlap(part, each))))
    },
  }
}
