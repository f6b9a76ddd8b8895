import { z } from 'zod'
import { lessonIn } from './lessons.ts'

/** How a model can be held to JSON, the strictest first. `none`: by words alone. */
export type StructuredKind = 'json_schema' | 'json_object' | 'none'

/** What a model at a server was found to understand, and what of it is to be known. A plain record. */
export type Capabilities = {
  readonly streamUsage: boolean
  readonly limitName: 'max_tokens' | 'max_completion_tokens'
  readonly temperature: boolean
  readonly structured: StructuredKind
  /** Where system messages may stand. */
  readonly system: 'anywhere' | 'first' | 'nowhere'
  /** Whether neighbouring messages may be of one role. */
  readonly neighbours: boolean
  /** Whether it takes what says how much of a prompt is worth keeping. */
  readonly cacheHints: boolean
  /** Whether it writes its reasoning before the answer without opening it by a tag. */
  readonly reasonsFirst: boolean
  /** How many tokens prompt and answer may have together; null: nobody has said. */
  readonly context: number | null
}

export const allCapabilities: Capabilities = {
  streamUsage: true,
  limitName: 'max_tokens',
  temperature: true,
  structured: 'json_schema',
  system: 'anywhere',
  neighbours: true,
  cacheHints: true,
  reasonsFirst: false,
  context: null,
}

/** What was kept by this or another version: what it does not understand counts as not known. */
const Kept = z.object({
  streamUsage: z.boolean().catch(true),
  limitName: z.enum(['max_tokens', 'max_completion_tokens']).catch('max_tokens'),
  temperature: z.boolean().catch(true),
  structured: z.enum(['json_schema', 'json_object', 'none']).catch('json_schema'),
  system: z.enum(['anywhere', 'first', 'nowhere']).catch('anywhere'),
  neighbours: z.boolean().catch(true),
  cacheHints: z.boolean().catch(true),
  reasonsFirst: z.boolean().catch(false),
  context: z.int().positive().nullable().catch(null),
}) satisfies z.ZodType<Capabilities>

/** What is known of each model at one server, for all who ask it. */
export type CapabilityBook = {
  of(model: string): Capabilities
  /**
   * Takes in what an error taught whoever asked with `known`, and gives what to ask with now. Undefined when it
   * taught nothing new.
   */
  learn(model: string, error: unknown, known: Capabilities): Capabilities | undefined
  /** Writes down what was seen of a model in some other way. */
  note(model: string, seen: Partial<Capabilities>): void
}

const same = (one: Capabilities, other: Capabilities): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/**
 * `kept`: what an earlier book had handed to its `keep`, by model. Models that it does not name are taken to
 * understand everything.
 */
export const capabilityBook = (
  kept: Readonly<Record<string, unknown>> = {},
  keep: (model: string, known: Capabilities) => void = () => {},
): CapabilityBook => {
  const book = new Map(
    Object.entries(kept).flatMap(([model, each]) => {
      const { data } = Kept.safeParse(each)
      return data ? [[model, data satisfies Capabilities as Capabilities]] : []
    }),
  )
  const of = (model: string): Capabilities => book.get(model) ?? allCapabilities
  const note = (model: string, seen: Partial<Capabilities>) => {
    const known = { ...of(model), ...seen }
    if (same(known, of(model))) return
    book.set(model, known)
    keep(model, known)
  }
  return {
    of,
    note,
    learn(model, error, known) {
      const lesson = lessonIn(error, known)
      if (lesson === undefined) return undefined
      // Others may have learned something else meanwhile: only what is new to this one is written down.
      note(model, lesson)
      return { ...known, ...lesson }
    },
  }
}
