import { onOneRow, shorten } from '../../kit/text.ts'
import type { EntityId, MemoryId } from '../../story/ref.ts'
import { readSummary } from '../summariser.ts'
import type { Proposal } from './proposal.ts'
import type { View } from './view.ts'

/** The longest that is noted of a feeling, in UTF-16 units. */
export const FEELING_LIMIT = 300

/** What someone keeps of a scene, in words that may stand in the story. */
export type Account = {
  readonly summary: string
  /** Their memories that stay beside it. */
  readonly kept: readonly MemoryId[]
  /** How they stand now to those whom they met: once for each. */
  readonly feelings: readonly { readonly to: EntityId; readonly text: string }[]
}

type Terms = {
  /** Whom a handle stands for. */
  readonly named: (handle: string) => EntityId | undefined
  /** Where the sentence begins that must not stand in the story; undefined where none does. */
  readonly crossingIn: (text: string) => number | undefined
}

/** What of an answer is kept; undefined where there are no words for the scene that may stand in the story. */
export const accountFrom = (
  { memories, met }: View,
  { summary, keep, feelings }: Proposal,
  { named, crossingIn }: Terms,
): Account | undefined => {
  const text = readSummary({ summary: onOneRow(summary) }, crossingIn)
  if (text === undefined) return undefined
  const felt = feelings.flatMap(({ to, summary: words }) => {
    const entity = named(to)
    const feeling = shorten(onOneRow(words), FEELING_LIMIT)
    const isKnown = met.some((one) => one.entity === entity)
    return entity !== undefined && isKnown && feeling !== '' && crossingIn(feeling) === undefined
      ? [{ to: entity, text: feeling }]
      : []
  })
  return {
    summary: text,
    kept: memories.flatMap(({ memory }, index) => (keep.includes(index + 1) ? [memory] : [])),
    feelings: felt.filter(({ to }, index) => felt.findIndex((other) => other.to === to) === index),
  }
}
