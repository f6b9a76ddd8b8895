import { z } from 'zod'
import type { NewId } from '../../kit/ids.ts'
import { type Decision, type Draft, drafting, type Refusal, type RefusalKind } from '../draft.ts'
import { EntityId, LineId } from '../ref.ts'
import type { StoryState } from '../state.ts'

/** Changes what is true of a story, by hand or as a model proposed. `actor` is the author of the words in it. */
export type Edit<Input> = (state: StoryState, actor: string, input: Input, newId: NewId) => Decision | Refusal

/** An edit that takes in what `schema` reads, so that nothing else gets into the log, whoever proposed it. */
export const edit =
  <Schema extends z.ZodType>(
    schema: Schema,
    change: (draft: Draft, input: z.output<Schema>) => RefusalKind | undefined,
  ): Edit<z.input<Schema>> =>
  (state, actor, input, newId) => {
    const read = schema.safeParse(input)
    if (!read.success)
      return { refused: 'malformed', fields: read.error.issues.map(({ path }) => path.join('.')) }
    const draft = drafting(state, actor, newId)
    const refused = change(draft, read.data)
    return refused === undefined ? draft.done() : { refused }
  }

/** The longest text that an edit takes: what a Discord form lets one write. */
export const PROSE_LIMIT = 4000

export const Prose = z.string().trim().min(1).max(PROSE_LIMIT)

/** A line that something rests on. Its witnesses come from the store, never from a model. */
export const CitedLine = z.object({ id: LineId, witnesses: z.array(EntityId) })
export type CitedLine = z.infer<typeof CitedLine>

/** What a patch leaves open stays as it is. */
export const patched = <T extends object>(
  before: T,
  patch: { readonly [K in keyof T]?: T[K] | undefined },
): T => ({
  ...before,
  ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
})

/** Whether two values of one schema say the same: its parse has put their keys into one order. */
export const isSame = <T>(one: T, other: T): boolean => JSON.stringify(one) === JSON.stringify(other)
