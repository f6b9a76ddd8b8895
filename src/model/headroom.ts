import type { Attempt } from './attempt.ts'
import type { Capabilities } from './capabilities.ts'

/** Reasoning varies a great deal from answer to answer. */
const MARGIN = 1.5
const LEAST = 1_000
const MOST = 8_000

/** So that what is seen is not written down anew after each answer. */
const STEP = 100

const roundedUp = (tokens: number): number => Math.ceil(tokens / STEP) * STEP

/**
 * How many tokens a model gets for its reasoning beside its answer: none before it was seen to reason. At most a quarter
 * of what it takes, where that is known, so that there is room for a prompt.
 */
export const headroomFor = (
  { reasoning }: Pick<Capabilities, 'reasoning'>,
  context: number | undefined,
): number => {
  if (reasoning === 0) return 0
  const wanted = Math.min(Math.max(Math.ceil(reasoning * MARGIN), LEAST), MOST)
  return context === undefined ? wanted : Math.min(wanted, Math.floor(context / 4))
}

/** `limit`: for the request, of an answer with its reasoning. `most`: what it may come to all the same. */
export type Limits = { readonly limit: number; readonly most: number }

/** The limits of an answer that is to have so many tokens. */
export const limitsFor = (maxTokens: number, known: Capabilities, context: number | undefined): Limits => {
  const wanted = maxTokens + headroomFor(known, context)
  const limit = Math.min(wanted, known.longest ?? wanted)
  return { limit, most: Math.max(limit, maxTokens + known.beyond) }
}

/** Whether a model had used up its limit before it came to its answer. */
export const ranOut = ({ finish, text }: Attempt): boolean => finish === 'length' && text === ''

/** How many tokens an answer was reasoned for: as its provider told, else as we count what it showed. */
const reasoningIn = (made: Attempt, count: (text: string) => number): number => {
  const { usage, reasoned, written, text } = made
  if (usage !== undefined && usage.reasoning > 0) return usage.reasoning
  if (reasoned) return Math.max(1, count(written) - count(text))
  // Tokens that nobody was shown are reasoning, too.
  return ranOut(made) && written === '' ? (usage?.output ?? 0) : 0
}

/** What an answer that was to have so many tokens tells of how much its model writes, as far as that is news. */
export const seenIn = (
  made: Attempt,
  known: Capabilities,
  { maxTokens, limit }: { readonly maxTokens: number; readonly limit: number },
  count: (text: string) => number,
): Partial<Capabilities> => {
  // Reasoning that was cut off is only a part of what it would have been.
  const reasoning = roundedUp(reasoningIn(made, count) * (ranOut(made) ? 2 : 1))
  const output = made.usage?.output ?? 0
  const beyond = output > limit ? roundedUp(output - maxTokens) : 0
  return {
    ...(reasoning > known.reasoning ? { reasoning } : {}),
    ...(beyond > known.beyond ? { beyond } : {}),
  }
}
