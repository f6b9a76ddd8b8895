import { plainLines, shorten } from './render.ts'
import { MESSAGE_LIMIT } from './split.ts'

/** Words under a label. */
export type SheetField = { readonly label: string; readonly words: string }

/** Shares `room` so that what is short stays whole, and what is long gets the same each. */
export const shares = (lengths: readonly number[], room: number): number[] => {
  const given: number[] = lengths.map(() => 0)
  const shortestFirst = [...lengths.entries()].sort(([, one], [, other]) => one - other)
  let left = Math.max(room, 0)
  for (const [rank, [index, length]] of shortestFirst.entries()) {
    const share = Math.min(length, Math.floor(left / (lengths.length - rank)))
    given[index] = share
    left -= share
  }
  return given
}

/**
 * One message with people's words, each under its label; their marks take no effect. What is too long for Discord is
 * shortened. Fields without words are left out.
 */
export const sheet = (heading: string, fields: readonly SheetField[], footer = ''): string => {
  const filled = fields
    .map(({ label, words }) => ({ label: `**${label}**\n`, words: plainLines(words) }))
    .filter(({ words }) => words !== '')
  const frame = [heading, ...filled.map(({ label }) => label), footer].filter(Boolean).join('\n\n')
  const room = shares(
    filled.map(({ words }) => words.length),
    MESSAGE_LIMIT - frame.length,
  )
  const blocks = filled.map(({ label, words }, index) => label + shorten(words, room[index] ?? 0))
  return [heading, ...blocks, footer].filter(Boolean).join('\n\n')
}
