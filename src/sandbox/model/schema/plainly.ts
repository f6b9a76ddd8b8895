import { goingIn } from '../read/going.ts'
import type { Line } from '../read/lines.ts'
import { type Node, resolve, type Schema, typeOf } from './node.ts'
import type { Words } from './words.ts'

/** What seldom happens in a story, and is told only where a player's line plainly says so. */

const enumOf = (node: Node, key: string, root: Schema): readonly unknown[] =>
  resolve(node.properties?.[key] ?? true, root).enum ?? []

const hasOnly = (node: Node, ...keys: readonly string[]): boolean => {
  const own = Object.keys(node.properties ?? {})
  return own.length === keys.length && own.every((key) => keys.includes(key))
}

const texts = (values: readonly unknown[]) => values.filter((value) => typeof value === 'string')

type Spoken = Line & { readonly number: number; readonly by: string }

const playersLines = ({ lines, cast }: Words): Spoken[] => {
  const isPlayed = (by: string | undefined) => cast.some(({ name, played }) => played && name === by)
  return lines.filter((line): line is Spoken => line.number !== undefined && isPlayed(line.by))
}

/** Whether a prompt's list of people says that someone is not there. */
const isElsewhere = (name: string, { prompt }: Words): boolean =>
  new RegExp(`^- ${RegExp.escape(name)} \\([^)\\n]*(?:elsewhere|no longer here)\\)`, 'mu').test(prompt)

/** An entry for each who goes by a player's line. Undefined where that is not what a list is of. */
const movesFor = (items: Schema, words: Words, root: Schema): unknown[] | undefined => {
  const node = resolve(items, root)
  const destinations = texts(enumOf(node, 'to', root))
  if (!hasOnly(node, 'line', 'who', 'to') || !destinations.includes('away')) return undefined
  const people = texts(enumOf(node, 'who', root))
  const places = destinations.filter((to) => to !== 'away' && to !== 'here')
  return playersLines(words).flatMap((line) => {
    const isHere = !isElsewhere(line.by, words)
    const others = line.heardBy.filter((name) =>
      words.cast.some((each) => each.name === name && !each.played),
    )
    const going = goingIn(line, isHere, places, others)
    if (going === undefined) return []
    const { to } = going
    const where = typeof to === 'object' ? to.place : to === 'back' ? 'here' : to
    const who = [line.by, ...going.with].filter((name) => people.includes(name))
    return who.map((name) => ({ line: line.number, who: name, to: where }))
  })
}

const HOUR = 60
const DAY = 24 * HOUR

const SKIPS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:the )?(?:next|following) (?:morning|day)\b/iu, 10 * HOUR],
  [/\b(?:some|a few|several|two|three|many)? ?hours (?:later|pass|go by)\b/iu, 3 * HOUR],
  [/\b(?:some|a few|several|two|three|many)? ?days (?:later|pass|go by)\b/iu, 3 * DAY],
  [/\b(?:some|a few|several|two|three|many)? ?weeks (?:later|pass|go by)\b/iu, 14 * DAY],
]

const skipIn = (words: Words): { readonly line: Spoken; readonly minutes: number } | undefined => {
  for (const line of playersLines(words)) {
    const found = SKIPS.find(([pattern]) => pattern.test(line.text.replace(/["“][^"”]*["”]?/gu, '')))
    if (found) return { line, minutes: found[1] }
  }
  return undefined
}

const endIn = (words: Words): Spoken | undefined =>
  playersLines(words).find(({ text }) => /(?:^|[.!*\s])the end\W*$/iu.test(text))

/** That time went by, or that a scene is over, where a player's line says so. */
const eventFor = (key: string, node: Node, words: Words, root: Schema): object | undefined => {
  const reasons = enumOf(node, 'reason', root)
  if (key === 'elapsed' && hasOnly(node, 'line', 'reason', 'minutes') && reasons.includes('skip')) {
    const skip = skipIn(words)
    return skip && { line: skip.line.number, reason: 'skip', minutes: skip.minutes }
  }
  if (key === 'scene_end' && hasOnly(node, 'line', 'reason', 'significance') && reasons.includes('ending')) {
    const end = endIn(words)
    return end && { line: end.number, reason: 'ending', significance: 1 }
  }
  return undefined
}

/** A value where lines plainly say what it is; undefined where it is to be filled in as all others are. */
export const plainly = (key: string, node: Node, words: Words, root: Schema): unknown => {
  if (typeOf(node) === 'array') return movesFor(node.items ?? true, words, root)
  return typeOf(node) === 'object' ? eventFor(key, node, words, root) : undefined
}
