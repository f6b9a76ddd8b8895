import type { z } from 'zod'
import { onOneRow } from '../../kit/text.ts'
import { cutMiddle, mostThatFits } from '../../prompt/fit.ts'
import type { ChatMessage } from '../../prompt/message.ts'
import { calledIn } from '../../prompt/names.ts'
import { MESSAGE_OVERHEAD } from '../../prompt/tokens.ts'
import type { Head } from '../../story/head.ts'
import type { EntityId } from '../../story/ref.ts'
import { isWhispered } from '../../story/witness.ts'
import { rosterOf, underHandles } from '../roster.ts'
import { nothing, type Proposal, proposalSchema } from './proposal.ts'
import type { View } from './view.ts'

/** In tokens, for the whole prompt. */
const CHRONICLER_LIMIT = 4000

/** The longest answer, in tokens. */
const ANSWER_TOKENS = 600

/** How much stands of a memory or a feeling at the most, in UTF-16 units: it is there to be recognised. */
const KNOWN_UNITS = 300

export type ChroniclerInput = {
  readonly head: Head
  readonly view: View
  /** What the chronicler is to do, with nothing left to fill in. */
  readonly instructions: string
  /** In tokens, as the model counts them. */
  readonly count: (text: string) => number
  readonly limit?: number
}

export type ChroniclerRequest = {
  readonly messages: readonly ChatMessage[]
  readonly schema: z.ZodType<Proposal>
  readonly name: string
  readonly fallback: Proposal
  readonly maxTokens: number
  readonly temperature: number
  /** Whom a handle in the answer stands for. */
  readonly named: (handle: string) => EntityId | undefined
}

const section = (heading: string, rows: readonly string[]): string[] =>
  rows.length > 0 ? [[`# ${heading}`, ...rows].join('\n')] : []

/**
 * What to ask a model of a scene that is over, for one who was in it: it holds no more than they perceived, remember and
 * feel. Long lines lose their middle until all of it is within the limit; `viewsOf` sees to it that enough of them is left.
 */
export const chroniclerRequest = (input: ChroniclerInput): ChroniclerRequest => {
  const { view, instructions, count, limit = CHRONICLER_LIMIT } = input
  const { owner, lines, memories, met } = view
  const roster = rosterOf(input.head, lines)
  const head = underHandles(input.head, roster)
  const called = calledIn(head)
  const name = called(owner)
  const people = met.map(({ entity, before }) => ({ entity, handle: called(entity), before }))
  const said = lines.map((line) => ({
    by: `${called(line.speaker)}${isWhispered(line) ? ' (whispering)' : ''}`,
    text: onOneRow(line.text),
  }))
  const userFor = (units: number): string => {
    const known = (text: string) => cutMiddle(onOneRow(text), Math.min(units, KNOWN_UNITS))
    return [
      `You write for ${name}.`,
      ...section(
        `What ${name} remembers of the scene`,
        memories.map(({ body }, index) => `${index + 1}. ${known(body)}`),
      ),
      ...section(
        `How ${name} felt before it for those who were there`,
        people.map(({ handle, before }) => {
          const felt = known(head.words.get(before ?? '') ?? '')
          return `- ${handle}: ${felt || '(nothing is written yet)'}`
        }),
      ),
      ...section(
        `All that ${name} perceived of the scene, as it was told`,
        said.map(({ by, text }) => `${by}: ${cutMiddle(text, units)}`),
      ),
    ].join('\n\n')
  }
  const longest = Math.max(KNOWN_UNITS, ...said.map(({ text }) => text.length))
  const room = limit - count(instructions) - 2 * MESSAGE_OVERHEAD
  return {
    messages: [
      { role: 'system', content: instructions, cache: true },
      { role: 'user', content: userFor(mostThatFits(longest, (units) => count(userFor(units)) <= room)) },
    ],
    schema: proposalSchema(
      people.map(({ handle }) => handle),
      memories.length,
    ),
    name: 'chronicle',
    fallback: nothing,
    ...{ maxTokens: ANSWER_TOKENS, temperature: 0.2 },
    named: (handle) => people.find((one) => one.handle === handle)?.entity,
  }
}
