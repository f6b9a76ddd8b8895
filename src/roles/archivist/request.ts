import type { z } from 'zod'
import { onOneRow } from '../../kit/text.ts'
import { cutMiddle, mostThatFits } from '../../prompt/fit.ts'
import type { ChatMessage } from '../../prompt/message.ts'
import { calledIn } from '../../prompt/names.ts'
import { MESSAGE_OVERHEAD } from '../../prompt/tokens.ts'
import { activityText, sceneText } from '../../prompt/world.ts'
import { edgeBetween } from '../../story/edge.ts'
import type { Head } from '../../story/head.ts'
import type { Line } from '../../story/line.ts'
import { type Roster, rosterOf, toldIn, underHandles } from '../roster.ts'
import { type Destination, destinationsIn } from './places.ts'
import { nothing, type Proposal, proposalSchema } from './proposal.ts'

/** In tokens, for the whole prompt. */
const ARCHIVIST_LIMIT = 4000

export type ArchivistInput = {
  readonly head: Head
  /** What is to be settled, the oldest first. */
  readonly lines: readonly Line[]
  /** What came before, for understanding only. */
  readonly context: readonly Line[]
  /** What the archivist is to do, with nothing left to fill in. */
  readonly instructions: string
  /** In tokens, as the model counts them. */
  readonly count: (text: string) => number
  readonly limit?: number
  readonly maxTokens: number
}

export type ArchivistRequest = {
  readonly messages: readonly ChatMessage[]
  readonly schema: z.ZodType<Proposal>
  readonly name: string
  readonly fallback: Proposal
  readonly maxTokens: number
  readonly temperature: number
}

const memberRow = ({ handle, isCharacter, isPresent, isConcerned }: Roster[number]) => {
  const kind = isCharacter ? 'character' : 'played by a person'
  return `- ${handle} (${[kind, !isPresent && (isConcerned ? 'no longer here' : 'elsewhere')].filter(Boolean).join(', ')})`
}

// Those for whom nothing has changed share one row, or a large cast would fill the prompt.
const feelingRows = ({ state: { edges } }: Head, here: Roster): string[] => {
  const feeling = here.filter(({ isCharacter }) => isCharacter)
  const rows = feeling.flatMap((from) =>
    here.flatMap((to) => {
      const edge = edges.find((known) => known.from === from.entity && known.to === to.entity)
      return edge ? [`- ${from.handle} for ${to.handle}: affinity ${edge.affinity}, trust ${edge.trust}`] : []
    }),
  )
  const pairs = feeling.length * (here.length - 1)
  const { affinity, trust } = edgeBetween([], '', '')
  const others = rows.length > 0 ? 'All other feelings' : 'All feelings of characters'
  return rows.length < pairs ? [...rows, `- ${others}: affinity ${affinity}, trust ${trust}`] : rows
}

const section = (heading: string, rows: readonly string[]): string =>
  rows.length > 0 ? [`# ${heading}`, ...rows].join('\n') : ''

const sceneRows = (head: Head, destinations: readonly Destination[]): string[] => {
  const { number, open } = head.state.scene
  const places = destinations.map(({ handle }) => handle)
  return [
    open ? `Scene: ${number}` : 'Scene: none is open, so none can end, and nobody can come or go',
    sceneText(head),
    ...(places.length > 0 ? [`Known places: ${places.join(', ')}`] : []),
  ]
}

const systemFor = (
  head: Head,
  told: readonly Line[],
  roster: Roster,
  destinations: readonly Destination[],
  instructions: string,
): string => {
  const here = roster.filter(({ isPresent }) => isPresent)
  // What some of them did not see could come up in what they remember.
  const hearers = told.flatMap(({ witnesses }) => witnesses)
  const sections = [
    section('People', roster.map(memberRow)),
    section('Where and when', sceneRows(head, destinations)),
    section(
      'What they are doing',
      here.flatMap(({ entity }) => activityText(head, entity, hearers) ?? []),
    ),
    section('Feelings, from 0 to 100', feelingRows(head, here)),
  ]
  return [instructions.trim(), ...sections.filter((text) => text !== '')].join('\n\n')
}

const perceivedBy = ({ witnesses }: Line, roster: Roster): string => {
  const handles = roster.flatMap(({ entity, handle }) => (witnesses.includes(entity) ? [handle] : []))
  return `perceived by ${handles.join(', ') || 'none of them'}`
}

/**
 * What to ask a model for after a turn. The context is trimmed to the limit first, the oldest of it, then the middles
 * of long lines; a prompt stays over the limit only where its instructions and the world alone are.
 */
export const archivistRequest = (input: ArchivistInput): ArchivistRequest => {
  const { lines, instructions, count, limit = ARCHIVIST_LIMIT, maxTokens } = input
  const told = toldIn(lines)
  const roster = rosterOf(input.head, lines)
  const destinations = destinationsIn(input.head.state, lines)
  const head = underHandles(input.head, roster)
  const called = calledIn(head)
  const texts = told.map(({ text }) => onOneRow(text))
  const known = toldIn(input.context).map(({ speaker, text }) => `${called(speaker)}: ${onOneRow(text)}`)
  const system = systemFor(head, told, roster, destinations, instructions)

  const userFor = (contextRows: number, units: number): string =>
    [
      section('Already known: take nothing from this', known.slice(known.length - contextRows)),
      section(
        'Lines to settle',
        told.map(
          (line, index) =>
            `[${index + 1}] ${called(line.speaker)} (${perceivedBy(line, roster)}): ${cutMiddle(texts[index] ?? '', units)}`,
        ),
      ),
    ]
      .filter((text) => text !== '')
      .join('\n\n')

  const room = limit - count(system) - 2 * MESSAGE_OVERHEAD
  const longest = Math.max(0, ...texts.map((text) => text.length))
  const units = mostThatFits(longest, (most) => count(userFor(0, most)) <= room)
  const contextRows =
    units < longest ? 0 : mostThatFits(known.length, (most) => count(userFor(most, units)) <= room)
  return {
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: userFor(contextRows, units) },
    ],
    schema: proposalSchema(roster, destinations, told.length),
    name: 'archivist',
    fallback: nothing,
    maxTokens,
    temperature: 0,
  }
}
