// Accents of Latin, Greek and Cyrillic letters; marks of other scripts are letters in their own right. And what
// nobody sees: soft hyphens, blanks without width, the sign that asks for an emoji in colour.
const UNSEEN = /[\u0300-\u036f]|[\u00ad\u200b]|\ufe0f/gu

const foldLetter = (letter: string): string =>
  letter.normalize('NFKD').replace(UNSEEN, '').normalize('NFC').toLowerCase().replace('ς', 'σ')

const ABROAD = /[^\p{ASCII}]/gu

/** A text as it is compared: without case, accents and the ways to write one letter. */
export const fold = (text: string): string => text.replace(ABROAD, foldLetter).toLowerCase()

/** Where in a text that stands which has come to a place of its folded form. */
export const unfolded = (text: string, place: number): number => {
  let at = 0
  let folded = 0
  for (const letter of text) {
    folded += fold(letter).length
    if (folded > place) break
    at += letter.length
  }
  return at
}
