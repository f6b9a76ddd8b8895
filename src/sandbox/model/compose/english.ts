import { pastOf } from '../read/language.ts'

/** Small rules of English that the grammars need: agreement, tenses, articles, capitals. */

const PLURALS = new Set(
  'people men women children teeth feet geese mice wolves police cattle they we you these those'.split(' '),
)

// Ines and Tomas are one person each. `The Twins` are not a name of this kind.
const NAME = /^(?!(?:The|You|They|We)\b)\p{Lu}[\p{L}’'-]*(?: \p{Lu}[\p{L}’'-]*)*$/u

/** Whether a noun phrase takes a plural verb. `you` does; a name does not, whatever it ends in. */
export const isPlural = (phrase: string): boolean => {
  if (NAME.test(phrase)) return false
  const head = phrase.toLowerCase().replace(/\s+(of|in|on|at|with|from|for|by|to|under|behind)\s.*$/, '')
  const last = /([a-zà-ÿ]+)$/.exec(head)?.[1] ?? ''
  if (/^(a|an|one|this|that|every|each|another|someone|somebody)\b/.test(head)) return false
  if (/\band\b/.test(head) || PLURALS.has(last)) return true
  return last.endsWith('s') && !/(ss|us|is|ics|news|lens|gas|as|crossroads)$/.test(last)
}

const IRREGULAR: Readonly<Record<string, string>> = { be: 'is', have: 'has', do: 'does', go: 'goes' }

/** The third person of a base form: `carry on` → `carries on`. */
export const thirdPerson = (verb: string): string => {
  const [word = '', ...rest] = verb.split(' ')
  const found = IRREGULAR[word]
  const form =
    found ??
    (/(s|sh|ch|x|z|o)$/.test(word)
      ? `${word}es`
      : /[^aeiou]y$/.test(word)
        ? `${word.slice(0, -1)}ies`
        : `${word}s`)
  return [form, ...rest].join(' ')
}

/** The verb as its subject wants it. */
export const agree = (subject: string, verb: string): string =>
  isPlural(subject) ? (verb === 'be' ? 'are' : verb) : thirdPerson(verb)

/** What is told from its verb on, in the past: `open the door` → `opened the door`. */
export const pastTense = (told: string): string => told.replace(/^\S+/, pastOf)

export const capital = (text: string): string => text.replace(/\p{L}/u, (letter) => letter.toUpperCase())

export const withArticle = (noun: string): string =>
  /^(?!eu|one\b|once\b)([aeio]|u(?!ni|s[eiu]|ti|r[aeiou])|hou?r|honou?r|heir)/i.test(noun)
    ? `an ${noun}`
    : `a ${noun}`

export const possessive = (name: string): string => (name === 'you' ? 'your' : `${name}’s`)

/** Names in a row: `Ada, Bert and Cleo`. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** Splits prose into sentences, quotes and gestures staying with what they belong to. */
export const sentences = (text: string): string[] =>
  text
    .split(/(?<=[.!?…]["”’*)]*)\s+(?=["“*(\p{Lu}])/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')

/** Mends what joining phrases leaves behind: doubled words and spaces, and small letters after a full stop. */
export const tidy = (text: string): string =>
  text
    .replace(/[ \t]+/g, ' ')
    .replace(/\b(the|a|an|of|to|and|in|at|is|your|that)( \1\b)+/gi, '$1')
    .replace(/ ([,.;:!?])/g, '$1')
    .replace(/([.!?]\s+)(\p{Ll})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase())
    .trim()
