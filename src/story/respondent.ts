import type { Cast, Character } from './cast.ts'
import { type EntityId, NARRATOR, type TextId } from './ref.ts'
import type { Segment } from './segment.ts'

const mentions = (text: string, name: string): boolean => {
  const first = name.split(/\s+/u)[0] ?? name
  return new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(first)}(?![\\p{L}\\p{N}])`, 'iu').test(text)
}

/**
 * Who answers: the character whose name falls first, else, when something was said aloud, the character who was
 * introduced last, else the narrator. What was said out of character does not count.
 */
export const respondentTo = (
  cast: Cast,
  words: ReadonlyMap<TextId, string>,
  segments: readonly Segment[],
): EntityId => {
  const heard = segments.filter(({ kind }) => kind !== 'ooc')
  const isNamed = ({ name }: Character) =>
    heard.some(({ text }) => mentions(text, words.get(name) ?? '\u0000'))
  const addressed =
    cast.characters.find(isNamed) ??
    (heard.some(({ kind }) => kind === 'dialogue') ? cast.characters.at(-1) : undefined)
  return addressed?.character ?? NARRATOR
}
