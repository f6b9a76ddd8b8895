const VOWEL = /[aeiouy]/u
const SHORTEST = 3

const undoubled = (stem: string): string => stem.replace(/([bdfgklmnprtz])\1$/u, '$1')

/** What may stand before a suffix that was taken away: `tortur` of `torture`, `stabb` of `stab`. */
const stems = (stem: string): string[] =>
  stem.length >= SHORTEST && VOWEL.test(stem) ? [stem, `${stem}e`, undoubled(stem)] : []

/** The words that a word may be a form of, itself among them. Some are none: they match nothing. */
const basesOf = (word: string): string[] => {
  const without = (suffix: string) => word.slice(0, -suffix.length)
  const bases = [word]
  if (/..ies$/u.test(word)) bases.push(`${without('ies')}y`)
  if (/(?:s|x|z|ch|sh|o)es$/u.test(word)) bases.push(without('es'))
  if (/[^sui]s$/u.test(word)) bases.push(without('s'))
  if (word.endsWith('ing')) bases.push(...stems(without('ing')))
  if (/[^e]ed$/u.test(word)) bases.push(...stems(without('ed')))
  return bases.filter((base) => base.length >= SHORTEST)
}

const inflected = (base: string): string[] => {
  if (base.endsWith('e')) return [base, `${base}s`, `${base}d`, `${base.slice(0, -1)}ing`]
  const forms = [base, `${base}s`, `${base}ed`, `${base}ing`]
  if (/(?:s|x|z|ch|sh|o)$/u.test(base)) forms.push(`${base}es`)
  if (/[^aeiou]y$/u.test(base)) forms.push(...['ies', 'ied'].map((end) => base.slice(0, -1) + end))
  if (/[^aeiou][aeiou][bdfgklmnprtz]$/u.test(base))
    forms.push(...['ed', 'ing'].map((end) => base + base.at(-1) + end))
  return forms
}

/**
 * The forms of a folded word: plural and singular, and those of a verb, as English makes them. A word of other than
 * plain Latin letters, or a very short one, has one form.
 */
export const formsOf = (word: string): string[] =>
  /^[a-z]{3,}$/u.test(word) ? [...new Set(basesOf(word).flatMap(inflected))] : [word]
