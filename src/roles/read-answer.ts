import { calledIn } from '../prompt/names.ts'
import type { Head } from '../story/head.ts'

// A name before a speech, as models write it: `Mira:`, `**Mira:**`, `**Mira**:`.
const nameTag = (name: string) => `\\*{0,2}${RegExp.escape(name)}\\*{0,2}:\\*{0,2}`

/**
 * What of a model's text enters the story: without the speaker's own name before it, and only up to the place
 * where it begins to speak for a player.
 */
export const readAnswer = (text: string, head: Head): string => {
  const called = calledIn(head)
  const own = new RegExp(`^${nameTag(called(head.state.turn.speaker))}\\s*`, 'u')
  const unnamed = text.trimStart().replace(own, '')
  const intrusions = head.state.cast.personas
    .map(({ persona }) => unnamed.search(new RegExp(`^${nameTag(called(persona))}`, 'mu')))
    .filter((at) => at >= 0)
  return unnamed.slice(0, Math.min(unnamed.length, ...intrusions)).trimEnd()
}

/** The same of a text that is still growing: without a last line that may become the name of a speaker. */
export const growingAnswer = (text: string, head: Head): string => {
  const called = calledIn(head)
  const names = [head.state.turn.speaker, ...head.state.cast.personas.map(({ persona }) => persona)].map(
    called,
  )
  const start = text.trimEnd().lastIndexOf('\n') + 1
  const line = text.slice(start).trim().replaceAll('*', '')
  const isOpen = names.some((name) => `${name}:`.startsWith(line))
  return readAnswer(isOpen ? text.slice(0, start) : text, head)
}
