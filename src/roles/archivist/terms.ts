import { shorten } from '../../kit/text.ts'
import type { CitedLine } from '../../story/edit/edit.ts'
import { LABEL_LIMIT } from '../../story/label.ts'
import type { Line } from '../../story/line.ts'
import type { EntityId } from '../../story/ref.ts'
import { knownSince, type Resets } from '../../story/reset.ts'
import { type Member, type Roster, toldIn } from './roster.ts'

/** The longest memory or fact, in UTF-16 units. */
export const TEXT_LIMIT = 400

/** A line that can be cited, with those who perceived it and still know of it. */
export type Cited = CitedLine & { readonly speaker: EntityId }

/** What the words and numbers of a proposal stand for. */
export type Terms = {
  /** How many lines can be cited. */
  readonly lines: number
  member(handle: string | null): Member | undefined
  /** By a line's number, from 1. */
  line(number: number): Cited | undefined
  /** A text for the story; undefined where there is none, or it must not stand there. */
  text(proposed: string): string | undefined
  /** A label, likewise. Null: nothing is to stand there any more; undefined: what stands there stays. */
  label(proposed: string | null): string | null | undefined
}

const onOneRow = (text: string) =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

export const termsOf = (
  resets: Resets,
  roster: Roster,
  lines: readonly Line[],
  isAllowed: (text: string) => boolean,
): Terms => {
  const cited = toldIn(lines).map((line) => ({
    id: line.id,
    speaker: line.speaker,
    witnesses: line.witnesses.filter((entity) => knownSince(resets, entity, [line]).length > 0),
  }))
  const allowed = (text: string) => (text !== '' && isAllowed(text) ? text : undefined)
  return {
    lines: cited.length,
    member: (handle) => roster.find((member) => member.handle === handle),
    line: (number) => cited[number - 1],
    text: (proposed) => allowed(shorten(onOneRow(proposed), TEXT_LIMIT)),
    label: (proposed) => {
      if (proposed === null) return undefined
      const label = shorten(onOneRow(proposed), LABEL_LIMIT)
      return label === '' ? null : allowed(label)
    },
  }
}
