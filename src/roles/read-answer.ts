import { calledIn } from '../prompt/names.ts'
import { castMembers } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import { type EntityId, NARRATOR } from '../story/ref.ts'

/** What models put before a name at the beginning of a line: marks of a quotation, a list, emphasis, a heading. */
const LEAD = '[ \\t>\\-–—•*_#]*'
const QUOTE = '["“”„«»‘’\']'
/** How a speech is said, after its speaker’s name and up to its end: `Mira (softly):`. */
const ASIDE = '[ \\t]*[*_]*[(\\[][^()\\[\\]\\n]{0,80}'

const capitalised = (name: string): string =>
  name.replace(/(?<![\p{L}\p{M}\p{N}])\p{Ll}/gu, (letter) => letter.toUpperCase())

// As it is written, as a headline has it, and as a sentence has one that its bearer writes small. No others: a
// character may be called as a thing is.
const spellings = (name: string): string[] => [...new Set([name, capitalised(name), name.toUpperCase()])]

const NOBODY = '(?!)'

const anyOf = (names: readonly string[]): string =>
  `(?:${names.flatMap(spellings).filter(Boolean).map(RegExp.escape).join('|') || NOBODY})`

/** A name before a speech, as models write it: `Mira:`, `**Mira**:`, `[Mira]:`, `- Mira (softly):`, `“Mira”:`. */
const tagOf = (names: readonly string[]): string => {
  const name = anyOf(names)
  return `^${LEAD}(?:${name}|\\[${name}\\]|${QUOTE}${name}${QUOTE})[*_]*(?:${ASIDE}[)\\]])?[*_]*[ \\t]*[:：]`
}

/** What closes the emphasis of a name after its colon: not what opens that of the first word. */
const CLOSING = '(?:\\*\\*|__|[*_](?=\\s|$))?'

/** Whose names end an answer where they stand before a speech: one call has one voice. */
const othersIn = ({ state: { cast, turn } }: Head): EntityId[] =>
  [NARRATOR, ...castMembers(cast)].filter((entity) => entity !== turn.speaker)

/**
 * What of a model's text enters the story: without the speaker's own name before it, and only up to the line that
 * begins with another's name before their speech, whether a player's, a character's or the narrator's.
 */
export const readAnswer = (text: string, head: Head): string => {
  const called = calledIn(head)
  const own = new RegExp(`${tagOf([called(head.state.turn.speaker)])}${CLOSING}\\s*`, 'u')
  const unnamed = text.trimStart().replace(own, '')
  const at = unnamed.search(new RegExp(tagOf(othersIn(head).map(called)), 'mu'))
  return (at === -1 ? unnamed : unnamed.slice(0, at)).trimEnd()
}

/** Whether the beginning of a line may still become a name before a speech. */
const mayName = (line: string, names: readonly string[]): boolean => {
  const begun = line.replace(new RegExp(`^${LEAD}(?:\\[|${QUOTE})?`, 'u'), '')
  const isName = new RegExp(`^${anyOf(names)}(?:\\]|${QUOTE})?[*_]*(?:${ASIDE}[)\\]]?)?[*_]*[ \\t]*$`, 'u')
  return isName.test(begun) || names.flatMap(spellings).some((name) => name.startsWith(begun))
}

/** The same of a text that is still growing: without a last line that may become the name of a speaker. */
export const growingAnswer = (text: string, head: Head): string => {
  const start = text.trimEnd().lastIndexOf('\n') + 1
  const names = [head.state.turn.speaker, ...othersIn(head)].map(calledIn(head))
  return readAnswer(mayName(text.slice(start), names) ? text.slice(0, start) : text, head)
}
