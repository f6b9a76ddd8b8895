import type { Body } from './poster.ts'
import { CLOSE, MESSAGE_LIMIT, pieces, restingPlace } from './split.ts'

/**
 * How a live message looks. `header`: a line above the text, e.g. `**Mira**`. `components`: raw API JSON, shown on
 * the newest part while the text is being written, e.g. the row with Stop. `waiting`: a line that stands there while
 * there is no text; without it nothing is posted until there is some.
 */
export type Look = {
  readonly header?: string
  readonly components?: readonly unknown[]
  readonly waiting?: string
}

/** How it looks when it has ended. `note`: a line below the text, e.g. `-# ⏹ stopped`. */
export type Ending = { readonly note?: string; readonly components?: readonly unknown[] }

const roomFor = (look: Look, ending: Ending | undefined) => ({
  first: look.header === undefined ? 0 : look.header.length + 1,
  last: ending?.note === undefined ? 0 : ending.note.length + 1,
})

/**
 * The messages that show `text`, in order, each as it is sent. Without text, only the waiting line or the ending's
 * note shows. `ends`: where parts were cut before (see `pieces`).
 */
export const renderParts = (
  text: string,
  look: Look,
  ending: Ending | undefined,
  ends: readonly number[] = [],
): Body[] => {
  const found = pieces(text, MESSAGE_LIMIT, { ...roomFor(look, ending), ends })
  const contents = found.map((piece) => piece.open + text.slice(piece.from, piece.to) + piece.close)
  const note = ending === undefined && contents.length === 0 ? look.waiting : ending?.note
  if (contents.length === 0 && note !== undefined) contents.push('')
  const last = contents.length - 1
  const components = (ending === undefined ? look.components : ending.components) ?? []
  return contents.map((content, part) => {
    const lines = [part === 0 ? look.header : undefined, content, part === last ? note : undefined]
    return { content: lines.filter(Boolean).join('\n'), components: part === last ? components : [] }
  })
}

/** How much of the newest text may wait for the next request, in units, so that a message ends with a sentence. */
const HELD = 150

/** With requests so far apart that more text than this comes between them, less may wait. */
const FAR_APART = 400
const HELD_FAR_APART = 30

/**
 * Where to stop showing a growing text for now, because with `growth` more units its last part will be full. When
 * it is, it ends there, and no text that was visible moves to the next message. Undefined while there is room.
 */
export const holdAt = (
  text: string,
  look: Look,
  ends: readonly number[],
  growth: number,
): number | undefined => {
  const room = roomFor(look, undefined)
  const found = pieces(text, MESSAGE_LIMIT, { ...room, ends })
  const last = found.at(-1)
  if (last === undefined) return undefined
  const most = MESSAGE_LIMIT - (found.length === 1 ? room.first : 0) - last.open.length - CLOSE.length
  if (last.to - last.from + growth <= most) return undefined
  const isFarApart = growth > FAR_APART
  const within = isFarApart ? HELD_FAR_APART : HELD
  return restingPlace(text.slice(0, last.from + most), last, { within, orWord: isFarApart })
}
