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
