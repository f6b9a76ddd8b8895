import type { Cast } from './cast.ts'
import type { Line } from './line.ts'
import { type EntityId, NARRATOR, type TextId } from './ref.ts'

/** Words that stand in many names and in every other sentence: they name nobody. */
const COMMON =
  /^(?:the|an?|of|and|old|young|little|big|lady|lord|sir|dame|king|queen|prince|princess|captain|doctor|dr|mr|mrs|miss|ms|master|mistress|brother|sister|father|mother|uncle|aunt|saint|st)$/iu

/** How someone may be called: by the whole name, and by each of its words that stands for them. */
const callings = (name: string): string[] => [
  name,
  ...name.split(/[\s,.]+/u).filter((word) => /^\p{Lu}[\p{L}\p{M}’'-]+$/u.test(word) && !COMMON.test(word)),
]

/** Where in a text someone is called, or Infinity. */
const firstCall = (text: string, name: string): number => {
  if (name === '') return Infinity
  const ways = callings(name)
    .map((word) => RegExp.escape(word))
    .join('|')
  const at = text.search(new RegExp(`(?<![\\p{L}\\p{N}])(?:${ways})(?![\\p{L}\\p{N}])`, 'iu'))
  return at === -1 ? Infinity : at
}

/** Something that was said, and who perceives it. */
export type Heard = Pick<Line, 'kind' | 'text' | 'witnesses'>

// As it was said, with blanks in the place of what someone did not hear.
const heardText = (said: readonly Heard[], entity: EntityId): string =>
  said.map(({ text, witnesses }) => (witnesses.includes(entity) ? text : ' '.repeat(text.length))).join(' ')

/**
 * Who answers: of those who heard it, the character who is called first, else, when something was said aloud, the
 * character who was introduced last, else the narrator. What was said out of character does not count.
 */
export const respondentTo = (
  cast: Cast,
  words: ReadonlyMap<TextId, string>,
  said: readonly Heard[],
): EntityId => {
  const heard = said.filter(({ kind }) => kind !== 'ooc')
  const called = cast.characters
    .map(({ character, name }) => ({
      character,
      at: firstCall(heardText(heard, character), words.get(name) ?? ''),
    }))
    .filter(({ at }) => at < Infinity)
    .sort((a, b) => a.at - b.at)
  const spoken = heard.filter(({ kind }) => kind === 'dialogue')
  const addressed = cast.characters.findLast(({ character }) =>
    spoken.some(({ witnesses }) => witnesses.includes(character)),
  )
  return called[0]?.character ?? addressed?.character ?? NARRATOR
}
