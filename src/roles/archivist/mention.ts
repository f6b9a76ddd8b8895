import { wordsOf } from '../../recall/terms.ts'

/** Words that stand in many names and name nothing. */
const EMPTY = new Set(['the', 'of', 'and', 'von', 'van', 'der', 'del', 'les', 'old', 'her', 'his'])

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** A text without what is asked in it. */
export const withoutQuestions = (text: string): string =>
  [...sentences.segment(text)]
    .map(({ segment }) => segment)
    .filter((sentence) => !/\?[^\p{L}\p{N}]*$/u.test(sentence))
    .join('')

/** Whether a text names someone or something: by the whole name, or by a word of it that says which. */
export const mentions = (text: string, name: string): boolean => {
  const said = new Set(wordsOf(text))
  const words = wordsOf(name)
  const telling = words.filter((word) => word.length > 2 && !EMPTY.has(word))
  return telling.length > 0
    ? telling.some((word) => said.has(word))
    : words.length > 0 && words.every((word) => said.has(word))
}
