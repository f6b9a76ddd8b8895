import { onOneRow } from '../../kit/text.ts'
import { cutMiddle, mostThatFits } from '../../prompt/fit.ts'
import type { EntityId } from '../../story/ref.ts'
import type { Cited } from './terms.ts'

/** A memory of no note, which says what was perceived in the words in which it was. */
export type Plain = { readonly owner: EntityId; readonly text: string; readonly lines: readonly Cited[] }

/** What of a line is told at least: less of it says nothing. */
const LEAST = 24

/** What stands around a cut within a text, beside what is left of it. */
const CUT = ' … '.length

type Called = (entity: EntityId) => string

/** Lines on one row. Where they are too long, each gives up as much of its middle as the longest of them has to. */
const rowOf = (lines: readonly Cited[], limit: number, called: Called): string => {
  const words = lines.map(({ text }) => onOneRow(text))
  const joined = (units: number) =>
    lines
      .map(({ speaker }, at) => `${onOneRow(called(speaker))}: ${cutMiddle(words[at] ?? '', units)}`)
      .join(' ')
  const longest = Math.max(0, ...words.map(({ length }) => length))
  const units = mostThatFits(longest, (most) => joined(most).length <= limit)
  // Of too many lines, the first and the last ones stay.
  const row = joined(Math.max(LEAST, units))
  return row.length <= limit ? row : cutMiddle(row, limit - CUT)
}

/** Without the lines that would bring in what must not stand in the story, alone or with those before them. */
const allowedOf = (
  lines: readonly Cited[],
  isAllowed: (row: readonly Cited[]) => boolean,
): readonly Cited[] => {
  if (isAllowed(lines)) return lines
  const kept: Cited[] = []
  for (const line of lines) if (isAllowed([...kept, line])) kept.push(line)
  return kept
}

/**
 * What those who perceived a turn, and have no other memory of it, remember: its lines. `lines`: of any number of
 * turns, in their order. `roomFor`: how long an owner's memory of a turn may be, in UTF-16 units; 0 for none.
 */
export const plainMemories = (
  owners: readonly EntityId[],
  lines: readonly Cited[],
  roomFor: (owner: EntityId, turn: number) => number,
  called: Called,
  isAllowed: (text: string) => boolean,
): Plain[] =>
  [...Map.groupBy(lines, ({ turn }) => turn)].flatMap(([turn, told]) =>
    owners
      .map((owner) => ({ owner, room: roomFor(owner, turn) }))
      .filter(({ room }) => room > 0)
      .flatMap(({ owner, room }) => {
        const perceived = told.filter(({ witnesses }) => witnesses.includes(owner))
        const rested = allowedOf(perceived, (row) => isAllowed(rowOf(row, room, called)))
        return rested.length > 0 ? [{ owner, text: rowOf(rested, room, called), lines: rested }] : []
      }),
  )
