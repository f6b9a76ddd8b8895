import { z } from 'zod'
import { answerOf, lenient, listOf, numeric, oneOf, ordinal } from '../lenient.ts'

/** How many feelings are taken in: the first ones. */
const FEELINGS_TOLD = 12

/**
 * What a chronicler may answer of those whom someone met, by their handles, and of memories that count from 1. The schema
 * that a model gets is strict; reading is not: whatever is read, nothing is refused as a whole.
 */
export const proposalSchema = (handles: readonly string[], memories: number) => {
  const Feeling = z.object({
    to: oneOf(handles).name,
    summary: z.string().describe('One sentence.'),
  })
  const aMemory = numeric(ordinal(memories))
  return answerOf({
    summary: lenient(z.string(), ''),
    keep: listOf(aMemory, Math.max(1, memories)).describe('The numbers of memories that stay on their own.'),
    feelings: listOf(Feeling, FEELINGS_TOLD),
  })
}

export type Proposal = z.output<ReturnType<typeof proposalSchema>>

/** What is answered where no model does. */
export const nothing: Proposal = { summary: '', keep: [], feelings: [] }
