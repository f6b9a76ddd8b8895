import { z } from 'zod'
import { onOneRow, shorten } from '../kit/text.ts'
import { cutMiddle, mostThatFits } from '../prompt/fit.ts'
import type { ChatMessage } from '../prompt/message.ts'
import { calledIn } from '../prompt/names.ts'
import { MESSAGE_OVERHEAD } from '../prompt/tokens.ts'
import { characterIn } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { EntityId, LineId } from '../story/ref.ts'
import { knownSince } from '../story/reset.ts'
import { witnessedBy } from '../story/witness.ts'
import { isAlike } from './alike.ts'
import { answerOf, listOf, numeric, ordinal } from './lenient.ts'

/** Of how many changes, the newest, a character's prompts tell. */
export const CHANGES_TOLD = 5

/** How many changes an arc brings for a character at most, and how long each may be, in UTF-16 units. */
const CHANGES_MOST = 3
export const CHANGE_LIMIT = 200

/** Fewer lines than that make nobody another. */
const LINES_LEAST = 4

/** A character with the lines of an arc that they perceived. */
export type Witness = { readonly character: EntityId; readonly lines: readonly Line[] }

/** The characters who perceived enough of some lines to be others after them. */
export const witnessesTo = (
  { state: { cast, resets } }: Pick<Head, 'state'>,
  lines: readonly Line[],
): Witness[] =>
  cast.characters
    .map(({ character }) => ({
      character,
      lines: knownSince(resets, character, witnessedBy(character, lines)),
    }))
    .filter((each) => each.lines.length >= LINES_LEAST)

/** What may be answered about lines that count from 1. Whatever is read, nothing is refused as a whole. */
export const changesSchema = (lines: number) => {
  const Change = z.object({
    line: numeric(ordinal(lines)).describe('The line that shows it.'),
    change: z.string().describe('What is different now, in one sentence.'),
  })
  return answerOf({ changes: listOf(Change, CHANGES_MOST) })
}

type Answer = z.output<ReturnType<typeof changesSchema>>

/** What is answered where nobody changed. */
export const noChanges: Answer = { changes: [] }

/** How a character changed, with the line that shows it. `lines`: all that it was told from. */
export type ToldChange = { readonly text: string; readonly line: Line; readonly lines: readonly LineId[] }

/**
 * What of an answer enters the story, in the order of the lines: each change once, and none that was told before.
 * `isAllowed`: whether a text may stand in the story.
 */
export const readChanges = (
  { changes }: Answer,
  { lines }: Witness,
  before: readonly string[],
  isAllowed: (text: string) => boolean,
): ToldChange[] => {
  const told: ToldChange[] = []
  const from = lines.map(({ id }) => id)
  for (const { line: number, change } of changes.toSorted((one, other) => one.line - other.line)) {
    const text = shorten(onOneRow(change), CHANGE_LIMIT)
    const line = lines[number - 1]
    const known = [...before, ...told.map((each) => each.text)]
    if (line && text !== '' && isAllowed(text) && !known.some((body) => isAlike(body, text)))
      told.push({ text, line, lines: from })
  }
  return told
}

export type BiographerInput = {
  readonly head: Head
  readonly witness: Witness
  /** How the character changed before, the newest last. */
  readonly before: readonly string[]
  readonly instructions: string
  readonly boundaries: string
  /** The longest prompt, in tokens. */
  readonly limit: number
  readonly count: (text: string) => number
}

const section = (heading: string, rows: readonly string[]): string =>
  rows.length > 0 ? [`# ${heading}`, ...rows].join('\n') : ''

/** What a biographer is sent: of the story, no more than the character perceived. */
export const biographerMessages = (input: BiographerInput): ChatMessage[] => {
  const { head, witness, before, instructions, boundaries, limit, count } = input
  const { character, lines } = witness
  const called = calledIn(head)
  const system = [instructions.trim(), boundaries].filter(Boolean).join('\n\n')
  const persona = head.words.get(characterIn(head.state.cast, character)?.persona ?? '') ?? ''
  const texts = lines.map(({ text }) => onOneRow(text))
  const told = (units: number): string =>
    [
      section('The character', [`${called(character)}${persona ? `: ${onOneRow(persona)}` : ''}`]),
      section(
        'How they changed before',
        before.map((change) => `- ${change}`),
      ),
      section(
        `What ${called(character)} perceived`,
        lines.map(
          ({ speaker }, index) =>
            `[${index + 1}] ${called(speaker)}: ${cutMiddle(texts[index] ?? '', units)}`,
        ),
      ),
    ]
      .filter(Boolean)
      .join('\n\n')
  const room = limit - count(system) - 2 * MESSAGE_OVERHEAD
  const longest = Math.max(0, ...texts.map((text) => text.length))
  return [
    { role: 'system', content: system, cache: true },
    { role: 'user', content: told(mostThatFits(longest, (units) => count(told(units)) <= room)) },
  ]
}
