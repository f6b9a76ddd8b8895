import { z } from 'zod'
import {
  type Cast,
  type CharacterIdentity,
  characterIn,
  isCast,
  NAME_LIMIT,
  type PersonaIdentity,
  personaOf,
} from '../cast.ts'
import type { Refusal } from '../draft.ts'
import { clampShift, edgeBetween, Feeling } from '../edge.ts'
import { EntityId, PlayerId } from '../ref.ts'
import { CitedLine, edit, PROSE_LIMIT, Prose } from './edit.ts'

/** The longest that each field may be, in UTF-16 units. Forms ask for no more. */
export const CHARACTER_LIMITS = {
  name: NAME_LIMIT,
  persona: PROSE_LIMIT,
  voice: PROSE_LIMIT,
  traits: PROSE_LIMIT,
  backstory: PROSE_LIMIT,
  relationship: PROSE_LIMIT,
  kickoff: PROSE_LIMIT,
} as const satisfies Record<keyof CharacterIdentity, number>

/** The same for a player's persona. */
export const PERSONA_LIMITS = {
  name: NAME_LIMIT,
  pronouns: 40,
  description: PROSE_LIMIT,
} as const satisfies Record<keyof PersonaIdentity, number>

/** Why an edit of a character, or of a persona, comes to nothing. */
export type CharacterRefusal = Extract<Refusal['refused'], 'unknown_entity' | 'nothing_changed' | 'malformed'>
export type PersonaRefusal = Extract<Refusal['refused'], 'no_persona' | 'malformed'>

const Name = z.string().trim().min(1).max(NAME_LIMIT)
const Pronouns = z.string().trim().min(1).max(PERSONA_LIMITS.pronouns)

/** Left out: as it is. Null: cleared. */
const Optional = Prose.nullable().optional()

const CharacterWords = z.object({
  name: Name,
  persona: Optional,
  voice: Optional,
  traits: Optional,
  backstory: Optional,
  relationship: Optional,
  kickoff: Optional,
})

export const createCharacter = edit(CharacterWords, (draft, words) =>
  draft.emit({
    type: 'character.introduced',
    data: {
      character: draft.newId(),
      name: draft.text(words.name),
      persona: draft.optionalText(words.persona),
      voice: draft.optionalText(words.voice),
      traits: draft.optionalText(words.traits),
      backstory: draft.optionalText(words.backstory),
      relationship: draft.optionalText(words.relationship),
      kickoff: draft.optionalText(words.kickoff),
    },
  }),
)

export const reviseCharacter = edit(
  CharacterWords.partial().extend({ character: EntityId }),
  (draft, { character, ...words }) => {
    const known = characterIn(draft.state().cast, character)
    if (!known) return 'unknown_entity'
    if (Object.values(words).every((word) => word === undefined)) return 'nothing_changed'
    const { character: _, ...before } = known
    const identity: CharacterIdentity = {
      name: words.name === undefined ? before.name : draft.text(words.name),
      persona: draft.revisedText(words.persona, before.persona),
      voice: draft.revisedText(words.voice, before.voice),
      traits: draft.revisedText(words.traits, before.traits),
      backstory: draft.revisedText(words.backstory, before.backstory),
      relationship: draft.revisedText(words.relationship, before.relationship),
      kickoff: draft.revisedText(words.kickoff, before.kickoff),
    }
    return draft.emit({ type: 'character.revised', data: { ...identity, character, before } })
  },
)

/** A player says who they play, for the first time or anew. They stay the same persona. */
export const setPersona = edit(
  z.object({
    player: PlayerId,
    name: Name,
    description: Optional,
    pronouns: Pronouns.nullable().optional(),
  }),
  (draft, { player, ...words }) => {
    const known = personaOf(draft.state().cast, player)
    if (!known) {
      draft.takePersona(player, words)
      return undefined
    }
    const { persona, player: _, ...before } = known
    return draft.emit({
      type: 'persona.revised',
      data: {
        persona,
        name: draft.text(words.name),
        description: draft.revisedText(words.description, before.description),
        pronouns: draft.revisedText(words.pronouns, before.pronouns),
        before,
      },
    })
  },
)

/** A player's persona leaves the story, with what it feels and what is felt for it. */
export const clearPersona = edit(z.object({ player: PlayerId }), (draft, { player }) => {
  const known = personaOf(draft.state().cast, player)
  if (!known) return 'no_persona'
  const { persona, player: _, ...before } = known
  return draft.emit({ type: 'persona.dropped', data: { persona, player, before } })
})

const Ends = z.object({ from: EntityId, to: EntityId })

// Neither the narrator nor a person who plays is of the cast: nobody has feelings about them.
const edgeRefusal = (cast: Cast, { from, to }: z.infer<typeof Ends>) => {
  if (from === to) return 'edge_to_self' as const
  return isCast(cast, from) && isCast(cast, to) ? undefined : ('unknown_entity' as const)
}

export const setEdge = edit(
  Ends.extend({ affinity: Feeling.optional(), trust: Feeling.optional() }),
  (draft, { from, to, ...feelings }) => {
    const { cast, edges } = draft.state()
    const refused = edgeRefusal(cast, { from, to })
    if (refused) return refused
    const before = edgeBetween(edges, from, to)
    const { affinity = before.affinity, trust = before.trust } = feelings
    if (affinity === before.affinity && trust === before.trust) return 'nothing_changed'
    return draft.emit({
      type: 'edge.set',
      data: { from, to, affinity, trust, before: { affinity: before.affinity, trust: before.trust } },
    })
  },
)

/** What a line does to how someone who witnessed it feels, within what one line can do. */
export const shiftEdge = edit(
  Ends.extend({
    affinity: z.number(),
    trust: z.number(),
    line: CitedLine,
    reason: Prose.nullable().default(null),
  }),
  (draft, { from, to, line, ...proposed }) => {
    const refused = edgeRefusal(draft.state().cast, { from, to })
    if (refused) return refused
    if (!line.witnesses.includes(from)) return 'not_witnessed'
    const affinity = clampShift(proposed.affinity)
    const trust = clampShift(proposed.trust)
    if (affinity === 0 && trust === 0) return 'nothing_changed'
    return draft.emit({
      type: 'edge.shifted',
      data: { from, to, affinity, trust, line: line.id, reason: draft.optionalText(proposed.reason) },
    })
  },
)

/** `lines`: what it rests on, all witnessed by whom it is about. */
const SummarisedEdge = Ends.extend({ summary: Prose.nullable(), lines: z.array(CitedLine).default([]) })

export const summariseEdge = edit(SummarisedEdge, (draft, input) => {
  const { from, to, lines } = input
  const { cast, edges } = draft.state()
  const refused = edgeRefusal(cast, input)
  if (refused) return refused
  if (!lines.every(({ witnesses }) => witnesses.includes(from))) return 'not_witnessed'
  const before = edgeBetween(edges, from, to).summary
  if (input.summary === null && before === null) return 'nothing_changed'
  return draft.emit({
    type: 'edge.summarised',
    data: {
      ...{ from, to, before, summary: draft.optionalText(input.summary) },
      lines: lines.map(({ id }) => id),
    },
  })
})
