import type { Interaction } from 'discord.js'
import type { Face, Suggest } from '../../src/discord/command.ts'
import { ledHere, storyHere } from '../../src/discord/here.ts'
import { castIn, type Known, suggestions, theOne } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type Character, type CharacterIdentity, characterIn, NAME_LIMIT } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'

export type CharacterField = keyof CharacterIdentity

/** What is written in a field; empty where nothing is. */
export const wordIn = (head: Head, character: Character, field: CharacterField): string =>
  head.words.get(character[field] ?? '') ?? ''

/** A character's name as it may stand in a reply. */
export const namedIn = (head: Head, character: Character): string =>
  plain(wordIn(head, character, 'name'), NAME_LIMIT)

/** The characters of a story, by their names. */
const charactersIn = (head: Head, texts: Texts): Known[] =>
  castIn(head, texts).filter(({ id }) => characterIn(head.state.cast, id))

/** The character that a name means. Refused with the names that there are. */
export const calledHere = (head: Head, name: string, texts: Texts): Character => {
  const { id } = theOne(charactersIn(head, texts), name, { ...texts.character, several: texts.known.several })
  return knownHere(head, id, texts)
}

/** The same by its id. */
export const knownHere = (head: Head, id: EntityId, { character: words }: Texts): Character => {
  const character = characterIn(head.state.cast, id)
  if (!character) throw new UserFacingError('character_gone', words.refused.unknown_entity)
  return character
}

/** The story of this thread, for those who may change its characters. */
export const castHere = (interaction: Interaction<'cached'>, face: Face): Promise<Head> =>
  ledHere(interaction, face, face.texts.character.notYours)

/** Suggests the names of the characters. */
export const suggestCharacter: Suggest = async (interaction, typed, face) =>
  suggestions(charactersIn(await storyHere(interaction, face), face.texts), typed)
