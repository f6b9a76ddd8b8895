/** Words of plain English prose, common ones more often, as tokenizers know them. */
const WORDS =
  'the the the the a a and and and of of to to in in on at with for from into over under behind she she he they her his their it was were had has is not but so then now still again only never quiet slow dark cold wet old small long low harbour lighthouse lantern stairs door window rope boat water tide wind rain salt stone fog night morning hand eyes voice shoulder coat table chair cup letter key map name promise debt secret father brother keeper smuggler captain watch turn turns walks waits listens looks holds opens closes lifts sets pulls lets asks says answers nods laughs shrugs whispers remembers forgets knows thinks believes finds leaves stays comes goes something nothing someone nobody everything between beneath against before after while until because although perhaps almost already slowly softly suddenly carefully'.split(
    ' ',
  )

/** Numbers from 0 to under 1 that follow from a seed: mulberry32. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Prose of so many words, in sentences. */
export const prose = (random: () => number, words: number): string => {
  const sentences: string[] = []
  for (let left = words; left > 0; ) {
    const length = Math.min(left, 6 + Math.floor(random() * 12))
    const picked = Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)] ?? 'the')
    const text = picked.join(' ')
    sentences.push(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`)
    left -= length
  }
  return sentences.join(' ')
}

/** A whole number from one to another, both with it. */
export const between = (random: () => number, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1))
