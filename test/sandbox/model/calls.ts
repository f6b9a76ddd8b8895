import type { LoopbackModel } from '../../../src/sandbox/model/server.ts'

export const messages = [
  { role: 'system', content: 'You are the narrator. # Story\nPremise: A smuggler comes to the lighthouse.' },
  { role: 'user', content: 'Ada: *opens the door*' },
] as const

type Choice = {
  readonly delta: Readonly<Record<string, string | undefined>>
  readonly finish_reason: string | null
}
export type Usage = {
  readonly prompt_tokens: number
  readonly completion_tokens: number
  readonly prompt_tokens_details: { readonly cached_tokens: number }
  readonly completion_tokens_details: { readonly reasoning_tokens: number }
}
type Chunk = { readonly choices?: readonly Choice[]; readonly usage?: Usage | null; readonly error?: object }

/** Asks a loopback model for a completion, with a short story unless `body` has other messages. */
export const post = ({ baseUrl, apiKey, model }: LoopbackModel, body: object = {}): Promise<Response> =>
  fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages, ...body }),
  })

/** The request for an object with a place. */
export const forJson = {
  response_format: {
    type: 'json_schema',
    json_schema: {
      name: 'scene',
      strict: true,
      schema: {
        type: 'object',
        properties: { place: { type: 'string' } },
        required: ['place'],
        additionalProperties: false,
      },
    },
  },
} as const

/** A streamed answer, taken together. `finish`: null where none came. */
export const streamed = async (server: LoopbackModel, body: object = {}) => {
  const response = await post(server, { stream: true, stream_options: { include_usage: true }, ...body })
  const events = (await response.text()).split('\n\n').filter((event) => event.startsWith('data: '))
  const data = events.map((event) => event.slice('data: '.length)).filter((each) => each !== '[DONE]')
  const chunks = data.map((each): Chunk => JSON.parse(each))
  const choices = chunks.flatMap((chunk) => chunk.choices ?? [])
  const field = (name: string) => choices.map(({ delta }) => delta[name] ?? '').join('')
  return {
    text: field('content'),
    field,
    finish: choices.findLast((choice) => choice.finish_reason !== null)?.finish_reason ?? null,
    usage: chunks.findLast((chunk) => chunk.usage)?.usage ?? undefined,
    error: chunks.find((chunk) => chunk.error)?.error,
    order: choices.flatMap(({ delta }) => Object.keys(delta)),
  }
}
