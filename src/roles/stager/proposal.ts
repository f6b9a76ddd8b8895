import { z } from 'zod'
import { HOLDING_LIMIT } from '../../story/activity.ts'
import { isSameName } from '../../story/cast.ts'
import { PlaceTraits } from '../../story/place.ts'
import type { Roster } from '../archivist/roster.ts'
import { anyNumber, lenient, listOf, words, yesOrNo } from './lenient.ts'

/** How many people and relations are taken in: the first ones. */
export const STAGE_LIMITS = { present: 40, relations: 40 } as const

// An enumeration of nothing is no schema. This one names nobody, so nothing comes of what it names.
const NOBODY = ['(nobody)']

const nameAmong = (roster: Roster) => {
  const handles = roster.map(({ handle }) => handle)
  return z.preprocess(
    (raw) => (typeof raw === 'string' ? (handles.find((handle) => isSameName(handle, raw)) ?? raw) : raw),
    z.enum(handles.length > 0 ? handles : NOBODY),
  )
}

const Place = z.object({
  name: z.string(),
  type: z.string().describe('What it is, in a word: a room, a ship, a wood.'),
  inside: lenient(z.object({ name: z.string(), type: z.string() }).nullable(), null),
  moving: yesOrNo,
  public: yesOrNo,
  audible: lenient(PlaceTraits.shape.audible.nullable(), null),
})

const Time = z.object({ day: lenient(anyNumber, 1), hour: anyNumber, minute: lenient(anyNumber, 0) })

const feeling = lenient(anyNumber, 50).describe('0 to 100.')

/**
 * What may be proposed about a roster's first scene. The schema that a model gets is strict; reading is not: whatever is
 * read, nothing is refused as a whole.
 */
export const proposalSchema = (roster: Roster) => {
  const whoever = nameAmong(roster)
  const Person = z.object({
    who: whoever,
    posture: words,
    action: words,
    attends_to: words.describe('A name, or a thing.'),
    holding: listOf(z.string(), HOLDING_LIMIT),
    status: words,
  })
  const Relation = z.object({
    from: nameAmong(roster.filter(({ isCharacter }) => isCharacter)),
    to: whoever,
    affinity: feeling,
    trust: feeling,
    summary: words,
  })
  return z.preprocess(
    (raw) => (typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : {}),
    z.object({
      place: lenient(Place.nullable(), null),
      time: lenient(Time.nullable(), null),
      first_day: words,
      weather: words,
      present: listOf(Person, STAGE_LIMITS.present),
      relations: listOf(Relation, STAGE_LIMITS.relations),
    }),
  )
}

export type Proposal = z.output<ReturnType<typeof proposalSchema>>

/** What is proposed where no model answers. */
export const nothing: Proposal = {
  place: null,
  time: null,
  first_day: null,
  weather: null,
  present: [],
  relations: [],
}
