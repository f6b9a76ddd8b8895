import type { z } from 'zod'
import { shorten } from '../../kit/text.ts'
import { cutMiddle, mostThatFits } from '../../prompt/fit.ts'
import type { ChatMessage } from '../../prompt/message.ts'
import { MESSAGE_OVERHEAD } from '../../prompt/tokens.ts'
import { placeText, timeText } from '../../prompt/world.ts'
import { characterIn } from '../../story/cast.ts'
import type { Head } from '../../story/head.ts'
import type { Place } from '../../story/place.ts'
import { type Roster, rosterOf, underHandles } from '../roster.ts'
import { nothing, type Proposal, proposalSchema } from './proposal.ts'

/** In tokens, for the whole prompt. */
const STAGER_LIMIT = 6000

/** How much is told of each one, and how many of the known places are. */
const WHO_LIMIT = 200
const PLACES_TOLD = 40

export type StagerInput = {
  readonly head: Head
  /** How the scene begins, in someone's words. */
  readonly prose: string
  /** What the stager is to do, with nothing left to fill in. */
  readonly instructions: string
  /** In tokens, as the model counts them. */
  readonly count: (text: string) => number
  readonly limit?: number
  readonly maxTokens: number
}

export type StagerRequest = {
  readonly messages: readonly ChatMessage[]
  readonly schema: z.ZodType<Proposal>
  readonly name: string
  readonly fallback: Proposal
  readonly maxTokens: number
  readonly temperature: number
}

/** All who can be in a scene that begins: the whole cast, wherever they are by now. */
export const everyoneIn = (head: Pick<Head, 'state' | 'words'>): Roster => rosterOf(head, [])

const whoIs = ({ state: { cast }, words }: Head, entity: string): string => {
  const text =
    characterIn(cast, entity)?.persona ?? cast.personas.find(({ persona }) => persona === entity)?.description
  return shorten((words.get(text ?? '') ?? '').replace(/\s+/gu, ' ').trim(), WHO_LIMIT)
}

const memberRow = (head: Head, { entity, handle, isCharacter }: Roster[number]): string => {
  const who = whoIs(head, entity)
  return `- ${handle} (${isCharacter ? 'character' : 'played by a person'})${who && `: ${who}`}`
}

const placeRow = (head: Head, { place, type, moving, public: isPublic, audible }: Place): string =>
  [
    `- ${placeText(head, place)}: ${type}`,
    moving && 'moving',
    isPublic ? 'public' : 'not public',
    `audible ${audible}`,
  ]
    .filter(Boolean)
    .join(', ')

const section = (heading: string, rows: readonly string[]): string =>
  rows.length > 0 ? [`# ${heading}`, ...rows].join('\n') : ''

const systemFor = (head: Head, roster: Roster, instructions: string): string => {
  const { clock, places } = head.state
  return [
    instructions.trim(),
    section(
      'People',
      roster.map((member) => memberRow(head, member)),
    ),
    section(
      'Known places',
      places.slice(0, PLACES_TOLD).map((place) => placeRow(head, place)),
    ),
    section('Now', [
      `Time: ${timeText(head)}`,
      ...(clock.weather === null ? [] : [`Weather: ${clock.weather}`]),
    ]),
  ]
    .filter((text) => text !== '')
    .join('\n\n')
}

/** What to ask a model about the prose of a scene that begins. The middle of prose that is too long is left out. */
export const stagerRequest = (input: StagerInput): StagerRequest => {
  const { prose, instructions, count, limit = STAGER_LIMIT, maxTokens } = input
  const roster = everyoneIn(input.head)
  const system = systemFor(underHandles(input.head, roster), roster, instructions)
  const room = limit - count(system) - 2 * MESSAGE_OVERHEAD
  const text = prose.trim()
  const units = mostThatFits(text.length, (most) => count(cutMiddle(text, most)) <= room)
  return {
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: cutMiddle(text, units) },
    ],
    schema: proposalSchema(roster),
    name: 'stager',
    fallback: nothing,
    maxTokens,
    temperature: 0,
  }
}
