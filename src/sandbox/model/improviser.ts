import { LRUCache } from 'lru-cache'
import { schemaAskedFor } from './asked.ts'
import { beginningFor } from './compose/beginning.ts'
import { compose } from './compose/prose.ts'
import { digest, type Random, randomFrom } from './random.ts'
import { type ChatMessage, readPrompt } from './read/prompt.ts'
import { valueFor } from './schema/fill.ts'
import { namesIn, type Schema } from './schema/node.ts'
import { summaryFor, wordsFor } from './schema/words.ts'
import { tokenCount } from './tokens.ts'
import { type CompletionRequest, textOf } from './wire.ts'

/** Writes the answer to a request: the JSON that it asks for, unless `json` is false. */
export type Improviser = (request: CompletionRequest, json?: boolean) => string

const PROMPTS_REMEMBERED = 2_000

/** The first thing that its standing instructions say is to sum up. A story may speak of summaries further on. */
const asksForSummary = (messages: readonly ChatMessage[]): boolean => {
  const [first = ''] = messages.find(({ role }) => role === 'system')?.content.split(/\n\s*\n/) ?? []
  return /\b(summari[sz]\w*|sums? up|summary|recap|in short)\b/i.test(first)
}

const json = (schema: Schema, messages: readonly ChatMessage[], random: Random): string =>
  JSON.stringify(
    beginningFor(schema, messages) ??
      valueFor(schema, { words: wordsFor(messages, random, namesIn(schema)), random }),
  )

/**
 * An improviser with a memory of how often it was asked the same: the same prompt again gets another answer, as
 * from a model, unless the request has a seed or a temperature of 0. The same `seed` gives the same run.
 */
export const improviser = (seed: number): Improviser => {
  const asked = new LRUCache<string, number>({ max: PROMPTS_REMEMBERED })

  const chanceFor = (request: CompletionRequest, prompt: string): string => {
    if (request.seed != null) return `${request.seed} ${prompt}`
    if (request.temperature === 0) return prompt
    const times = (asked.get(prompt) ?? 0) + 1
    asked.set(prompt, times)
    return `${seed} ${times} ${prompt}`
  }

  return (request, wantsJson = true) => {
    const messages = request.messages.map(({ role, content }) => ({ role, content: textOf(content) }))
    const prompt = digest(JSON.stringify(messages)).toString('base64')
    const random = randomFrom(chanceFor(request, prompt))
    const schema = wantsJson ? schemaAskedFor(request) : undefined
    if (schema !== undefined) return json(schema, messages, random)
    if (asksForSummary(messages)) return summaryFor(messages, random)
    const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY
    return compose(readPrompt(messages), random, (text) => tokenCount(text) <= limit)
  }
}
