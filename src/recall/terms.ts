import { stemmer } from 'stemmer'
import { IRREGULAR } from './irregular.ts'

const WORD_OR_END = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}]+)*|[.!?…。！？]/gu

/** Scripts that put no blanks between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

const apart = (word: string): string[] =>
  UNSPACED.test(word)
    ? [...segmenter.segment(word)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)
    : [word]

/**
 * As it is compared: without marks, in one case, and without an English possessive or contraction's end. Some signs
 * stand for several words, or for none.
 */
const folded = (word: string): string[] =>
  word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’](?:s|d|ll|re|ve|m)$/u, '')
    .replace(/['’]/gu, '')
    .match(/[\p{L}\p{N}]+/gu) ?? []

/** How a sentence ended, among the stems of a text: with a question, or otherwise. */
export const ASKED = '?'
const TOLD = '.'

/** Whether it stands for the end of a sentence. */
export const isEnd = (stem: string): boolean => stem === ASKED || stem === TOLD

const tokensOf = (text: string): string[] =>
  (text.match(WORD_OR_END) ?? []).flatMap((token) => {
    if (/[?？]/u.test(token)) return [ASKED]
    return /[\p{L}\p{N}]/u.test(token) ? apart(token).flatMap(folded) : [TOLD]
  })

/** The words of a text in their order, as they are compared. */
export const wordsOf = (text: string): string[] => tokensOf(text).filter((token) => !isEnd(token))

const ENGLISH = /^[a-z]{3,}$/u

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** As it is spelled for comparing: a number by its digits, what is British as if it were American. */
const spelled = (word: string): string => {
  const number = NUMBERS.indexOf(word)
  return number > 1 ? String(number) : word.replace(/^(.{3,})our(?=$|s$|ed$|ing$|er$|ite$|able$)/u, '$1or')
}

const stems = new Map<string, string>()
const STEMS_KEPT = 20_000

/** The stem of a word as `wordsOf` gives it: of English by Porter's rules and what is irregular, of all else the word. */
export const stemOf = (word: string): string => {
  if (!ENGLISH.test(word)) return word
  const known = stems.get(word)
  if (known !== undefined) return known
  if (stems.size >= STEMS_KEPT) stems.clear()
  const stem = stemmer(spelled(IRREGULAR.get(word) ?? word))
  stems.set(word, stem)
  return stem
}

/** Raised when stems come out otherwise than before: an index of older ones is made anew. */
export const TERMS_VERSION = 1

/** The stems of a text in the order of its words, with where its sentences end. */
export const stemsOf = (text: string): string[] =>
  tokensOf(text).map((token) => (isEnd(token) ? token : stemOf(token)))
