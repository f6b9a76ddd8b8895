import type { NewId } from '../kit/ids.ts'
import { type Decision, type Draft, drafting, type Refusal } from './draft.ts'
import type { Line } from './line.ts'
import type { LineId, PlayerId } from './ref.ts'
import type { Segment } from './segment.ts'
import type { StoryState } from './state.ts'
import { witnessesOf } from './witness.ts'

/** Of the lines of a turn, those with which its player asked for the answer. */
export const playersLines = ({ cast }: StoryState, lines: readonly Line[]): Line[] =>
  lines.filter(
    ({ speaker, kind }) => kind !== 'ooc' && cast.personas.some(({ persona }) => persona === speaker),
  )

/**
 * Puts segments in the place of lines, and of other wordings of them. Whoever perceived these perceives them: who is
 * present now was not then.
 */
export const replaceLines = (
  draft: Draft,
  lines: readonly Line[],
  segments: readonly Segment[],
  wordings: readonly LineId[] = [],
): void => {
  const [first] = lines
  if (!first) return
  const perceived = lines.find(({ witnesses }) => witnesses.length > 0)?.witnesses
  const witnessesOfKind = (kind: Segment['kind']) =>
    kind === 'ooc' ? [] : [...(perceived ?? witnessesOf(draft.state(), first.speaker, kind))]
  draft.emit({
    type: 'line.revised',
    data: {
      replaces: [...new Set([...lines.map(({ id }) => id), ...wordings])],
      speaker: first.speaker,
      source: first.source,
      turn: first.turn,
      place: Math.min(...lines.map(({ place }) => place)),
      lines: segments.map(({ kind, text }) => ({
        line: draft.newId(),
        kind,
        text: draft.text(text),
        witnesses: witnessesOfKind(kind),
      })),
    },
  })
}

const said = (parts: readonly Pick<Segment, 'text'>[]): string =>
  parts
    .map(({ text }) => text)
    .join('')
    .trim()

// Messages that were taken as one stand on lines of their own.
const joined = (segments: readonly Segment[], lines: readonly Line[]): Segment[] =>
  lines.at(-1)?.text.endsWith('\n')
    ? segments.map((one, index) =>
        index === segments.length - 1 ? { ...one, text: `${one.text.trimEnd()}\n` } : one,
      )
    : [...segments]

/**
 * A player has written their message anew: `lines` are what is visible of it. The new words take the place of all its
 * wordings, for an answer may have been given to another one.
 */
export const revise = (
  state: StoryState,
  player: PlayerId,
  lines: readonly Line[],
  segments: readonly Segment[],
  newId: NewId,
  wordings: readonly LineId[] = [],
): Decision | Refusal => {
  if (state.turn.phase === 'open') return { refused: 'turn_open' }
  if (lines.length === 0) return { refused: 'no_line' }
  if (segments.length === 0) return { refused: 'blank' }
  if (said(lines) === said(segments)) return { refused: 'nothing_changed' }
  const draft = drafting(state, player, newId)
  replaceLines(draft, lines, joined(segments, lines), wordings)
  return draft.done()
}
