/** The most, up to a bound, that still fits; 0 also where nothing does. */
export const mostThatFits = (bound: number, fits: (most: number) => boolean): number => {
  if (fits(bound)) return bound
  let low = 0
  let high = Math.max(0, bound - 1)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fits(middle)) low = middle
    else high = middle - 1
  }
  return low
}

// A cut between the halves of a character leaves halves that no server takes.
const whole = (text: string) => text.replace(/\p{Cs}/gu, '')

/** Without the part of a word that a cut left at its end or at its beginning; a word alone stays in part. */
const withoutEnd = (text: string) => text.replace(/(?<=\s)\S{1,30}$/u, '')
const withoutBeginning = (text: string) => text.replace(/^\S{1,30}(?=\s)/u, '')

/** A text of which at most `units` UTF-16 units stand, from its beginning and its end, around an ellipsis. */
export const cutMiddle = (text: string, units: number): string => {
  if (text.length <= units) return text
  const [from, to] = [Math.ceil(units / 2), text.length - Math.floor(units / 2)]
  const before = whole(text.slice(0, from))
  const after = whole(text.slice(to))
  const isWord = (at: number) => /^\S\S$/u.test(text.slice(at - 1, at + 1))
  return [
    (isWord(from) ? withoutEnd(before) : before).trimEnd(),
    '…',
    (isWord(to) ? withoutBeginning(after) : after).trimStart(),
  ]
    .filter(Boolean)
    .join(' ')
}
