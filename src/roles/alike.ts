const wordsIn = (text: string): string[] =>
  text.normalize('NFKC').match(/[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu) ?? []

/** How many words stand in both texts in one order. */
const common = (one: readonly string[], other: readonly string[]): number => {
  let row = new Array<number>(other.length + 1).fill(0)
  for (const word of one) {
    const next = [0]
    for (const [index, candidate] of other.entries())
      next.push(word === candidate ? (row[index] ?? 0) + 1 : Math.max(next[index] ?? 0, row[index + 1] ?? 0))
    row = next
  }
  return row.at(-1) ?? 0
}

const NEGATION = /^(?:not|no|never|none|nothing|nobody|without|neither|nor|\p{L}+n['’]t)$/iu

/** What turns a sentence into another one: who, how many, and whether at all. */
const isTelling = (word: string) => /^\p{Lu}|\p{N}/u.test(word) || NEGATION.test(word)

const lower = (word: string) => word.toLowerCase()

const OVERLAP = 0.8

/**
 * Whether two texts say the same in nearly the same words. Rather no than a wrong yes: what is the same twice only
 * takes room, what is taken for the same is lost.
 */
export const isAlike = (one: string, other: string): boolean => {
  const ours = wordsIn(one)
  const theirs = wordsIn(other)
  const our = ours.map(lower)
  const their = theirs.map(lower)
  const enough = (OVERLAP * (our.length + their.length)) / 2
  if (enough === 0) return one === other
  if (Math.min(our.length, their.length) < enough || common(our, their) < enough) return false
  const isMissing = (words: readonly string[]) => (word: string) => !words.includes(lower(word))
  return ![...ours.filter(isMissing(their)), ...theirs.filter(isMissing(our))].some(isTelling)
}
