import tracery, { type Grammar } from 'tracery-grammar'
import type { Random } from '../random.ts'
import { agree, capital, isPlural, possessive, withArticle } from './english.ts'

export type Rules = Readonly<Record<string, readonly string[]>>

/** `#thing.v(lie)#` gives subject and verb, `#thing.it#` the pronoun for it. */
const modifiers = {
  cap: capital,
  a: withArticle,
  v: (text: string, [verb = 'be']: readonly string[]) => `${text} ${agree(text, verb)}`,
  it: (text: string) => (isPlural(text) ? 'they' : 'it'),
  them: (text: string) => (isPlural(text) ? 'them' : 'it'),
  s: possessive,
}

/** Text from a prompt as a rule of its own: the signs of the grammar's language are taken out. */
export const literal = (text: string): string => text.replace(/[#[\]\\]/g, '')

/** Expands rules of one grammar with one source of chance. A symbol that is missing comes out as `((symbol))`. */
export type Speaker = (rule: string) => string

export const speaker = (rules: Rules, random: Random): Speaker => {
  const grammar: Grammar = tracery.createGrammar(rules)
  grammar.addModifiers(modifiers)
  return (rule) => {
    tracery.setRng(random)
    return grammar.flatten(rule)
  }
}
