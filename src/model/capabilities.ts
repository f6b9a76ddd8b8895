import { APIError } from 'openai'

/** How a model can be held to JSON, the strictest first. `none`: by words alone. */
export type StructuredKind = 'json_schema' | 'json_object' | 'none'

/** What a model at a server was found to understand. A plain record, learned from the server's own refusals. */
export type Capabilities = {
  readonly streamUsage: boolean
  readonly limitName: 'max_tokens' | 'max_completion_tokens'
  readonly temperature: boolean
  readonly structured: StructuredKind
}

export const allCapabilities: Capabilities = {
  streamUsage: true,
  limitName: 'max_tokens',
  temperature: true,
  structured: 'json_schema',
}

type Lesson = {
  /** The refusal names the parameter as one that it does not take, rather than a value that is out of bounds. */
  readonly says: RegExp
  readonly learn: (known: Capabilities) => Capabilities
}

/** The next kind to try where one was refused. */
export const looser = (kind: StructuredKind): StructuredKind =>
  kind === 'json_schema' ? 'json_object' : 'none'

const notTaken = String.raw`(un\w+|not \w+|extra\w*|forbidden|only \w+|must be)`
const refused = (param: string) => new RegExp(`${notTaken}.*${param}|${param}.*${notTaken}`, 'is')

const lessons: readonly Lesson[] = [
  { says: /stream_options|include_usage/, learn: (known) => ({ ...known, streamUsage: false }) },
  // All servers know `max_tokens`, except OpenAI for its reasoning models, whose refusal says what to use.
  {
    says: /max_tokens.*max_completion_tokens/s,
    learn: (known) => ({ ...known, limitName: 'max_completion_tokens' }),
  },
  { says: refused('temperature'), learn: (known) => ({ ...known, temperature: false }) },
  // One step at a time: a server that refuses schemas may still take `json_object`.
  {
    says: refused('response_format'),
    learn: (known) => ({ ...known, structured: looser(known.structured) }),
  },
]

/** The server takes schemas, but not this one: that says nothing about the next. */
const ABOUT_ONE_SCHEMA = /invalid schema|schema for response_format|response_schema/i

const saidBy = (error: unknown): string | undefined =>
  error instanceof APIError && (error.status === 400 || error.status === 422)
    ? `${error.message} ${JSON.stringify(error.error ?? '')}`
    : undefined

/** Whether a refusal is about the schema that was sent, rather than about schemas. */
export const refusesSchema = (error: unknown): boolean => ABOUT_ONE_SCHEMA.test(saidBy(error) ?? '')

const same = (one: Capabilities, other: Capabilities): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** What a refusal (400 or 422) teaches beyond what was `known`, or undefined when it teaches nothing new. */
export const learn = (error: unknown, known: Capabilities): Capabilities | undefined => {
  const said = saidBy(error)
  if (said === undefined || refusesSchema(error)) return undefined
  return lessons
    .filter((lesson) => lesson.says.test(said))
    .map((lesson) => lesson.learn(known))
    .find((learned) => !same(learned, known))
}

/** What is known of each model at one server, for all who ask it. */
export type CapabilityBook = {
  of(model: string): Capabilities
  /** Takes in what an error taught whoever asked with `known`. Undefined when it taught nothing new. */
  learn(model: string, error: unknown, known: Capabilities): Capabilities | undefined
  /** Everything learned so far, by model: a plain record that can be kept and handed to the next book. */
  all(): Readonly<Record<string, Capabilities>>
}

/** `kept`: what an earlier book had learned. Models that it does not name are taken to understand everything. */
export const capabilityBook = (
  kept: Readonly<Record<string, Partial<Capabilities>>> = {},
): CapabilityBook => {
  const book = new Map<string, Capabilities>(
    Object.entries(kept).map(([model, each]) => [model, { ...allCapabilities, ...each }]),
  )
  const of = (model: string): Capabilities => book.get(model) ?? allCapabilities
  return {
    of,
    learn(model, error, known) {
      const learned = learn(error, known)
      if (learned === undefined) return undefined
      // Others may have learned something else meanwhile: only what is new to this one is written down.
      const news = Object.entries(learned).filter(
        ([key, value]) => known[key as keyof Capabilities] !== value,
      )
      book.set(model, { ...of(model), ...Object.fromEntries(news) })
      return learned
    },
    all: () => Object.fromEntries(book),
  }
}
