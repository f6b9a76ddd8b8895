/** Takes the next piece of a stream and gives what is to be shown of it. */
export type TextFilter = (piece: string) => string

const NAMES = ['think', 'thinking', 'reasoning', 'thought']
const OPEN = new RegExp(`^<(${NAMES.join('|')})>`, 'i')
const LONGEST_OPEN = Math.max(...NAMES.map((name) => name.length)) + 2

/** True while `text` may still grow into an opening tag. */
const mayOpen = (text: string): boolean =>
  text.length < LONGEST_OPEN && NAMES.some((name) => `<${name}>`.startsWith(text.toLowerCase()))

/**
 * Takes a model's reasoning out of its text while it streams. Models that reason in the text do it before the
 * answer, between tags; so only a tag at the very start opens reasoning, and a tag later on is the story's.
 * Reasoning that is never closed gives nothing.
 */
export const reasoningFilter = (): TextFilter => {
  let mode: 'start' | 'reasoning' | 'answer' = 'start'
  let held = ''
  let close = ''

  const read = (): string => {
    if (mode === 'start') {
      const text = held.trimStart()
      const name = OPEN.exec(text)?.[1]?.toLowerCase()
      if (name !== undefined) {
        mode = 'reasoning'
        close = `</${name}>`
        held = text.slice(name.length + 2)
      } else if (mayOpen(text)) {
        return ''
      } else {
        mode = 'answer'
      }
    }
    if (mode === 'reasoning') {
      const at = held.toLowerCase().indexOf(close)
      if (at < 0) {
        // Keep only what the closing tag could be split over: reasoning can be long.
        held = held.slice(-close.length)
        return ''
      }
      held = held.slice(at + close.length)
      // Some models reason in several blocks one after the other.
      mode = 'start'
      return read()
    }
    const out = held
    held = ''
    return out
  }

  return (piece) => {
    held += piece
    return read()
  }
}

/**
 * Drops white space at both ends of a text while it streams: providers open with blank lines, and a message that
 * is only white space is no message. What it gives, joined, is the text trimmed.
 */
export const trimFilter = (): TextFilter => {
  let started = false
  let space = ''
  return (piece) => {
    const text = started ? space + piece : piece.trimStart()
    const out = text.trimEnd()
    space = text.slice(out.length)
    started ||= out !== ''
    if (!started) space = ''
    return out
  }
}

/** From the text that a model sends to the text that a person reads. */
export const answerFilter = (): TextFilter => {
  const unreasoned = reasoningFilter()
  const trim = trimFilter()
  return (piece) => trim(unreasoned(piece))
}
