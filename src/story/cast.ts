import { z } from 'zod'
import { EntityId, NARRATOR, PlayerId, TextId } from './ref.ts'

export const castEvents = {
  'character.introduced': z.object({ character: EntityId, name: TextId, persona: TextId.nullable() }),
  'persona.taken': z.object({
    persona: EntityId,
    player: PlayerId,
    name: TextId,
    description: TextId.nullable(),
  }),
}

export type Character = z.infer<(typeof castEvents)['character.introduced']>
export type Persona = z.infer<(typeof castEvents)['persona.taken']>

/** Characters, whom models speak for, and personas, through whom players speak. */
export type Cast = { readonly characters: readonly Character[]; readonly personas: readonly Persona[] }

export const emptyCast: Cast = { characters: [], personas: [] }

export const introduce = (cast: Cast, character: Character): Cast => ({
  ...cast,
  characters: [...cast.characters.filter((other) => other.character !== character.character), character],
})

/** A player has one persona at a time: a new one takes the place of the last. */
export const takePersona = (cast: Cast, persona: Persona): Cast => ({
  ...cast,
  personas: [...cast.personas.filter((other) => other.player !== persona.player), persona],
})

export const personaOf = (cast: Cast, player: PlayerId): Persona | undefined =>
  cast.personas.find((persona) => persona.player === player)

/** The text row that holds an entity's name; none for the narrator and for the unknown. */
export const nameOf = (cast: Cast, entity: EntityId): TextId | undefined =>
  cast.characters.find(({ character }) => character === entity)?.name ??
  cast.personas.find(({ persona }) => persona === entity)?.name

/** Everyone who can perceive what happens: while scenes are not told apart, the whole cast. */
export const present = (cast: Cast): EntityId[] => [
  NARRATOR,
  ...cast.characters.map(({ character }) => character),
  ...cast.personas.map(({ persona }) => persona),
]

/** The longest name: Discord shows a webhook's name up to 80, and a line of chat wants less. */
export const NAME_LIMIT = 60

const NAME_END = /\s*(?:[,;:(\n]|\s[-–—]\s)/u

/** Reads "Ada, a smuggler on the run" as a name and who that is. Without a short name in it, `fallback` is the name. */
export const readIntroduction = (text: string, fallback: string): { name: string; description: string } => {
  const whole = text.trim()
  const end = whole.search(NAME_END)
  const name = (end === -1 ? whole : whole.slice(0, end)).trim()
  if (name === '' || name.length > NAME_LIMIT)
    return { name: fallback.slice(0, NAME_LIMIT), description: whole }
  const rest = end === -1 ? '' : whole.slice(end)
  return {
    name,
    description: rest
      .replace(/^[\s,;:(–—-]+/u, '')
      .replace(/^([^(]*)\)$/u, '$1')
      .trim(),
  }
}
