import { z } from 'zod'
import { timeReasons } from '../../story/clock.ts'
import { sceneEndings } from '../../story/scene.ts'
import { answerOf, anyNumber, lenient, listOf, numeric, oneOf, ordinal, wordsOrNull } from '../lenient.ts'
import type { Roster } from '../roster.ts'
import { AWAY, type Destination, HERE } from './places.ts'

/** How many entries of each kind are taken in: the first ones. */
export const ENTRY_LIMITS = { shifts: 24, activities: 12, memories: 64, facts: 16, moves: 16 } as const

const Action = z.object({
  label: z.string().describe('A few words: mends a net. Empty: no longer at it.'),
  interruptibility: lenient(z.enum(['anything', 'being_called', 'urgency', 'nothing']), 'anything').describe(
    'What it takes to interrupt it.',
  ),
  attention: lenient(z.enum(['little', 'half', 'all']), 'half').describe('How much attention it takes.'),
  minutes: lenient(numeric(z.number().nullable()), null).describe(
    'How long it will take. Null: nobody knows.',
  ),
})

const namesOf = (members: Roster) => oneOf(members.map(({ handle }) => handle))

const AS_IT_WAS = 'Null: as it was. Empty: no longer.'

const ofSignificance = lenient(anyNumber, 1).describe('0 to 3.')

const NO_TIME = { line: null, reason: 'talk', minutes: 0 } as const
const GOES_ON = { line: null, reason: 'ending', significance: 1 } as const

/**
 * What the archivist may propose about the people of a roster, the places where they can go and lines that count from
 * 1. The schema that a model gets is strict; reading is not: whatever is read, nothing is refused as a whole.
 */
export const proposalSchema = (roster: Roster, destinations: readonly Destination[], lines: number) => {
  const here = roster.filter(({ isPresent }) => isPresent)
  const whoever = namesOf(roster.filter(({ isConcerned }) => isConcerned))
  const anyone = namesOf(roster)
  const anywhere = oneOf([...destinations.map(({ handle }) => handle), AWAY, HERE])
  const whoIsHere = namesOf(here)
  const whoFeels = namesOf(here.filter(({ isCharacter }) => isCharacter))
  const aLine = ordinal(lines)
  const line = numeric(aLine)
  const lineOrNull = lenient(numeric(aLine.nullable()), null)

  const Shift = z.object({
    line,
    from: whoFeels.name.describe('Who feels it.'),
    to: whoIsHere.name,
    affinity: lenient(anyNumber, 0).describe('The difference: -15 to 15.'),
    trust: lenient(anyNumber, 0).describe('The difference: -15 to 15.'),
    reason: wordsOrNull.describe('In a few words, as: kept her word about the boat.'),
  })
  const Activity = z.object({
    line,
    who: whoIsHere.name,
    posture: wordsOrNull.describe(AS_IT_WAS),
    action: lenient(Action.nullable(), null).describe('Null: as it was.'),
    attends_to: wordsOrNull.describe(`A name, or a thing. ${AS_IT_WAS}`),
    holding: lenient(z.array(z.string()).nullable(), null).describe('All of it. Null: as it was.'),
    status: wordsOrNull.describe(`What holds for longer, as: wounded. ${AS_IT_WAS}`),
  })
  const Memory = z.object({
    lines: z
      .preprocess((raw) => (Array.isArray(raw) ? raw : [raw]), z.array(line))
      .describe('All the lines that it rests on.'),
    who: whoever.name.describe('Who remembers: one who perceived all of these lines.'),
    text: z.string().describe('As that one would tell of it, in the third person and by names.'),
    significance: ofSignificance,
    source: lenient(z.enum(['direct', 'told', 'overheard']), 'direct'),
    told_by: lenient(whoever.orNull, null).describe('Who said it, if the source is told.'),
  })
  const Fact = z.object({ line, who: whoever.name.describe('Who learned it.'), text: z.string() })
  const Elapsed = z.object({
    line: lineOrNull.describe('The line that shows it. Null: none does.'),
    reason: z.enum(timeReasons).exclude(['manual']),
    minutes: anyNumber,
  })
  const Move = z.object({
    line,
    who: anyone.name,
    to: anywhere.name.describe(
      `A place; ${AWAY}: leaves, for nobody knows where; ${HERE}: was elsewhere and comes.`,
    ),
  })
  const SceneEnd = z.object({
    line: lineOrNull.describe('The line that ends the scene. Null: it goes on.'),
    reason: lenient(z.enum(sceneEndings).exclude(['manual']), 'ending').describe(
      'All leave the place, it is said, or time goes by.',
    ),
    significance: ofSignificance,
  })

  return answerOf({
    shifts: listOf(Shift, ENTRY_LIMITS.shifts),
    activities: listOf(Activity, ENTRY_LIMITS.activities),
    elapsed: lenient(Elapsed, NO_TIME),
    memories: listOf(Memory, ENTRY_LIMITS.memories),
    facts: listOf(Fact, ENTRY_LIMITS.facts),
    moves: listOf(Move, ENTRY_LIMITS.moves),
    scene_end: lenient(SceneEnd, GOES_ON),
    significance: ofSignificance.describe('Of all of it together: 0 to 3.'),
  })
}

export type Proposal = z.output<ReturnType<typeof proposalSchema>>

/** What is proposed where no model answers. */
export const nothing: Proposal = {
  shifts: [],
  activities: [],
  elapsed: NO_TIME,
  memories: [],
  facts: [],
  moves: [],
  scene_end: GOES_ON,
  significance: 1,
}

/** A whole step of significance, for whatever number was proposed. */
export const clampSignificance = (proposed: number): number => Math.min(3, Math.max(0, Math.round(proposed)))
