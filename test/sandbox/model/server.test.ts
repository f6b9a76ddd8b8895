import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLogger, silentLogger } from '../../../src/kit/logger.ts'
import { type LoopbackModel, startModel } from '../../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../../doubles/clock.ts'
import type { Usage } from './calls.ts'

let server: LoopbackModel
let clock: ManualClock

beforeEach(async () => {
  clock = manualClock()
  server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
})
afterEach(() => server.close())

const messages = [
  { role: 'system', content: 'You are the narrator. # Story\nPremise: A smuggler comes to the lighthouse.' },
  { role: 'user', content: 'Ada: *opens the door*' },
] as const

const post = (body: object | string, headers: Record<string, string> = {}) =>
  fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify({ model: server.model, messages, ...body }),
  })

type Chunk = {
  choices: { delta: { role?: string; content?: string }; finish_reason: string | null }[]
  usage?: { completion_tokens: number } | null
}

/** The data of the events of a stream, in order. */
const events = (body: string): string[] =>
  body
    .split('\n\n')
    .filter((event) => event !== '')
    .map((event) => event.replace(/^data: /, ''))

const chunks = async (response: Response): Promise<Chunk[]> =>
  events(await response.text())
    .filter((data) => data !== '[DONE]')
    .map((data) => JSON.parse(data))

type Body = {
  choices: { message: { content: string }; finish_reason: string }[]
  usage: Usage & { total_tokens: number }
}

const whole = async (options: object = {}) => {
  const response = await post(options)
  expect(response.status).toBe(200)
  const body = (await response.json()) as Body
  return {
    text: body.choices[0]?.message.content ?? '',
    finish: body.choices[0]?.finish_reason,
    usage: body.usage,
  }
}

describe('an answer', () => {
  test('comes whole with its usage', async () => {
    const { text, finish, usage } = await whole()
    expect(text).not.toBe('')
    expect(finish).toBe('stop')
    expect(usage.total_tokens).toBe(usage.prompt_tokens + usage.completion_tokens)
  })

  test('is streamed as role, text, finish reason, usage and the end', async () => {
    const response = await post({ stream: true, stream_options: { include_usage: true } })
    expect(response.headers.get('content-type')).toContain('text/event-stream')
    const body = await response.clone().text()
    expect(events(body).at(-1)).toBe('[DONE]')
    const all = await chunks(response)
    expect(all[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' })
    expect(all.at(-2)?.choices[0]?.finish_reason).toBe('stop')
    expect(all.at(-1)?.choices).toEqual([])
    expect(all.at(-1)?.usage?.completion_tokens).toBeGreaterThan(10)
    expect(all.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true)
  })

  test('is streamed without usage where nobody asked for it', async () => {
    const all = await chunks(await post({ stream: true }))
    expect(all.some((chunk) => 'usage' in chunk)).toBe(false)
    expect(all.at(-1)?.choices[0]?.finish_reason).toBe('stop')
  })

  test('is the same streamed as whole, for a seed', async () => {
    const all = await chunks(await post({ stream: true, seed: 7 }))
    const text = all.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')
    expect(text).toBe((await whole({ seed: 7 })).text)
  })

  test('is another when the same is asked again, unless a seed or the temperature says otherwise', async () => {
    expect((await whole()).text).not.toBe((await whole()).text)
    expect((await whole({ seed: 3 })).text).toBe((await whole({ seed: 3 })).text)
    expect((await whole({ seed: 3 })).text).not.toBe((await whole({ seed: 4 })).text)
    expect((await whole({ temperature: 0 })).text).toBe((await whole({ temperature: 0 })).text)
  })

  test('is the same from every server with the same seed', async () => {
    const twin = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
    const ours = (await whole()).text
    await server.close()
    server = twin
    expect((await whole()).text).toBe(ours)
  })

  test('ends before a stop string', async () => {
    const { text } = await whole({ seed: 1 })
    const stop = text.slice(20, 26)
    expect(await whole({ seed: 1, stop })).toMatchObject({
      text: text.slice(0, text.indexOf(stop)),
      finish: 'stop',
    })
    expect((await whole({ seed: 1, stop: ['~~', stop] })).text).toBe(text.slice(0, text.indexOf(stop)))
  })

  for (const name of ['max_tokens', 'max_completion_tokens']) {
    test(`ends at ${name} when not even a sentence fits`, async () => {
      expect(await whole({ [name]: 3 })).toMatchObject({ finish: 'length', usage: { completion_tokens: 3 } })
    })
  }

  test('ends with a sentence when one fits', async () => {
    const { text, finish, usage } = await whole({ max_tokens: 60 })
    expect(finish).toBe('stop')
    expect(text).toMatch(/[.?!”]$/)
    expect(usage.completion_tokens).toBeLessThanOrEqual(60)
  })

  test('can be had through the real client', async () => {
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey })
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['skein-improviser'])
    const parts = [{ type: 'text' as const, text: 'Ada: "Hello?"' }]
    const answer = await client.chat.completions.create({
      model: server.model,
      messages: [{ role: 'user', content: parts }],
    })
    expect(answer.choices[0]?.message.content).not.toBe('')
  })
})

describe('structured output', () => {
  const schema = {
    type: 'object',
    properties: { speaker: { enum: ['Ada', 'Mira'] }, minutes: { type: 'integer', minimum: 1, maximum: 9 } },
    required: ['speaker', 'minutes'],
    additionalProperties: false,
  }
  const asked = (json_schema: object) => ({ response_format: { type: 'json_schema', json_schema } })

  test('fits its schema', async () => {
    const { text } = await whole(asked({ name: 'plan', schema, strict: true }))
    expect(JSON.parse(text)).toEqual({ speaker: 'Ada', minutes: expect.any(Number) })
  })
  test('is an object where no schema is given', async () => {
    const messages = [{ role: 'user', content: 'Answer in JSON.' }]
    const { text } = await whole({ messages, response_format: { type: 'json_object' } })
    expect(JSON.parse(text)).toHaveProperty('summary')
  })
  test('a strict schema must close its objects and require all of their keys', async () => {
    for (const broken of [
      { ...schema, additionalProperties: undefined },
      { ...schema, required: ['speaker'] },
    ]) {
      const response = await post(asked({ name: 'plan', schema: broken, strict: true }))
      expect(response.status).toBe(400)
    }
  })
})

describe('a request that OpenAI would refuse', () => {
  const refused: [name: string, body: object | string, status: number, error: object][] = [
    ['no messages', { messages: undefined }, 400, { param: 'messages', code: 'missing_required_parameter' }],
    ['an empty list of messages', { messages: [] }, 400, { param: 'messages' }],
    ['an unknown role', { messages: [{ role: 'narrator', content: '' }] }, 400, { param: 'messages.0.role' }],
    ['an unknown parameter', { temprature: 1 }, 400, { param: 'temprature', code: 'unknown_parameter' }],
    ['a temperature out of bounds', { temperature: 3 }, 400, { param: 'temperature' }],
    ['no tokens at all', { max_tokens: 0 }, 400, { param: 'max_tokens' }],
    [
      'both limits',
      { max_tokens: 5, max_completion_tokens: 5 },
      400,
      { code: 'invalid_parameter_combination' },
    ],
    ['five stop strings', { stop: ['a', 'b', 'c', 'd', 'e'] }, 400, { param: 'stop' }],
    ['two answers', { n: 2 }, 400, { param: 'n', code: 'unsupported_value' }],
    ['stream options without a stream', { stream_options: {} }, 400, { param: 'stream_options' }],
    ['JSON that nobody spoke of', { response_format: { type: 'json_object' } }, 400, { param: 'messages' }],
    ['a model that is not there', { model: 'gpt-9' }, 404, { code: 'model_not_found' }],
    ['a body that is not JSON', '{', 400, {}],
  ]
  for (const [name, body, status, error] of refused) {
    test(name, async () => {
      const response = await post(body)
      expect(response.status).toBe(status)
      expect(await response.json()).toMatchObject({
        error: { message: expect.any(String), type: 'invalid_request_error', ...error },
      })
    })
  }

  test('no key, or another', async () => {
    for (const authorization of ['', 'Bearer other']) {
      const response = await post({}, { authorization })
      expect(response.status).toBe(401)
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_api_key' } })
    }
  })

  test('an endpoint that is not there answers 501', async () => {
    const response = await fetch(`${server.baseUrl}/embeddings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}` },
    })
    expect(response.status).toBe(501)
    expect(await response.json()).toMatchObject({ error: { code: 'not_implemented' } })
  })
})

test('the log says that no language model is connected, and names what is missing', async () => {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => lines.push(line) })
  const told = await startModel({ port: 0, log, seed: 1 })
  await fetch(`${told.baseUrl}/audio`, { headers: { authorization: `Bearer ${told.apiKey}` } })
  await told.close()
  expect(lines.join('')).toContain('no language model is connected')
  expect(lines.join('')).toContain('/v1/audio')
  expect(lines.join('')).not.toContain(told.apiKey)
})
