import nlp from 'compromise'
import { LRUCache } from 'lru-cache'

/** What compromise is asked for: verbs in their base form, and noun phrases that can stand in a sentence. */

const PARTICLES = new Set(
  'up down out open shut away back there here over off again now then too aloud around together along inside outside upstairs downstairs forward onward'.split(
    ' ',
  ),
)
const NOT_THINGS =
  /^(nothing|something|anything|everything|someone|anyone|somebody|anybody|nobody|one|ones|thing|things|way|time|times|moment|bit|lot|kind|sort|tonight|today|tomorrow|yesterday|morning|evening|nights?|please|thanks|sorry|hello|hi|hey|yes|no|ok|okay|oh|ah|part|rest|course|god|name|idea|matter|problem|question|answer|reason|place|days?|weeks?|years?|hours?|minutes?|i|me|you|he|she|it|we|they|them|him|her|us|who|what|that|this|there)$/i

const INTENSIFIERS = new Set('so very too not just really still quite almost always never ever'.split(' '))

type Term = { readonly text: string; readonly post: string; readonly tags: readonly string[] }

type Role = 'opener' | 'quality' | 'head' | 'other'

const roleOf = ({ text, tags }: Term): Role => {
  if (PARTICLES.has(text.toLowerCase())) return 'other'
  if (tags.includes('Determiner') || tags.includes('Possessive')) return 'opener'
  if (tags.includes('Pronoun')) return 'other'
  if (tags.includes('Noun')) return 'head'
  return tags.includes('Adjective') || tags.includes('Value') ? 'quality' : 'other'
}

/** The terms of each noun phrase: an opener, then qualities, then heads. */
const chunks = (terms: readonly Term[]): Term[][] => {
  const found: Term[][] = []
  let open: Term[] = []
  let state: Role = 'other'
  const close = () => {
    const last = open.at(-1)
    // After `the old` even an adverb is a thing: the tagger takes `the old well` for one.
    if (last && (roleOf(last) === 'head' || (open.length > 1 && !/ly$/.test(last.text)))) found.push(open)
    open = []
    state = 'other'
  }
  for (const term of terms) {
    const role = roleOf(term)
    const afterQuality =
      role === 'other' &&
      state === 'quality' &&
      term.tags.includes('Adverb') &&
      !INTENSIFIERS.has(term.text.toLowerCase())
    const goesOn = role === 'head' || afterQuality || (role === 'quality' && state !== 'head')
    if (role === 'opener' || !goesOn) close()
    if (role !== 'other' || afterQuality) {
      open.push(term)
      state = role === 'other' ? 'head' : role
    }
    if (/[,.;:!?—-]/.test(term.post)) close()
  }
  close()
  return found
}

// A premise is read again at every turn of its story, and tagging is the slow part.
const read = new LRUCache<string, string[]>({ max: 500 })

/** Noun phrases of at most five words, in order, without pronouns, particles, times and other empty words. */
export const nounPhrases = (text: string): string[] => {
  const before = read.get(text)
  if (before) return before
  const tagged = nlp(text).json({ terms: { tags: true } }) as readonly { terms: readonly Term[] }[]
  const phrases = tagged
    .flatMap(({ terms }) => chunks(terms))
    .map((chunk) => chunk.map((term) => term.text.replace(/[^\p{L}\p{M}\d'’-]/gu, '')).join(' '))
    .filter((phrase) => {
      const words = phrase.split(' ')
      return (
        phrase.length > 2 && phrase.length < 40 && words.length <= 5 && !NOT_THINGS.test(words.at(-1) ?? '')
      )
    })
  read.set(text, phrases)
  return phrases
}

const PEOPLE =
  /\b(man|men|woman|women|boy|girl|child|children|people|person|stranger|king|queen|prince|princess|lord|lady|guards?|soldiers?|captain|keeper|priest|witch|wizard|nurse|crowd|figure|voice|guy|thief|thieves|mother|father|brother|sister|friend|old one)$/i

/** Whether a noun phrase is someone rather than something. */
export const isPerson = (phrase: string): boolean =>
  PEOPLE.test(phrase) || nlp(phrase).has('(#Actor|#Person)')

/** What a noun phrase is about, without its qualities, two words at most: `gruff old sea captain` → `sea captain`. */
export const headNouns = (phrase: string): string => {
  const found = nounPhrases(`the ${phrase}`).at(-1)?.split(' ') ?? []
  const tagged = nlp(found.slice(-2).join(' ')).json({ terms: { tags: true } }) as readonly {
    terms: readonly Term[]
  }[]
  return tagged
    .flatMap(({ terms }) => terms)
    .filter((term, index, all) => index === all.length - 1 || roleOf(term) === 'head')
    .map(({ text }) => text)
    .join(' ')
}

/** A noun phrase as it is called the second time: `a rusty door` → `the rusty door`. Names stay as they are. */
export const definite = (phrase: string): string => {
  if (/^(the|this|that|these|those|my|your|his|her|its|our|their)\b/i.test(phrase))
    return phrase.replace(/^\w+/, (word) => word.toLowerCase())
  const bare = phrase.replace(/^(an?|some|any|every|each|another|one|no)\s+/i, '')
  const named =
    /^\p{Lu}/u.test(bare) && !/^(two|three|four|five|six|seven|ten|several|many|few|old)\b/i.test(bare)
  return named ? bare : `the ${bare.charAt(0).toLowerCase()}${bare.slice(1)}`
}

export type Doing = {
  /** The verb's base form, one word. */
  readonly verb: string
  /** What follows the verb. */
  readonly rest: string
}

const SUBJECT =
  /^(?:(?:i|she|he|they|we|you)(?:[’'](?:m|s|re|ve|d))?\s+)?(?:(?:am|is|are|was|were|will|can)\s+(?=\w+ing\b))?/i
const ADVERB = /^(?:(?:\w+ly|then|just|now|slow|once|again|also|still)\s+)+/i

/** An action as its verb and what follows, whatever form it is told in: `opens it`, `I opened it`, `opening it`. */
export const readDoing = (action: string): Doing | undefined => {
  const told = action.trim().replace(SUBJECT, '').replace(ADVERB, '')
  const [, word = '', rest = ''] = /^([\p{L}\p{M}’'-]+)\s*(.*)$/su.exec(told) ?? []
  if (word === '') return undefined
  if (/^(don[’']t|doesn[’']t|do not|does not)$/i.test(word)) return { verb: 'do', rest: `not ${rest}` }
  const tagged = nlp(word)
  // What stands first is a verb, whatever else the word could be.
  tagged.tag('Verb')
  const verb = tagged.verbs().toInfinitive().text().toLowerCase()
  return { verb: /^\p{L}+$/u.test(verb) ? verb : word.toLowerCase(), rest }
}

const SAME_IN_THE_PAST = new Set('shut hit cut read put set cast let hurt burst split spread'.split(' '))
const UNKNOWN_PASTS: Readonly<Record<string, string>> = { go: 'went', stride: 'strode' }

/** By the rule, for the few verbs that compromise leaves as they are. */
const regularPast = (verb: string): string => {
  if (verb.endsWith('e')) return `${verb}d`
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`
  return /^(un)?[^aeiou]*[aeiou][bdgkmnprt]$/.test(verb) ? `${verb}${verb.at(-1)}ed` : `${verb}ed`
}

/** The past of a verb's base form. */
export const pastOf = (verb: string): string => {
  if (SAME_IN_THE_PAST.has(verb)) return verb
  const tagged = nlp(verb)
  tagged.tag('Verb')
  const past = tagged.verbs().toPastTense().text()
  return UNKNOWN_PASTS[verb] ?? (past === '' || past === verb ? regularPast(verb) : past)
}

/** Noun phrases of what follows a verb: tagged as part of a statement, which compromise does best. */
export const objectsOf = ({ rest }: Doing): string[] => nounPhrases(`She sees ${rest.replace(ADVERB, '')}`)
