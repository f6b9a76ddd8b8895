import { LRUCache } from 'lru-cache'
import { compose } from './compose/prose.ts'
import { digest, type Random, randomFrom } from './random.ts'
import { type ChatMessage, readPrompt } from './read/prompt.ts'
import { valueFor } from './schema/fill.ts'
import type { Schema } from './schema/node.ts'
import { wordsFor } from './schema/words.ts'
import { tokenCount } from './tokens.ts'
import { type CompletionRequest, textOf } from './wire.ts'

/** Writes the answer to a request: prose, or JSON where the request asks for it. */
export type Improviser = (request: CompletionRequest) => string

const PROMPTS_REMEMBERED = 2_000

/** What is written where JSON is asked for and no schema says which. */
const anyObject: Schema = {
  type: 'object',
  properties: { summary: { type: 'string' }, place: { type: 'string' }, name: { type: 'string' } },
  required: ['summary', 'place', 'name'],
}

const schemaOf = ({ response_format: format }: CompletionRequest): Schema | undefined => {
  if (format?.type === 'json_schema') return (format.json_schema.schema as Schema | undefined) ?? anyObject
  return format?.type === 'json_object' ? anyObject : undefined
}

const json = (schema: Schema, messages: readonly ChatMessage[], random: Random): string =>
  JSON.stringify(valueFor('', schema, { root: schema, words: wordsFor(messages, random), random }))

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

  return (request) => {
    const messages = request.messages.map(({ role, content }) => ({ role, content: textOf(content) }))
    const prompt = digest(JSON.stringify(messages)).toString('base64')
    const random = randomFrom(chanceFor(request, prompt))
    const schema = schemaOf(request)
    if (schema !== undefined) return json(schema, messages, random)
    const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY
    return compose(readPrompt(messages), random, (text) => tokenCount(text) <= limit)
  }
}
