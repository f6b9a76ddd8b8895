import { z } from 'zod'
import { HOLDING_LIMIT } from '../../story/activity.ts'
import { NEUTRAL } from '../../story/edge.ts'
import { PlaceTraits } from '../../story/place.ts'
import { answerOf, anyNumber, lenient, listOf, oneOf, wordsOrNull } from '../lenient.ts'
import type { Roster } from '../roster.ts'

/** How many people and relations are taken in: the first ones. */
const STAGE_LIMITS = { present: 40, relations: 40 } as const

const nameAmong = (roster: Roster) => oneOf(roster.map(({ handle }) => handle)).name

/** Yes, no, or null where it is not said. */
const yesOrNo = lenient(z.boolean().nullable(), null)

const Place = z.object({
  name: z.string(),
  type: z.string().describe('What it is, in a word: a room, a ship, a wood.'),
  inside: lenient(z.object({ name: z.string(), type: z.string() }).nullable(), null),
  moving: yesOrNo,
  public: yesOrNo,
  audible: lenient(PlaceTraits.shape.audible.nullable(), null),
})

const Time = z.object({ day: lenient(anyNumber, 1), hour: anyNumber, minute: lenient(anyNumber, 0) })

const feeling = lenient(anyNumber, NEUTRAL).describe('0 to 100.')

/**
 * What may be proposed about a roster's first scene. The schema that a model gets is strict; reading is not: whatever is
 * read, nothing is refused as a whole.
 */
export const proposalSchema = (roster: Roster) => {
  const whoever = nameAmong(roster)
  const Person = z.object({
    who: whoever,
    posture: wordsOrNull,
    action: wordsOrNull,
    attends_to: wordsOrNull.describe('A name, or a thing.'),
    holding: listOf(z.string(), HOLDING_LIMIT),
    status: wordsOrNull,
  })
  const Relation = z.object({
    from: nameAmong(roster.filter(({ isCharacter }) => isCharacter)),
    to: whoever,
    affinity: feeling,
    trust: feeling,
    summary: wordsOrNull,
  })
  return answerOf({
    place: lenient(Place.nullable(), null),
    time: lenient(Time.nullable(), null),
    first_day: wordsOrNull,
    weather: wordsOrNull,
    present: listOf(Person, STAGE_LIMITS.present),
    relations: listOf(Relation, STAGE_LIMITS.relations),
  })
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
