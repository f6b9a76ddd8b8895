const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Shortens a text to at most `limit` UTF-16 units, at a grapheme, with an ellipsis where something is missing. */
export const shorten = (text: string, limit: number): string => {
  if (text.length <= limit) return text
  let kept = ''
  for (const { segment } of segmenter.segment(text)) {
    if (kept.length + segment.length > limit - 1) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** A text without breaks, so that nothing within it can look like the beginning of something else. */
export const onOneRow = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/** A number of at least two digits, as clocks show it. */
export const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** Names as one reads them in a sentence: "Ada, Mira and Eli"; of more than `most`, "Ada, Mira and 7 more". */
export const listed = (names: readonly string[], most = names.length): string => {
  const shown = names.length > most ? [...names.slice(0, most), `${names.length - most} more`] : names
  const last = shown.at(-1) ?? ''
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}
