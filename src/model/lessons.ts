import type { Capabilities, StructuredKind } from './capabilities.ts'
import { saidBy, statusOf } from './failure.ts'

type Lesson = {
  /** The refusal names the parameter as one that it does not take, rather than a value that is out of bounds. */
  readonly says: RegExp
  /** Template errors of local servers come as their own fault. */
  readonly alsoAs500?: true
  readonly teaches: (known: Capabilities) => Partial<Capabilities>
}

/** The next kind to try where one was refused. */
export const looser = (kind: StructuredKind): StructuredKind =>
  kind === 'json_schema' ? 'json_object' : 'none'

const notTaken = String.raw`(un\w+|not \w+|extra\w*|forbidden|deprecated|only \w+|must be)`
const refused = (param: string) => new RegExp(`${notTaken}.*${param}|${param}.*${notTaken}`, 'is')

const lessons: readonly Lesson[] = [
  { says: /stream_options|include_usage/, teaches: () => ({ streamUsage: false }) },
  // All servers know `max_tokens`, except OpenAI for its reasoning models, whose refusal says what to use.
  {
    says: /max_tokens.*max_completion_tokens/s,
    teaches: () => ({ limitName: 'max_completion_tokens' }),
  },
  { says: refused('temperature'), teaches: () => ({ temperature: false }) },
  // One step at a time: a server that refuses schemas may still take `json_object`.
  {
    says: refused('response_format'),
    teaches: ({ structured }) => ({ structured: looser(structured) }),
  },
  { says: /prompt_cache_key|cache_control/, teaches: () => ({ cacheHints: false }) },
  {
    says: /system message.{0,20}must be (at the beginning|first|the first)|only the first message.{0,30}system/i,
    alsoAs500: true,
    teaches: ({ system }) => ({ system: system === 'anywhere' ? 'first' : 'nowhere' }),
  },
  {
    says: /system role (is )?not supported|not support '?system|unknown role:? '?system|only user and assistant roles/i,
    alsoAs500: true,
    teaches: () => ({ system: 'nowhere' }),
  },
  // The same words come from templates that have no place for a system message at all.
  {
    says: /roles must alternate|alternate between user and assistant/i,
    alsoAs500: true,
    teaches: ({ neighbours }) => (neighbours ? { neighbours: false } : { system: 'nowhere' }),
  },
]

/** The server takes schemas, but not this one: that says nothing about the next. */
const ABOUT_ONE_SCHEMA = /invalid schema|schema for response_format|response_schema/i

/** Whether a refusal is about the schema that was sent, rather than about schemas. */
export const refusesSchema = (error: unknown): boolean => {
  const status = statusOf(error)
  return (status === 400 || status === 422) && ABOUT_ONE_SCHEMA.test(saidBy(error))
}

/** What a refusal teaches beyond what was `known`, or undefined when it teaches nothing new. */
export const lessonIn = (error: unknown, known: Capabilities): Partial<Capabilities> | undefined => {
  const status = statusOf(error)
  if (status !== 400 && status !== 422 && status !== 500) return undefined
  if (refusesSchema(error)) return undefined
  const said = saidBy(error)
  const isNews = (lesson: Partial<Capabilities>) =>
    Object.entries(lesson).some(([key, value]) => known[key as keyof Capabilities] !== value)
  return lessons
    .filter(({ says, alsoAs500 }) => (status !== 500 || alsoAs500) && says.test(said))
    .map(({ teaches }) => teaches(known))
    .find(isNews)
}
