import { z } from 'zod'
import { isSameName } from '../../story/cast.ts'

/** How many feelings are taken in: the first ones. */
const FEELINGS_TOLD = 12

// An enumeration of nothing is no schema. This one names nobody, so nothing comes of what it names.
const NOBODY = ['(nobody)']

/** Without the entries that do not fit: those that do stand. */
const listOf = <Schema extends z.ZodType>(entry: Schema, most: number) =>
  z.preprocess(
    (raw) => (Array.isArray(raw) ? raw.filter((each) => entry.safeParse(each).success).slice(0, most) : []),
    z.array(entry).max(most),
  )

// Models write 3 as "3", and the number of a row as "3.".
const asNumber = (raw: unknown): unknown =>
  typeof raw === 'string' && /\d/u.test(raw) ? Number(raw.replace(/[[\].\s]/gu, '')) : raw

/**
 * What a chronicler may answer of those whom someone met, by their handles, and of memories that count from 1. The schema
 * that a model gets is strict; reading is not: whatever is read, nothing is refused as a whole.
 */
export const proposalSchema = (handles: readonly string[], memories: number) => {
  const asHandle = (raw: unknown) =>
    typeof raw === 'string' ? (handles.find((handle) => isSameName(handle, raw)) ?? raw) : raw
  const Feeling = z.object({
    to: z.preprocess(asHandle, z.enum(handles.length > 0 ? handles : NOBODY)),
    summary: z.string().describe('One sentence.'),
  })
  const aMemory = z.preprocess(asNumber, z.int().min(1).max(Math.max(1, memories)))
  return z.preprocess(
    (raw) => (typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : {}),
    z.object({
      summary: z.preprocess((raw) => (typeof raw === 'string' ? raw : ''), z.string()),
      keep: listOf(aMemory, Math.max(1, memories)).describe(
        'The numbers of memories that stay on their own.',
      ),
      feelings: listOf(Feeling, FEELINGS_TOLD),
    }),
  )
}

export type Proposal = z.output<ReturnType<typeof proposalSchema>>

/** What is answered where no model does. */
export const nothing: Proposal = { summary: '', keep: [], feelings: [] }
