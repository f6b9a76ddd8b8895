import { listed } from '../kit/text.ts'
import { calledIn } from '../prompt/names.ts'
import type { Head } from '../story/head.ts'

const isAbout = (row: string, name: string): boolean =>
  new RegExp(`^- ${RegExp.escape(name)}(?![\\p{L}\\p{N}])`, 'iu').test(row)

/**
 * A plan as the one is told it who speaks now: whose turn it is, and the notes for it. What it has the other speakers do
 * is left to them, or done by now. Notes that are not allowed are left out. Empty where nothing is planned.
 */
export const planFor = (head: Head, isAllowed: (text: string) => boolean): string => {
  const { plan, speaker, spoken, next } = head.state.turn
  const notes = head.words.get(plan ?? '')
  if (!notes) return ''
  const called = calledIn(head)
  const others = [...spoken, ...next].filter((other) => other !== speaker).map(called)
  const before = spoken.length > 0 ? `After ${listed(spoken.map(called))}, ` : ''
  const rows = notes.split('\n').filter((row) => isAllowed(row) && !others.some((name) => isAbout(row, name)))
  const order = [`${before}${called(speaker)} speaks now`, ...next.map(called)].join(', then ')
  return [`- ${order}`, ...rows].join('\n')
}
