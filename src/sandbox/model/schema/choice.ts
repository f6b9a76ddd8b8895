import { between, type Random } from '../random.ts'
import type { Line } from '../read/lines.ts'
import type { Spot, Words } from './words.ts'

const SPEAKS = /speak|respond|answer|next/i
const DOES = /activit|doing|action|posture/i
const IS_MEANT = /^(to|towards?|object|target|about|of|with|for)$/i
const OWNS = /^(who|owner)$/i
const NARRATES = /^(the )?(narrator|storyteller)$/i

const LATELY = 2000

/** Whether a text has a name or a word in it, as a whole. */
const mentions = (text: string, word: string): boolean =>
  word !== '' && new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(word)}(?![\\p{L}\\p{N}])`, 'iu').test(text)

/** Whom the prompt itself would have. */
const USUAL = /\b(?:by rule|by default|usually),? (.{1,60}?) (?:would|will) (?:answer|speak)/i

/**
 * Who is to answer: whoever was spoken to, else whom the prompt would have, else who spoke last of those whom nobody
 * plays, else the narrator.
 */
const answering = (names: readonly string[], line: Line, words: Words): string | undefined => {
  const { lines, cast, retell, prompt } = words
  const others = names.filter((name) => name !== line.by)
  const addressed = others.find((name) => mentions(line.text, name))
  if (addressed !== undefined) return addressed
  const usual = USUAL.exec(prompt)?.[1]
  if (usual !== undefined && others.includes(usual)) return usual
  const narrator = others.find((name) => NARRATES.test(name))
  if (!retell.isSpoken(line) && narrator !== undefined) return narrator
  const free = others.filter((name) => !cast.some((member) => member.played && member.name === name))
  const last = lines.findLast(({ by }) => by !== undefined && by !== narrator && free.includes(by))?.by
  return last ?? narrator ?? free[0]
}

/** One of several people for a key, as far as the line on which the entry rests says who could be meant. */
const person = (key: string, names: readonly string[], spot: Spot, words: Words): string | undefined => {
  const { line, beside, inside } = spot
  if (line === undefined) return undefined
  const path = `${inside} ${key}`
  if (SPEAKS.test(path)) return answering(names, line, words)
  const free = names.filter((name) => !beside.includes(name))
  const doer = free.find((name) => name === line.by)
  if (DOES.test(path) || IS_MEANT.test(key)) return doer ?? free[0]
  // Those who perceived it: rather one whom nobody plays than a player, rather anyone than who did it.
  const heard = free.filter((name) => line.heardBy.length === 0 || line.heardBy.includes(name))
  const others = heard.filter((name) => name !== line.by && !NARRATES.test(name))
  const played = words.cast.filter((member) => member.played).map(({ name }) => name)
  return others.find((name) => !played.includes(name)) ?? others[0] ?? heard[0] ?? free[0]
}

/** One of the values that a schema lists: what the prompt speaks of, or who is meant. */
export const choose = (
  key: string,
  values: readonly unknown[],
  spot: Spot,
  words: Words,
  random: Random,
): unknown => {
  const texts = values.filter((value) => typeof value === 'string')
  if (spot.whose !== undefined && OWNS.test(key) && texts.includes(spot.whose)) return spot.whose
  const known = new Set([...words.cast.map(({ name }) => name), ...words.lines.map(({ by }) => by)])
  if (texts.some((text) => known.has(text) || NARRATES.test(text)) || SPEAKS.test(key)) {
    const named = texts.filter((text) => mentions(words.prompt, text) || NARRATES.test(text))
    const found = person(key, named.length > 0 ? named : texts, spot, words)
    if (found !== undefined) return found
  }
  const free = values.filter((value) => !spot.beside.includes(value))
  const cited = words.lines.find(({ number }) => number !== undefined && values.includes(number))
  if (spot.line && values.includes(spot.line.number)) return spot.line.number
  if (cited !== undefined) return cited.number
  // Of pieces of a text nobody can be sure.
  if (/segment|piece/i.test(spot.inside) && values.includes('prose')) return 'prose'
  // Of degrees and kinds the first is the usual one, unless a line has the word for another.
  const lately = words.lines.length > 0 ? words.lines.map(({ text }) => text).join('\n') : words.prompt
  const left = free.length > 0 ? free : values
  const spokenOf = left.filter((value) => typeof value === 'string' && mentions(lately.slice(-LATELY), value))
  const from = spokenOf.length > 0 ? spokenOf : words.lines.length > 0 ? left.slice(0, 1) : left
  return from[between(random, 0, from.length - 1)]
}
