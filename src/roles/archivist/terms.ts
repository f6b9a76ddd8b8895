import { onOneRow, shorten } from '../../kit/text.ts'
import type { CitedLine } from '../../story/edit/edit.ts'
import { LABEL_LIMIT } from '../../story/label.ts'
import type { Line } from '../../story/line.ts'
import type { EntityId, PlaceId } from '../../story/ref.ts'
import { knownSince, type Resets } from '../../story/reset.ts'
import { type Member, type Roster, toldIn } from '../roster.ts'
import type { Destination } from './places.ts'

/** The longest memory or fact, in UTF-16 units. */
export const TEXT_LIMIT = 400

/** The longest reason, in UTF-16 units. */
export const REASON_LIMIT = 120

/** A line that can be cited, with those who perceived it and still know of it. */
export type Cited = CitedLine & Pick<Line, 'turn' | 'speaker' | 'kind' | 'text'>

/** What the words and numbers of a proposal stand for. */
export type Terms = {
  /** All that can be cited, in their order. */
  readonly lines: readonly Cited[]
  member(handle: string | null): Member | undefined
  /** Whether someone is played by a person, who says where they go. */
  isPlayed(entity: EntityId): boolean
  /** By a line's number, from 1. */
  line(number: number): Cited | undefined
  place(handle: string): PlaceId | undefined
  /** A text for some of the story; undefined where there is none, or it must not come before one of them. */
  text(proposed: string, readers: readonly EntityId[]): string | undefined
  /** A few words on why something is so, likewise; null where there are none. */
  reason(proposed: string | null, readers: readonly EntityId[]): string | null
  /** A label, likewise. Null: nothing is to stand there any more; undefined: what stands there stays. */
  label(proposed: string | null, readers: readonly EntityId[]): string | null | undefined
}

/** Lines as they can be cited. What is said out of character cannot. */
export const citedIn = (resets: Resets, lines: readonly Line[]): Cited[] =>
  toldIn(lines).map((line) => ({
    ...{ id: line.id, turn: line.turn, speaker: line.speaker, kind: line.kind, text: line.text },
    witnesses: line.witnesses.filter((entity) => knownSince(resets, entity, [line]).length > 0),
  }))

/** `isOpenTo`: whether a text may stand in the story, and come before someone in it. */
export const termsOf = (
  roster: Roster,
  destinations: readonly Destination[],
  lines: readonly Cited[],
  isOpenTo: (text: string, reader: EntityId) => boolean,
): Terms => {
  const allowed = (proposed: string, limit: number, readers: readonly EntityId[]) => {
    const text = shorten(onOneRow(proposed), limit)
    return text !== '' && readers.every((reader) => isOpenTo(text, reader)) ? text : undefined
  }
  return {
    lines,
    member: (handle) => roster.find((member) => member.handle === handle),
    isPlayed: (entity) => roster.some((member) => member.entity === entity && !member.isCharacter),
    line: (number) => lines[number - 1],
    place: (handle) => destinations.find((known) => known.handle === handle)?.place,
    text: (proposed, readers) => allowed(proposed, TEXT_LIMIT, readers),
    reason: (proposed, readers) => allowed(proposed ?? '', REASON_LIMIT, readers) ?? null,
    label: (proposed, readers) => {
      if (proposed === null) return undefined
      return onOneRow(proposed) === '' ? null : allowed(proposed, LABEL_LIMIT, readers)
    },
  }
}
