const NAMES = ['think', 'thinking', 'reasoning', 'thought']
const OPEN = new RegExp(`^<(${NAMES.join('|')})>`, 'i')
const CLOSE = new RegExp(`</(?:${NAMES.join('|')})>`, 'i')
const TAG = new RegExp(`<(/?)(?:${NAMES.join('|')})>`, 'i')
const LONGEST_TAG = Math.max(...NAMES.map((name) => name.length)) + 3

/** True while `text` may still grow into an opening tag. */
const mayOpen = (text: string): boolean =>
  text.length < LONGEST_TAG && NAMES.some((name) => `<${name}>`.startsWith(text.toLowerCase()))

/** Where at the end of a text a tag may have begun. */
const tagBegun = (text: string): number => {
  const at = text.lastIndexOf('<')
  const begun = text.slice(at).toLowerCase()
  const may = at >= 0 && NAMES.some((name) => `<${name}>`.startsWith(begun) || `</${name}>`.startsWith(begun))
  return may ? at : text.length
}

/** Takes a model's text while it streams, and gives what of it is answer. */
export type AnswerReader = {
  /** Takes the next piece and gives what is to be shown of it. */
  take(piece: string): string
  /** Nothing more comes. `whole`: the model came to its end by itself. Gives what was held back till then. */
  end(whole: boolean): string
  /** The answer. What was given and proved to be reasoning afterwards is not in it. */
  text(): string
  /**
   * Whether the model closed reasoning that it had not opened, as those do whose template opens it. Undefined: this
   * text does not tell.
   */
  reasonedFirst(): boolean | undefined
  /** Whether there was reasoning in it. */
  reasoned(): boolean
}

type Mode = 'start' | 'reasoning' | 'held' | 'answer'

/**
 * Models that reason in the text do it before the answer, between tags; so a tag later on is the story's, unless it
 * closes what was never opened: then all before it was reasoning. Where that is known of a model (`reasonsFirst`),
 * nothing is given before that tag; where it is not, what was given by then is taken back from `text`. Reasoning
 * that is never closed gives nothing. White space at both ends goes, too: a message of nothing else is no message.
 */
export const answerReader = (reasonsFirst = false): AnswerReader => {
  let mode: Mode = reasonsFirst ? 'held' : 'start'
  let held = ''
  let close = ''
  let depth = 0
  let given = ''
  let space = ''
  let first: boolean | undefined
  let reasoned = false

  const give = (text: string): string => {
    const all = given === '' ? text.trimStart() : space + text
    const out = all.trimEnd()
    space = all.slice(out.length)
    given += out
    return out
  }

  /** Goes on after a tag that closed reasoning; some models reason in several blocks one after the other. */
  const goOn = (rest: string): string => {
    mode = 'start'
    held = rest
    return read()
  }

  const readStart = (): string => {
    const text = held.trimStart()
    const name = OPEN.exec(text)?.[1]?.toLowerCase()
    if (name !== undefined) {
      mode = 'reasoning'
      reasoned = true
      close = `</${name}>`
      held = text.slice(name.length + 2)
      return read()
    }
    if (mayOpen(text)) return ''
    mode = 'answer'
    return read()
  }

  const readReasoning = (): string => {
    const at = held.toLowerCase().indexOf(close)
    if (at >= 0) return goOn(held.slice(at + close.length))
    // Keep only what the closing tag could be split over: reasoning can be long.
    held = held.slice(-close.length)
    return ''
  }

  const readHeld = (): string => {
    if (OPEN.test(held.trimStart())) return goOn(held)
    const found = CLOSE.exec(held)
    if (found === null) return ''
    first = true
    return goOn(held.slice(found.index + found[0].length))
  }

  const readAnswer = (): string => {
    const found = TAG.exec(held)
    if (found === null) {
      const at = tagBegun(held)
      const out = give(held.slice(0, at))
      held = held.slice(at)
      return out
    }
    const end = found.index + found[0].length
    const rest = held.slice(end)
    if (found[1] === '/' && depth === 0) {
      first = true
      given = ''
      space = ''
      return goOn(rest)
    }
    depth += found[1] === '/' ? -1 : 1
    const out = give(held.slice(0, end))
    held = rest
    return out + read()
  }

  const readers: Readonly<Record<Mode, () => string>> = {
    start: readStart,
    reasoning: readReasoning,
    held: readHeld,
    answer: readAnswer,
  }
  const read = (): string => readers[mode]()

  const takeIn = (piece: string): string => {
    held += piece
    return read()
  }

  return {
    take: takeIn,
    end(whole) {
      let out = ''
      if (mode === 'held' && whole && held !== '') {
        first = false
        mode = 'start'
        out = read()
      }
      return mode === 'answer' ? out + give(held) : out
    },
    text: () => given,
    reasonedFirst: () => first,
    reasoned: () => reasoned || first === true || (mode === 'held' && held !== ''),
  }
}
