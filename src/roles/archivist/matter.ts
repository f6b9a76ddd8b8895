import { stemOf, wordsOf } from '../../recall/terms.ts'

// What is in sentences on any matter, and the words for telling itself.
const EMPTY = new Set(
  `a about after again all also an and any are as asked at be because been before but by can claimed could did do
  does for from had has have he heard her here him his how i if in into is it its knew know known knows learned me
  my no not now of off on one or our out over own said saw say saying says she so some tell telling tells than that
  the their them then there they this through to told up us was we were what when where which while who whom why
  will with would you your`
    .split(/\s+/u)
    .map(stemOf),
)

/** What a text is about: its words, as far as they are compared, without those that are in all texts. */
export const matterOf = (text: string, names: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    wordsOf(text)
      .filter((word) => !names.has(word))
      .map(stemOf)
      .filter((stem) => !EMPTY.has(stem)),
  )

/** The words of the cast's names: they are in all that is told. */
export const nameWordsOf = (names: readonly string[]): ReadonlySet<string> => new Set(names.flatMap(wordsOf))
