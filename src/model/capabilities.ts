import { z } from 'zod'
import { lessonIn } from './lessons.ts'

/** How a model can be held to JSON, the strictest first. `none`: by words alone. */
export type StructuredKind = 'json_schema' | 'json_object' | 'none'

/** What a model at a server was found to understand, and what of it is to be known. A plain record. */
export type Capabilities = {
  readonly streamUsage: boolean
  readonly limitName: 'max_tokens' | 'max_completion_tokens'
  readonly temperature: boolean
  /** Between which temperatures it takes one. */
  readonly coldest: number
  readonly hottest: number
  readonly structured: StructuredKind
  /** Where system messages may stand. */
  readonly system: 'anywhere' | 'first' | 'nowhere'
  /** Whether neighbouring messages may be of one role. */
  readonly neighbours: boolean
  /** Whether it takes what says how much of a prompt is worth keeping. */
  readonly cacheHints: boolean
  /** How many tokens prompt and answer may have together; null: nobody has said. */
  readonly context: number | null
  /** The highest limit for an answer that it takes, in tokens; null: nobody has said. */
  readonly longest: number | null
  /** Whether it writes its reasoning before the answer without opening it by a tag. */
  readonly reasonsFirst: boolean
  /** The most tokens that it was seen to reason with; 0: it was not seen to reason. */
  readonly reasoning: number
  /** The most tokens that it wrote beyond what an answer was to have, where its server let it pass its limit. */
  readonly beyond: number
}

export const allCapabilities: Capabilities = {
  streamUsage: true,
  limitName: 'max_tokens',
  temperature: true,
  coldest: 0,
  hottest: 2,
  structured: 'json_schema',
  system: 'anywhere',
  neighbours: true,
  cacheHints: true,
  context: null,
  longest: null,
  reasonsFirst: false,
  reasoning: 0,
  beyond: 0,
}

/** What was kept by this or another version: what it does not understand counts as not known. */
const Kept = z.object({
  streamUsage: z.boolean().catch(true),
  limitName: z.enum(['max_tokens', 'max_completion_tokens']).catch('max_tokens'),
  temperature: z.boolean().catch(true),
  coldest: z.number().catch(0),
  hottest: z.number().catch(2),
  structured: z.enum(['json_schema', 'json_object', 'none']).catch('json_schema'),
  system: z.enum(['anywhere', 'first', 'nowhere']).catch('anywhere'),
  neighbours: z.boolean().catch(true),
  cacheHints: z.boolean().catch(true),
  context: z.int().positive().nullable().catch(null),
  longest: z.int().positive().nullable().catch(null),
  reasonsFirst: z.boolean().catch(false),
  reasoning: z.int().min(0).catch(0),
  beyond: z.int().min(0).catch(0),
}) satisfies z.ZodType<Capabilities>

/** `since`: when the first of what it does not take was learned. Where that was not kept, it counts from now. */
const KeptSince = z.object({ since: z.number().nullable().catch(null) })

/** Servers are brought up to date: what one did not take is tried again after so long. */
const LESSONS_LAST_MS = 7 * 24 * 3_600_000

type Entry = { readonly known: Capabilities; readonly since: number | null }

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
  /** Forgets what a model does not take, as happens by itself after a week. How it reasons stays known. */
  forget(model: string): void
}

const same = (one: Capabilities, other: Capabilities): boolean =>
  Object.entries(one).every(([key, value]) => other[key as keyof Capabilities] === value)

/** What no refusal taught: it is of use whatever a server takes. */
const unrefused = ({ reasonsFirst, reasoning, beyond }: Capabilities): Capabilities => ({
  ...allCapabilities,
  ...{ reasonsFirst, reasoning, beyond },
})

export type BookOptions = {
  readonly now: () => number
  /** What an earlier book had handed to its `keep`, by model. All others are taken to understand everything. */
  readonly kept?: Readonly<Record<string, unknown>>
  readonly keep?: (model: string, known: object) => void
}

export const capabilityBook = ({ now, kept = {}, keep = () => {} }: BookOptions): CapabilityBook => {
  const book = new Map<string, Entry>()
  for (const [model, each] of Object.entries(kept)) {
    const { data: known } = Kept.safeParse(each)
    if (known) book.set(model, { known, since: KeptSince.parse(each).since ?? now() })
  }
  const enter = (model: string, known: Capabilities, since: number | null) => {
    book.set(model, { known, since })
    keep(model, since === null ? known : { ...known, since })
  }
  const forget = (model: string) => {
    const known = book.get(model)?.known
    if (known && !same(known, unrefused(known))) enter(model, unrefused(known), null)
  }
  const of = (model: string): Capabilities => {
    const since = book.get(model)?.since ?? null
    if (since !== null && now() - since >= LESSONS_LAST_MS) forget(model)
    return book.get(model)?.known ?? allCapabilities
  }
  const note = (model: string, seen: Partial<Capabilities>) => {
    const before = of(model)
    const known = { ...before, ...seen }
    if (same(known, before)) return
    const since = same(before, unrefused(before)) ? now() : (book.get(model)?.since ?? now())
    enter(model, known, same(known, unrefused(known)) ? null : since)
  }
  return {
    ...{ of, note, forget },
    learn(model, error, known) {
      const lesson = lessonIn(error, known)
      if (lesson === undefined) return undefined
      // Others may have learned something else meanwhile: only what is new to this one is written down.
      note(model, lesson)
      return { ...known, ...lesson }
    },
  }
}
