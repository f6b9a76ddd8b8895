/** What a stretch of a player's message is. `prose` carries no mark. */
export type SegmentKind = 'dialogue' | 'action' | 'ooc' | 'prose'

/** `text` is the stretch as it was typed, marks and blanks included: the texts of a message add up to it. */
export type Segment = { readonly kind: SegmentKind; readonly text: string }

/** A segment of a message, which a face knows by its id. */
export type SaidSegment = Segment & { readonly source?: string | null }

/** What opens and what closes an out-of-character remark, as `((` and `))`. They may nest. */
export type OocMarks = { readonly open: string; readonly close: string }

export const DEFAULT_OOC_MARKS: OocMarks = { open: '((', close: '))' }

type Span = { readonly start: number; readonly end: number }

// A remark that is never closed runs to the end of the message: better a word too many kept from a
// character than one too few.
const oocSpans = (message: string, { open, close }: OocMarks): Span[] => {
  const spans: Span[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at < message.length; ) {
    if (depth > 0 && message.startsWith(close, at)) {
      depth -= 1
      at += close.length
      // `((brb (phone)))`: what the last mark leaves over of its own kind still belongs to the remark.
      while (depth === 0 && message[at] === close.at(-1)) at += 1
      if (depth === 0) spans.push({ start, end: at })
    } else if (message.startsWith(open, at)) {
      if (depth === 0) start = at
      depth += 1
      at += open.length
    } else at += 1
  }
  if (depth > 0) spans.push({ start, end: message.length })
  return spans
}

const MASK = '\u0000'

const masked = (message: string, spans: readonly Span[]): string =>
  spans.reduce(
    (text, { start, end }) => text.slice(0, start) + MASK.repeat(end - start) + text.slice(end),
    message,
  )

// The leftmost mark wins, so that emphasis in a quotation stays dialogue and a quotation in an action stays
// action. An action ends within its paragraph and holds **bold** words; a quotation that is not closed runs
// to the end of its paragraph, as print does it. A mark that closes nothing is plain text: 2 * 3 * 4.
const MARKED =
  /(?<action>(?<![*\w])\*(?![*\s])(?:\*\*[^*\n]+\*\*|[^*\n]|\n(?!\s*\n))*?(?<!\s)\*(?![*\w])|(?<!\w)_(?![_\s])(?:[^_\n]|\n(?!\s*\n))*?(?<!\s)_(?!\w))|(?<dialogue>"[^"\n]*(?:"|$|(?=\n))|[“„][^“”\n]*(?:[“”]|$|(?=\n))|«[^»\n]*(?:»|$|(?=\n)))/gmu

const isBlank = (text: string) => text.trim() === ''

/** Splits a message by its marks alone, in order and without loss. A blank message has no segments. */
export const segment = (message: string, marks: OocMarks = DEFAULT_OOC_MARKS): Segment[] => {
  if (isBlank(message)) return []
  const ooc = oocSpans(message, marks)
  const kinds: SegmentKind[] = new Array(message.length).fill('prose')
  const cuts = new Set<number>([0, message.length])
  const paint = (kind: SegmentKind, { start, end }: Span) => {
    kinds.fill(kind, start, end)
    cuts.add(start).add(end)
  }
  for (const match of masked(message, ooc).matchAll(MARKED)) {
    const kind = match.groups?.action === undefined ? 'dialogue' : 'action'
    paint(kind, { start: match.index, end: match.index + match[0].length })
  }
  for (const span of ooc) paint('ooc', span)
  const places = [...cuts].sort((a, b) => a - b)
  const stretches = places.slice(0, -1).map((start, index) => ({
    kind: kinds[start] ?? 'prose',
    text: message.slice(start, places[index + 1]),
  }))
  return absorbBlanks(stretches)
}

// Blanks between two marks belong to the stretch before them, or to the first where nothing is before.
const absorbBlanks = (stretches: readonly Segment[]): Segment[] => {
  const kept: Segment[] = []
  let leading = ''
  for (const stretch of stretches) {
    const last = kept.at(-1)
    if (!isBlank(stretch.text)) {
      kept.push({ kind: stretch.kind, text: leading + stretch.text })
      leading = ''
    } else if (last) kept[kept.length - 1] = { kind: last.kind, text: last.text + stretch.text }
    else leading += stretch.text
  }
  return kept
}

/**
 * Several messages that are taken as one, each on a line of its own. A mark that is open at the end of one does
 * not reach into the next.
 */
export const segmentAll = (
  messages: readonly { readonly id: string; readonly text: string }[],
  marks?: OocMarks,
): SaidSegment[] => {
  const each = messages
    .map(({ id, text }) => segment(text, marks).map((said) => ({ ...said, source: id })))
    .filter((segments) => segments.length > 0)
  return each.flatMap((segments, nth) => {
    const last = segments.at(-1)
    if (last === undefined || nth === each.length - 1) return segments
    return [...segments.slice(0, -1), { ...last, text: `${last.text}\n` }]
  })
}
