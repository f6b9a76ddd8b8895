import { chance, type Random, shuffled } from '../random.ts'
import { sentences, tidy } from './english.ts'
import { type Rules, speaker } from './grammar.ts'
import { type Said, saidSoFar } from './said.ts'

/** Draws sentences from lists of rules, and does not draw the same one twice, nor one that was told before. */
export type Pen = {
  /** A sentence from one of the rules, or undefined when the facts fit none of them or all have been told. */
  draw(rules: readonly string[]): string | undefined
  /** The one that served least lately: for what may come again, such as gestures. */
  again(rules: readonly string[]): string | undefined
  /** The next of a row that is told in order, one step a time. */
  next(rules: readonly string[]): string | undefined
  chance(share: number): boolean
}

/** More alike than this and a sentence reads as the same one again. */
const TOO_LIKE = 0.6
/** As alike as this and it is the same. */
const THE_SAME = 0.95
const TRIES_EACH = 2

/** What of a rule is the same each time: the first sentence without its symbols. */
const bones = (rule: string): string => (sentences(rule)[0] ?? rule).replace(/#[^#]*#/g, ' ')

export const pen = (facts: Rules, told: readonly string[], random: Random): Pen => {
  const said: Said = saidSoFar(told)
  const say = speaker(facts, random)
  const symbols = new Set(Object.keys(facts))
  const fits = (rule: string) =>
    [...rule.matchAll(/#(\w+)[^#]*#/g)].every(([, symbol]) => symbol !== undefined && symbols.has(symbol))

  /** In a shuffled order, but those that served least lately first. */
  const inTurn = (rules: readonly string[]): string[] =>
    shuffled(random, rules.filter(fits))
      .map((rule) => ({ rule, since: said.since(bones(rule)) }))
      .sort((one, other) => (one.since === other.since ? 0 : other.since - one.since))
      .map(({ rule }) => rule)

  const draw = (rules: readonly string[]): string | undefined => {
    let least: { text: string; likeness: number } | undefined
    for (const rule of inTurn(rules)) {
      for (let tries = 0; tries < TRIES_EACH; tries += 1) {
        const text = tidy(say(rule))
        const likeness = said.likeness(text)
        if (least === undefined || likeness < least.likeness) least = { text, likeness }
      }
      if (least !== undefined && least.likeness < TOO_LIKE) break
    }
    if (least === undefined || least.likeness >= THE_SAME) return undefined
    said.add(least.text)
    return least.text
  }

  return {
    draw,
    again(rules) {
      const [rule] = inTurn(rules)
      const text = rule && tidy(say(rule))
      if (text) said.add(text)
      return text
    },
    next(rules) {
      const text = rules.map((rule) => tidy(say(rule))).find((each) => said.likeness(each) < THE_SAME)
      if (text !== undefined) said.add(text)
      return text
    },
    chance: (share) => chance(random, share),
  }
}
