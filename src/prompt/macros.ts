import { twoDigits } from '../kit/text.ts'
import { timeOf } from '../story/clock.ts'
import type { Head } from '../story/head.ts'

/** What macros stand for, as people who write prompts and characters know them. */
const valueNames = [
  'char',
  'user',
  'persona',
  'description',
  'personality',
  'scenario',
  'group',
  'time',
  'date',
  'isotime',
  'weather',
] as const
type ValueName = (typeof valueNames)[number]

/** A macro whose value is missing stays as it is written. */
export type MacroValues = { readonly [name in ValueName]?: string }

/** Other names for the same. */
const ALIASES: ReadonlyMap<string, ValueName> = new Map([
  ['bot', 'char'],
  ['charifnotgroup', 'group'],
])

/** The same in every template. `original` is only left over where nothing was replaced: see `overlay`. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ['newline', '\n'],
  ['space', ' '],
  ['noop', ''],
  ['original', ''],
])

const DICE_LIMIT = 100
const SIDES_LIMIT = 1_000_000

/** What a story's clock says; the machine's has no part in a story. */
export const clockValues = ({ state: { clock }, words }: Head): MacroValues => {
  const { day, hour, minute } = timeOf(clock.minutes)
  const time = `${twoDigits(hour)}:${twoDigits(minute)}`
  const anchor = words.get(clock.anchor ?? '')
  return {
    time,
    isotime: time,
    date: anchor ? `day ${day} (day 1: ${anchor})` : `day ${day}`,
    weather: clock.weather ?? '',
  }
}

/** A number from 0 to under `count` that follows from a text alone: FNV-1a, and mixed so that all its bits count. */
const chosenBy = (text: string, count: number): number => {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) % count
}

/** `a,b` with `\,` for a comma, or `a::b`, which keeps blanks. */
const choicesIn = (list: string): string[] =>
  list.includes('::')
    ? list.split('::')
    : list.split(/(?<!\\),/u).map((choice) => choice.replaceAll('\\,', ',').trim())

/** The sum of dice such as `d6`, `2d6+1` or `20`, which is one die; undefined where it is none. */
const rolled = (dice: string, seed: string): string | undefined => {
  const match = /^(?:(?<count>\d{0,3})d)?(?<sides>\d{1,7})(?<plus>[+-]\d{1,7})?$/iu.exec(dice)
  if (!match?.groups) return undefined
  const count = Number(match.groups.count || 1)
  const sides = Number(match.groups.sides)
  if (count < 1 || count > DICE_LIMIT || sides < 1 || sides > SIDES_LIMIT) return undefined
  const thrown = Array.from({ length: count }, (_, nth) => chosenBy(`${seed}:${nth}`, sides) + 1)
  return String(thrown.reduce((sum, die) => sum + die, Number(match.groups.plus ?? 0)))
}

/** What stands between the braces, in a value; undefined where that means nothing to us. */
const meaningOf = (inner: string, values: MacroValues, seed: string): string | undefined => {
  if (inner.startsWith('//')) return ''
  const [, word = '', rest] = /^\s*([a-z]+)\s*(?:(?:::?|\s)([\s\S]*))?$/iu.exec(inner) ?? []
  const name = word.toLowerCase()
  if (rest === undefined || rest.trim() === '') {
    const known = ALIASES.get(name) ?? valueNames.find((each) => each === name)
    return known ? values[known] : FIXED.get(name)
  }
  if (name === 'comment') return ''
  if (name === 'random' || name === 'pick') {
    const choices = choicesIn(rest)
    return choices[chosenBy(seed, choices.length)]
  }
  return name === 'roll' ? rolled(rest.trim(), seed) : undefined
}

// The innermost braces, so that one pass has a look at each character once; and the oldest form of some.
const MACRO = /\{\{((?:[^{}]|\{(?!\{)|\}(?!\}))*)\}\}|<(user|bot|char|group|charifnotgroup)>/giu

const withoutEnd = (text: string): string => {
  let end = text.length
  while (text[end - 1] === '\n' || text[end - 1] === '\r') end -= 1
  return text.slice(0, end)
}

/**
 * A template with its macros as values. Values come out as they are: a macro in one is never expanded, nor is one
 * within another. What is not known stays as it is written. `{{random}}`, `{{pick}}` and `{{roll}}` follow from
 * `seed` and their place in the template: with the same seed, the same text comes out.
 */
export const expand = (template: string, values: MacroValues, seed = ''): string => {
  const pieces: string[] = []
  let after = 0
  let isTrimmed = false
  const plain = (text: string) => {
    pieces.push(isTrimmed ? text.replace(/^[\r\n]+/u, '') : text)
    isTrimmed = false
  }
  for (const match of template.matchAll(MACRO)) {
    const [whole, inner, legacy] = match
    plain(template.slice(after, match.index))
    after = match.index + whole.length
    isTrimmed = inner?.trim().toLowerCase() === 'trim'
    if (isTrimmed) pieces.push(withoutEnd(pieces.pop() ?? ''))
    else pieces.push(meaningOf(inner ?? legacy ?? '', values, `${seed}:${match.index}`) ?? whole)
  }
  plain(template.slice(after))
  return pieces.join('')
}
