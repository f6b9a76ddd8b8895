import { between, type Random } from '../random.ts'

/**
 * Makes texts for a regular expression: alternatives, groups, classes, quantifiers, the usual escapes. Assertions are
 * passed over, so whoever asks must check what comes.
 */
export const sample = (pattern: string, random: Random): string => {
  let at = 0
  const peek = () => pattern[at] ?? ''
  const eat = (text: string) => {
    if (!pattern.startsWith(text, at)) return false
    at += text.length
    return true
  }

  type Make = () => string

  const alternatives = (): Make => {
    const options = [sequence()]
    while (eat('|')) options.push(sequence())
    return () => options[between(random, 0, options.length - 1)]?.() ?? ''
  }

  const sequence = (): Make => {
    const parts: Make[] = []
    while (at < pattern.length && peek() !== '|' && peek() !== ')') parts.push(quantified(atom()))
    return () => parts.map((part) => part()).join('')
  }

  const quantified = (make: Make): Make => {
    const counted = /^\{(\d+)(,?)(\d*)\}/.exec(pattern.slice(at))
    let range: [number, number] | undefined
    if (counted) {
      at += counted[0].length
      const low = Number(counted[1])
      range = [low, counted[3] ? Number(counted[3]) : counted[2] ? low + 2 : low]
    } else if (eat('*')) range = [0, 3]
    else if (eat('+')) range = [1, 4]
    else if (eat('?')) range = [0, 1]
    if (range === undefined) return make
    eat('?')
    const [low, high] = range
    return () => Array.from({ length: between(random, low, Math.min(high, low + 8)) }, make).join('')
  }

  const oneOf =
    (letters: readonly string[]): Make =>
    () =>
      letters[between(random, 0, letters.length - 1)] ?? ''

  const atom = (): Make => {
    if (eat('(')) {
      const asserts = /^\?(=|!|<=|<!)/.exec(pattern.slice(at))
      at += (/^\?(:|=|!|<=|<!|<\w+>)/.exec(pattern.slice(at)) ?? [''])[0].length
      const inner = alternatives()
      eat(')')
      return asserts ? () => '' : inner
    }
    if (eat('[')) return oneOf(classLetters())
    if (eat('\\')) return oneOf(escaped())
    if (eat('^') || eat('$')) return () => ''
    if (eat('.')) return oneOf(LOWER)
    const letter = String.fromCodePoint(pattern.codePointAt(at) ?? 0)
    at += letter.length
    return () => letter
  }

  const escaped = (): readonly string[] => {
    const letter = peek()
    at += 1
    if (letter === 'b' || letter === 'B') return ['']
    if (letter === 'p' || letter === 'P') {
      at += (/^\{[^}]*\}/.exec(pattern.slice(at)) ?? [''])[0].length
      return LOWER
    }
    if (letter === 'u' || letter === 'x') {
      const [all = '', hex = ''] = /^\{?([0-9a-fA-F]{2,6})\}?/.exec(pattern.slice(at)) ?? []
      at += all.length
      return [String.fromCodePoint(Number.parseInt(hex, 16) || 97)]
    }
    return ESCAPES[letter] ?? [letter]
  }

  const classLetters = (): readonly string[] => {
    const negated = eat('^')
    const letters: string[] = []
    while (at < pattern.length && !eat(']')) {
      const from = eat('\\') ? escaped() : [pattern[at++] ?? '']
      const isRange = peek() === '-' && pattern[at + 1] !== ']' && from.length === 1
      if (isRange) {
        at += 1
        const to = eat('\\') ? escaped() : [pattern[at++] ?? '']
        const [low, high] = [from[0]?.codePointAt(0) ?? 97, to[0]?.codePointAt(0) ?? 122]
        for (let code = low; code <= Math.min(high, low + 200); code += 1)
          letters.push(String.fromCodePoint(code))
      } else letters.push(...from)
    }
    return negated ? PRINTABLE.filter((letter) => !letters.includes(letter)) : letters
  }

  return alternatives()()
}

const span = (from: string, to: string): string[] => {
  const [low, high] = [from.charCodeAt(0), to.charCodeAt(0)]
  return Array.from({ length: high - low + 1 }, (_, index) => String.fromCharCode(low + index))
}
const LOWER = span('a', 'z')
const DIGITS = span('0', '9')
const PRINTABLE = [...LOWER, ...DIGITS, ' ']
const ESCAPES: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  D: LOWER,
  w: [...LOWER, ...DIGITS],
  W: [' '],
  s: [' '],
  S: LOWER,
  n: ['\n'],
  t: ['\t'],
  r: ['\r'],
}
