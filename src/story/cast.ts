import { z } from 'zod'
import { EntityId, PlayerId, TextId } from './ref.ts'

/** Old events lack what was added since: it was never written. */
const addedLater = TextId.nullable().default(null)

/** Who a character is, in texts. `relationship` is to the players; `kickoff` is the prose of its first scene. */
const CharacterIdentity = z.object({
  name: TextId,
  persona: TextId.nullable(),
  voice: addedLater,
  traits: addedLater,
  backstory: addedLater,
  relationship: addedLater,
  kickoff: addedLater,
})
export type CharacterIdentity = z.infer<typeof CharacterIdentity>

const PersonaIdentity = z.object({ name: TextId, description: TextId.nullable(), pronouns: addedLater })
export type PersonaIdentity = z.infer<typeof PersonaIdentity>

export const castEvents = {
  'character.introduced': CharacterIdentity.extend({ character: EntityId }),
  'character.revised': CharacterIdentity.extend({ character: EntityId, before: CharacterIdentity }),
  'persona.taken': PersonaIdentity.extend({ persona: EntityId, player: PlayerId }),
  'persona.revised': PersonaIdentity.extend({ persona: EntityId, before: PersonaIdentity }),
  'persona.dropped': z.object({ persona: EntityId, player: PlayerId, before: PersonaIdentity }),
}

export type Character = z.infer<(typeof castEvents)['character.introduced']>
type CharacterRevised = z.infer<(typeof castEvents)['character.revised']>
export type Persona = z.infer<(typeof castEvents)['persona.taken']>
type PersonaRevised = z.infer<(typeof castEvents)['persona.revised']>
type PersonaDropped = z.infer<(typeof castEvents)['persona.dropped']>

/** Characters, whom models speak for, and personas, through whom players speak. */
export type Cast = { readonly characters: readonly Character[]; readonly personas: readonly Persona[] }

export const emptyCast: Cast = { characters: [], personas: [] }

/** A character of whom no more than the name is written. */
export const nameOnly = (name: TextId): CharacterIdentity => ({
  name,
  persona: null,
  voice: null,
  traits: null,
  backstory: null,
  relationship: null,
  kickoff: null,
})

export const introduce = (cast: Cast, character: Character): Cast => ({
  ...cast,
  characters: [...cast.characters.filter((other) => other.character !== character.character), character],
})

export const reviseCharacter = (cast: Cast, { before: _, ...revised }: CharacterRevised): Cast => ({
  ...cast,
  characters: cast.characters.map((known) => (known.character === revised.character ? revised : known)),
})

/** A player has one persona at a time: a new one takes the place of the last. */
export const takePersona = (cast: Cast, persona: Persona): Cast => ({
  ...cast,
  personas: [...cast.personas.filter((other) => other.player !== persona.player), persona],
})

export const revisePersona = (cast: Cast, { before: _, ...revised }: PersonaRevised): Cast => ({
  ...cast,
  personas: cast.personas.map((known) =>
    known.persona === revised.persona ? { ...revised, player: known.player } : known,
  ),
})

export const dropPersona = (cast: Cast, { persona }: PersonaDropped): Cast => ({
  ...cast,
  personas: cast.personas.filter((other) => other.persona !== persona),
})

export const characterIn = (cast: Cast, id: EntityId): Character | undefined =>
  cast.characters.find(({ character }) => character === id)

export const personaOf = (cast: Cast, player: PlayerId): Persona | undefined =>
  cast.personas.find((persona) => persona.player === player)

/** The text row that holds an entity's name; none for the narrator and for the unknown. */
export const nameOf = (cast: Cast, entity: EntityId): TextId | undefined =>
  characterIn(cast, entity)?.name ?? cast.personas.find(({ persona }) => persona === entity)?.name

/** Characters, then personas, each in the order of their introduction. The narrator is not one of them. */
export const castMembers = (cast: Cast): EntityId[] => [
  ...cast.characters.map(({ character }) => character),
  ...cast.personas.map(({ persona }) => persona),
]

export const isCast = (cast: Cast, entity: EntityId): boolean => castMembers(cast).includes(entity)

/** Whether two names are read as one: in any case, and any way to write their letters. */
export const isSameName = (one: string, other: string): boolean =>
  one.trim().normalize().toLowerCase() === other.trim().normalize().toLowerCase()

/** Whether someone in the story is called so, other than the one who may keep the name. */
export const isNameTaken = (
  cast: Cast,
  words: ReadonlyMap<TextId, string>,
  name: string,
  keeper?: EntityId,
): boolean =>
  castMembers(cast).some(
    (entity) => entity !== keeper && isSameName(words.get(nameOf(cast, entity) ?? '') ?? '', name),
  )

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
