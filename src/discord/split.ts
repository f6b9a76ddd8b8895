/** Discord's limit for the content of one message. It counts code points; units are never fewer. */
export const MESSAGE_LIMIT = 2000

/** What closes a code block that is cut. */
export const CLOSE = '\n```'
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Units to keep free for what is put before the first part and after the last one, line breaks included. */
export type Reserved = { readonly first?: number; readonly last?: number }

export type Room = Reserved & {
  /** Where pieces were cut before, in `text`: a piece that does not hold all the rest ends there again. */
  readonly ends?: readonly number[]
}

/** `text.slice(from, to)`, between the fence marks that are not in the text. */
export type Piece = {
  readonly from: number
  readonly to: number
  readonly open: string
  readonly close: string
}

/** A run of three or more backticks. Discord lets it open or close a block anywhere in a line. */
type Fence = {
  readonly from: number
  readonly to: number
  /** Where the code begins, when this fence opens: after the language and its line break. */
  readonly code: number
  /** What opens this block again in the next part; undefined for a fence that closes. */
  readonly mark: string | undefined
}

type Cut = { readonly at: number; readonly rank: number }

const RANK = { grapheme: 0, word: 1, code: 2, sentence: 3, paragraph: 4 } as const

const SENTENCE_END = /[.!?…。！？]["'”’»›」』)\]）*_~|]*$/u
const WIDE_SENTENCE_END = /[。！？][”’」』）]*/gu

const fencesIn = (text: string, carried: string | undefined): Fence[] => {
  const found: Fence[] = []
  let isOpen = carried !== undefined
  for (const match of text.matchAll(/`{3,}/g)) {
    const to = match.index + match[0].length
    const language = /^([a-z0-9_+.#-]{0,20})(?:\n|$)/i.exec(text.slice(to, to + 21))
    const mark = isOpen ? undefined : `\`\`\`${language?.[1] ?? ''}\n`
    found.push({ from: match.index, to, code: to + (isOpen ? 0 : (language?.[0].length ?? 0)), mark })
    isOpen = !isOpen
  }
  return found
}

/** The block that is open at `at`: its mark, and where its code begins. */
const openAt = (fences: readonly Fence[], carried: string | undefined, at: number) => {
  const last = fences.findLast((fence) => fence.to <= at)
  if (last === undefined) return carried === undefined ? undefined : { mark: carried, code: 0 }
  return last.mark === undefined ? undefined : { mark: last.mark, code: last.code }
}

const isBlank = (text: string): boolean => text.trim() === ''

/** Past white space from `from`, but not into a grapheme that begins with a space, such as a lone accent's. */
const pastSpace = (text: string, from: number, space: RegExp): number => {
  space.lastIndex = from
  const to = from + (space.exec(text)?.[0].length ?? 0)
  if (to === from || to === text.length) return to
  const [first] = graphemes.segment(text.slice(to - 1, to + 8))
  return first === undefined || first.segment.length === 1 ? to : to - 1
}

/** Indentation matters in code, so only whole blank lines are passed over there. */
const nextStart = (text: string, from: number, carried: string | undefined): number =>
  pastSpace(text, from, carried === undefined ? /\s*/y : /(?:[^\S\n]*\n)*/y)

const wordRank = (before: string, space: string): number => {
  if (/\n[^\S\n]*\n/.test(space)) return RANK.paragraph
  return space.includes('\n') || SENTENCE_END.test(before) ? RANK.sentence : RANK.word
}

/** Every place where `window` may be cut, in order. Each leaves something on its left. */
const cutsIn = (window: string, fences: readonly Fence[], carried: string | undefined): Cut[] => {
  const starts = new Set(Array.from(graphemes.segment(window), (part) => part.index))
  const mayCut = (at: number): boolean => {
    if (!starts.has(at) || isBlank(window.slice(0, at))) return false
    if (window[at - 1] === '`' && window[at] === '`') return false
    const block = openAt(fences, carried, at)
    return block === undefined || (at > block.code && !isBlank(window.slice(block.code, at)))
  }
  const isCode = (at: number): boolean => openAt(fences, carried, at) !== undefined
  const spaces = Array.from(window.matchAll(/\s+/g), ({ index: at, 0: space }): Cut => {
    if (isCode(at)) return { at, rank: space.includes('\n') ? RANK.code : RANK.word }
    return { at, rank: wordRank(window.slice(Math.max(0, at - 12), at), space) }
  })
  const wide = Array.from(window.matchAll(WIDE_SENTENCE_END), (match): Cut => {
    const at = match.index + match[0].length
    return { at, rank: isCode(at) ? RANK.word : RANK.sentence }
  })
  const letters = Array.from(starts, (at): Cut => ({ at, rank: RANK.grapheme }))
  return [...letters, ...spaces, ...wide].filter((cut) => mayCut(cut.at))
}

/** The last of the cuts with the highest rank. */
const best = (cuts: readonly Cut[]): Cut | undefined =>
  cuts.toSorted((a, b) => b.rank - a.rank || b.at - a.at)[0]

/** The best rank that leaves the part at least half full. */
const bestCut = (cuts: readonly Cut[], window: string): number => {
  const roomy = cuts.filter((cut) => cut.rank === RANK.grapheme || cut.at >= window.length / 2)
  // One grapheme longer than a message, or nothing but backticks: any code point will do.
  return best(roomy)?.at ?? window.length
}

const withoutHalfPair = (text: string): string => (/[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text)

/**
 * Cuts `text` into pieces whose rendering (`open` + text + `close`) is at most `limit` UTF-16 units: at
 * paragraphs, else at lines and sentences, else at words, else between graphemes; a code block that is cut is
 * closed and opened again. No piece is blank, and only white space lies between two pieces.
 *
 * Stable for streaming: all pieces of a text but its last are also pieces of every longer text that begins with
 * it. That holds because a cut looks at nothing beyond the part's own room. (With `reserved.last`, which is for
 * a finished text, the last *two* pieces may differ from those of the text without it.)
 *
 * `limit` must leave about 60 units beside what is reserved: a fence with its language needs up to 28.
 */
export const pieces = (text: string, limit: number, reserved: Room = {}): Piece[] => {
  const found: Piece[] = []
  let open: string | undefined
  let from = nextStart(text, 0, undefined)
  for (;;) {
    const rest = text.slice(from).trimEnd()
    if (rest === '') return found
    const room = limit - (open?.length ?? 0) - (found.length === 0 ? (reserved.first ?? 0) : 0)
    const lastRoom = room - (reserved.last ?? 0)
    const needed = rest.length + (open !== undefined || rest.includes('```') ? CLOSE.length : 0)
    if (needed <= lastRoom) {
      const block = openAt(fencesIn(rest, open), open, rest.length)
      const isCut = block !== undefined && !isBlank(rest.slice(block.code))
      found.push({ from, to: from + rest.length, open: open ?? '', close: isCut ? CLOSE : '' })
      return found
    }
    const window = withoutHalfPair(rest.slice(0, (rest.length <= room ? lastRoom : room) - CLOSE.length))
    if (isBlank(window)) {
      from = pastSpace(text, from, /\s*/y)
      continue
    }
    const fences = fencesIn(window, open)
    const end = (reserved.ends?.[found.length] ?? 0) - from
    const at = end > 0 && end <= window.length ? end : bestCut(cutsIn(window, fences, open), window)
    const block = openAt(fences, open, at)
    // The text closes the block itself, just where we would.
    const isClosed = block !== undefined && /^\n```(?!`)/.test(rest.slice(at, at + 5))
    const to = from + at + (isClosed ? CLOSE.length : 0)
    found.push({ from, to, open: open ?? '', close: block !== undefined && !isClosed ? CLOSE : '' })
    open = isClosed ? undefined : block?.mark
    from = nextStart(text, to, open)
  }
}

/**
 * Where the last piece of a growing text can stop so that a cut there is a good one: the last end of a line or
 * sentence among its last `within` units, else the last end of a word if `orWord`.
 */
export const restingPlace = (
  text: string,
  piece: Piece,
  { within, orWord }: { readonly within: number; readonly orWord: boolean },
): number | undefined => {
  const open = piece.open === '' ? undefined : piece.open
  const window = withoutHalfPair(text.slice(piece.from))
  const least = Math.max(window.length / 2, window.length - within)
  // A paragraph's end is no better here than a sentence's: every unit that is left out makes the text staler.
  const cuts = cutsIn(window, fencesIn(window, open), open).map(({ at, rank }) => ({
    at,
    rank: Math.min(rank, RANK.code),
  }))
  const lowest = orWord ? RANK.word : RANK.code
  const cut = best(cuts.filter(({ at, rank }) => at >= least && rank >= lowest))
  return cut === undefined ? undefined : piece.from + cut.at
}

/** The parts of `text` as they are sent, fence marks included. See `pieces` for where it is cut. */
export const split = (text: string, limit = MESSAGE_LIMIT, reserved: Reserved = {}): string[] =>
  pieces(text, limit, reserved).map((piece) => piece.open + text.slice(piece.from, piece.to) + piece.close)
