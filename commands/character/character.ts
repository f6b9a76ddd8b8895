import type { Interaction } from 'discord.js'
import type { Face } from '../../src/discord/command.ts'
import { isInCharge, storyHere } from '../../src/discord/here.ts'
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

/** How much room a refusal gives to the names that there are. */
const NAMES_ROOM = 1500

const sameName = (one: string, other: string) =>
  one.trim().normalize().toLowerCase() === other.trim().normalize().toLowerCase()

/** The character with this name, in any case. Refused with the names that there are. */
export const calledHere = (head: Head, name: string, { character: words }: Texts): Character => {
  const { characters } = head.state.cast
  const found = characters.find((character) => sameName(wordIn(head, character, 'name'), name))
  if (found) return found
  if (characters.length === 0) throw new UserFacingError('no_characters', words.none)
  const names = characters.map((character) => wordIn(head, character, 'name')).join(', ')
  throw new UserFacingError(
    'unknown_character',
    words.unknown(plain(name, NAME_LIMIT), plain(names, NAMES_ROOM)),
  )
}

/** The same by its id. */
export const knownHere = (head: Head, id: EntityId, { character: words }: Texts): Character => {
  const character = characterIn(head.state.cast, id)
  if (!character) throw new UserFacingError('character_gone', words.refused.unknown_entity)
  return character
}

/** The story of this thread, for those who may change its characters. */
export const castHere = async (interaction: Interaction<'cached'>, face: Face): Promise<Head> => {
  const head = await storyHere(interaction, face)
  if (!isInCharge(interaction, head))
    throw new UserFacingError('not_your_cast', face.texts.character.notYours)
  return head
}
