import type { Capabilities, StructuredKind } from './capabilities.ts'
import { saidBy, statusOf } from './failure.ts'
import { isOverflow } from './overflow.ts'

type Lesson = {
  readonly says: RegExp
  /** Template errors of local servers come as their own fault. */
  readonly alsoAs500?: true
  readonly teaches: (known: Capabilities, said: string) => Partial<Capabilities>
}

/** The next kind to try where one was refused. */
export const looser = (kind: StructuredKind): StructuredKind =>
  kind === 'json_schema' ? 'json_object' : 'none'

/** A value is refused for being too high or too low: nothing is wrong with the parameter. */
const BOUNDS: readonly RegExp[] = [
  /between -?\d+(?:\.\d+)? and (\d+(?:\.\d+)?)/i,
  /(?:less than or equal to|at most|no more than|not exceed|<=|≤|not (?:be )?(?:greater|higher|larger) than) (\d+(?:\.\d+)?)/i,
  /(?:range|in)\b[^\d[(]{0,40}[[(]\s*-?\d+(?:\.\d+)?\s*,\s*(\d+(?:\.\d+)?)\s*[\])]/i,
  /: \d+ > (\d+)/,
]
const ABOVE_NOTHING = /strictly positive|(?<!not )(?<!not be )greater than 0(?!\.?\d)/i

/** As near to nothing as any server can want it. */
const COLDEST = 0.01

const boundIn = (said: string): number | undefined =>
  BOUNDS.map((pattern) => Number(pattern.exec(said)?.[1])).find((bound) => bound > 0)

const isOutOfBounds = (said: string): boolean => boundIn(said) !== undefined || ABOVE_NOTHING.test(said)

const temperaturesIn = ({ coldest, hottest }: Capabilities, said: string): Partial<Capabilities> => ({
  coldest: ABOVE_NOTHING.test(said) ? Math.max(coldest, COLDEST) : coldest,
  hottest: Math.min(hottest, boundIn(said) ?? hottest),
})

/** Below this no limit makes sense: some other number was meant. */
const SHORTEST_ANSWER = 50

const longestIn = ({ longest }: Capabilities, said: string): Partial<Capabilities> => {
  const bound = isOverflow(said) ? undefined : boundIn(said)
  if (bound === undefined || bound < SHORTEST_ANSWER) return {}
  return { longest: Math.min(longest ?? bound, bound) }
}

/** A parameter is named as one that is not taken. */
const notTaken = String.raw`\b(un\w+|not \w+|extra\w*|forbidden|deprecated|only \w+|must be)`
const refused = (param: string) => new RegExp(`${notTaken}.*${param}|${param}.*${notTaken}`, 'is')

const lessons: readonly Lesson[] = [
  { says: /stream_options|include_usage/, teaches: () => ({ streamUsage: false }) },
  // All servers know `max_tokens`, except OpenAI for its reasoning models, whose refusal says what to use.
  {
    says: /max_tokens.*max_completion_tokens/s,
    teaches: () => ({ limitName: 'max_completion_tokens' }),
  },
  { says: /max_(completion_)?tokens/, teaches: longestIn },
  { says: /temperature/i, teaches: temperaturesIn },
  {
    says: refused('temperature'),
    teaches: (_, said) => (isOutOfBounds(said) ? {} : { temperature: false }),
  },
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
    .map(({ teaches }) => teaches(known, said))
    .find(isNews)
}
