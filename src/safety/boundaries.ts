import type { Boundary } from '../story/settings.ts'
import { fold, unfolded } from './fold.ts'
import { formsOf } from './inflect.ts'

/** A text that goes past a boundary. `at`: where the sentence begins that does. */
export type Crossing = { readonly at: number; readonly kind: 'line' | 'veil'; readonly label: string }

const distinct = (boundaries: readonly Boundary[]): string[] => [
  ...new Map(boundaries.map(({ label }) => [fold(label), label])).values(),
]

const LINES =
  'Lines, which are never crossed. These do not occur in the story, are not hinted at and not talked of, whoever asks for it:'
const VEILS =
  'Veils, behind which nobody looks. These may happen, but are not shown: turn away before, go on after, and describe nothing of it:'

/** What every prompt says of a story's lines and veils; empty where there are none. */
export const boundariesSection = (lines: readonly Boundary[], veils: readonly Boundary[]): string =>
  [
    { heading: LINES, labels: distinct(lines) },
    { heading: VEILS, labels: distinct(veils) },
  ]
    .filter(({ labels }) => labels.length > 0)
    .map(({ heading, labels }) => [heading, ...labels.map((label) => `- ${label}`)].join('\n'))
    .join('\n\n')

type Owner = Omit<Crossing, 'at'>
type Word = { readonly start: number; readonly end: number; readonly text: string }
/** `words`: the forms of each word that has to follow the first. */
type Phrase = Owner & { readonly words: readonly ReadonlySet<string>[] }
type Literal = Owner & { readonly text: string }

const WORD = /[\p{L}\p{N}\p{M}]+/gu
const WORD_END = /[\p{L}\p{N}\p{M}]$/u

/** Scripts that are written without blanks between words, or with what other languages put before and after them. */
const JOINED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** How far apart the words of a phrase may stand: a blank, a hyphen, a quotation mark and its blank. */
const GAP = 4

/** How far before its end a phrase can begin: a label's length, with what its words can grow by and the gaps. */
const REACH = 500

const ACRONYM = /^\p{Lu}{2,4}$/u

const formsIn = (word: string): ReadonlySet<string> => {
  const folded = fold(word)
  return new Set(ACRONYM.test(word) ? [folded, `${folded}s`] : formsOf(folded))
}

const wordsIn = (text: string): Word[] =>
  [...text.matchAll(WORD)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    text: word,
  }))

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

const sentenceStart = (text: string, at: number): number => {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const end = text.indexOf('\n', at)
  const line = text.slice(start, end === -1 ? undefined : end)
  return start + (sentences.segment(line).containing(at - start)?.index ?? 0)
}

/** Where a search may begin so that it misses nothing that ends after `from`: never within a word. */
const beginning = (text: string, from: number): number => {
  let at = Math.max(0, Math.min(from, text.length) - REACH)
  while (at > 0 && (WORD_END.test(text.slice(at - 2, at)) || text.charCodeAt(at) >>> 10 === 0b110111)) at -= 1
  return at
}

/**
 * `from`: what stands before it was searched already. `isGrowing`: the text goes on, so its last word may still become
 * another one.
 */
export type Search = { readonly from?: number; readonly isGrowing?: boolean }

export type BoundaryMatcher = { firstIn(text: string, search?: Search): Crossing | undefined }

/**
 * Finds the first place where a text goes past a line or a veil: where its label, or one of its words, stands as whole
 * words in whatever case and with whatever accents, Latin ones also in their plain English forms. Scripts that join
 * their words match anywhere.
 *
 * It knows words, not meaning: a label like "harm to animals" hardly ever stands in a text as such. That is why
 * labels also stand in every prompt (`boundariesSection`), and why boundaries have words beside their label.
 */
export const boundaryMatcher = (lines: readonly Boundary[], veils: readonly Boundary[]): BoundaryMatcher => {
  const phrases = new Map<string, Phrase[]>()
  const literals: Literal[] = []
  const learn = (phrase: string, owner: Owner) => {
    const [first, ...rest] = phrase.match(WORD) ?? []
    if (first === undefined || JOINED.test(phrase)) {
      const text = fold(phrase.trim())
      if (text !== '') literals.push({ ...owner, text })
      return
    }
    const words = rest.map(formsIn)
    for (const form of formsIn(first)) phrases.set(form, [...(phrases.get(form) ?? []), { ...owner, words }])
  }
  for (const { kind, boundaries } of [
    { kind: 'line', boundaries: lines } as const,
    { kind: 'veil', boundaries: veils } as const,
  ])
    for (const { label, words } of boundaries)
      for (const phrase of [label, ...words]) learn(phrase, { kind, label })

  const firstPhrase = (folded: string, isGrowing: boolean): (Owner & { readonly at: number }) | undefined => {
    const words = wordsIn(folded)
    for (const [nth, word] of words.entries()) {
      const found = phrases.get(word.text)?.find((phrase) => {
        const last = words[nth + phrase.words.length]
        if (!last || (isGrowing && last.end === folded.length)) return false
        return phrase.words.every((forms, after) => {
          const before = words[nth + after]
          const next = words[nth + after + 1]
          return before && next && next.start - before.end <= GAP && forms.has(next.text)
        })
      })
      if (found) return { ...found, at: word.start }
    }
    return undefined
  }

  return {
    firstIn: (text, { from = 0, isGrowing = false } = {}) => {
      if (phrases.size + literals.length === 0) return undefined
      const begin = beginning(text, from)
      const searched = text.slice(begin)
      const folded = fold(searched)
      const [first] = [
        firstPhrase(folded, isGrowing),
        ...literals.map((literal) => ({ ...literal, at: folded.indexOf(literal.text) })),
      ]
        .filter((found) => found !== undefined && found.at !== -1)
        .sort((one, other) => (one?.at ?? 0) - (other?.at ?? 0))
      if (!first) return undefined
      const at = begin + unfolded(searched, first.at)
      return { at: sentenceStart(text, at), kind: first.kind, label: first.label }
    },
  }
}
