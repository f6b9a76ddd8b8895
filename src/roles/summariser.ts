import { z } from 'zod'
import { shorten } from '../kit/text.ts'
import { cutMiddle, mostThatFits } from '../prompt/fit.ts'
import type { ChatMessage } from '../prompt/message.ts'
import { calledIn } from '../prompt/names.ts'
import { MESSAGE_OVERHEAD } from '../prompt/tokens.ts'
import { castMembers } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { EntityId } from '../story/ref.ts'
import { knownSince } from '../story/reset.ts'
import { witnessedBy } from '../story/witness.ts'
import type { Summary } from './writer.ts'

/** Lines with those who perceived exactly these of a stretch of the story. */
export type View = { readonly owners: readonly EntityId[]; readonly lines: readonly Line[] }

/** The different ways in which the cast perceived some lines. Whoever perceived none of them has no view. */
export const viewsOf = ({ state: { cast, resets } }: Pick<Head, 'state'>, lines: readonly Line[]): View[] => {
  const views = castMembers(cast).map((entity) => ({
    entity,
    lines: knownSince(resets, entity, witnessedBy(entity, lines)),
  }))
  const alike = Map.groupBy(
    views.filter((view) => view.lines.length > 0),
    (view) => view.lines.map(({ id }) => id).join(' '),
  )
  return [...alike.values()].map((same) => ({
    owners: same.map(({ entity }) => entity),
    lines: same[0]?.lines ?? [],
  }))
}

/** The longest summary that is kept, in UTF-16 units: about 200 tokens. */
export const SUMMARY_LIMIT = 900

export const SummaryProposal = z.object({ summary: z.string() })

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

/** A text without those of its sentences that must not stand in the story. */
const withoutCrossings = (text: string, crossingIn: (text: string) => number | undefined): string => {
  let kept = text
  for (let at = crossingIn(kept); at !== undefined; at = crossingIn(kept)) {
    const [crossing] = sentences.segment(kept.slice(at))
    kept = kept.slice(0, at) + kept.slice(at + (crossing?.segment.length ?? kept.length))
  }
  return kept.trim()
}

/**
 * The words of a summary; undefined where none came that may stand in the story. `crossingIn`: where the first sentence
 * begins that must not.
 */
export const readSummary = (
  { summary }: z.infer<typeof SummaryProposal>,
  crossingIn: (text: string) => number | undefined,
): string | undefined => {
  const text = shorten(summary.trim().replace(/\s+/gu, ' '), SUMMARY_LIMIT)
  return withoutCrossings(text, crossingIn) || undefined
}

export type SummariserInput = {
  readonly head: Head
  readonly instructions: string
  readonly boundaries: string
  /** What is to be told in short: lines as some perceived them, or summaries that become one. */
  readonly told: readonly Line[] | readonly Summary[]
  /** The longest prompt, in tokens. */
  readonly limit: number
  readonly count: (text: string) => number
}

const isLine = (told: Line | Summary): told is Line => 'speaker' in told

const joined = (texts: readonly string[]) => `Tell this in short:\n\n${texts.join('\n\n')}`

/** Texts as one, the longest of them cut in their middle until that is within a limit. */
const fitting = (texts: readonly string[], limit: number, count: (text: string) => number): string => {
  const cut = (units: number) => joined(texts.map((text) => cutMiddle(text, units)))
  const longest = Math.max(0, ...texts.map((text) => text.length))
  return cut(mostThatFits(longest, (units) => count(cut(units)) <= limit))
}

/** What a summariser is sent. */
export const summariserMessages = (input: SummariserInput): ChatMessage[] => {
  const { head, instructions, boundaries, told, limit, count } = input
  const called = calledIn(head)
  const system = [instructions, boundaries].filter(Boolean).join('\n\n')
  const texts = told.map((each) =>
    isLine(each) ? `${called(each.speaker)}: ${each.text.trim()}` : each.body,
  )
  return [
    { role: 'system', content: system, cache: true },
    { role: 'user', content: fitting(texts, limit - count(system) - 2 * MESSAGE_OVERHEAD, count) },
  ]
}
