import { APIError } from 'openai'

/** What a server or model was found not to understand. Learned from its own refusals, kept for the process. */
export type Capabilities = {
  readonly streamUsage: boolean
  readonly limitName: 'max_tokens' | 'max_completion_tokens'
  readonly temperature: boolean
}

export const allCapabilities: Capabilities = {
  streamUsage: true,
  limitName: 'max_tokens',
  temperature: true,
}

type Lesson = {
  /** The refusal names the parameter as one that it does not take, rather than a value that is out of bounds. */
  readonly says: RegExp
  readonly learn: (known: Capabilities) => Capabilities
}

const notTaken = String.raw`(un\w+|not \w+|extra\w*|forbidden|only \w+)`
const refused = (param: string) => new RegExp(`${notTaken}.*${param}|${param}.*${notTaken}`, 'is')

const lessons: readonly Lesson[] = [
  { says: /stream_options|include_usage/, learn: (known) => ({ ...known, streamUsage: false }) },
  // All servers know `max_tokens`, except OpenAI for its reasoning models, whose refusal says what to use.
  {
    says: /max_tokens.*max_completion_tokens/s,
    learn: (known) => ({ ...known, limitName: 'max_completion_tokens' }),
  },
  { says: refused('temperature'), learn: (known) => ({ ...known, temperature: false }) },
]

const same = (one: Capabilities, other: Capabilities): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** What a refusal (400 or 422) teaches beyond what was `known`, or undefined when it teaches nothing new. */
export const learn = (error: unknown, known: Capabilities): Capabilities | undefined => {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return undefined
  const said = `${error.message} ${JSON.stringify(error.error ?? '')}`
  return lessons
    .filter((lesson) => lesson.says.test(said))
    .map((lesson) => lesson.learn(known))
    .find((learned) => !same(learned, known))
}
