import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../../src/kit/logger.ts'
import type { Fault } from '../../../src/sandbox/model/faults.ts'
import { type LoopbackModel, startModel } from '../../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../../doubles/clock.ts'
import { forJson, messages, post, streamed } from './calls.ts'

let server: LoopbackModel
let clock: ManualClock

beforeEach(async () => {
  clock = manualClock()
  server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
})
afterEach(() => server.close())

describe('faults', () => {
  test('stand until they are removed', async () => {
    const remove = server.faults.add({ kind: 'server_error' })
    expect((await post(server)).status).toBe(500)
    expect((await post(server)).status).toBe(500)
    remove()
    expect((await post(server)).status).toBe(200)
  })

  test('stand for as many requests as they say', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 2, times: 1 })
    const refused = await post(server)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2'])
    expect((await post(server)).status).toBe(200)
  })

  test('are all removed at once', async () => {
    server.faults.add({ kind: 'unauthorized' })
    server.faults.add({ kind: 'empty' })
    server.faults.clear()
    expect((await streamed(server)).text).not.toBe('')
  })

  test('a refusal leaves the faults of the stream for a later request', async () => {
    server.faults.add({ kind: 'server_error', times: 1 })
    server.faults.add({ kind: 'empty', times: 1 })
    expect((await post(server)).status).toBe(500)
    expect((await streamed(server)).text).toBe('')
  })
})

describe('a fault strikes', () => {
  test('requests for prose, unless it says otherwise', async () => {
    server.faults.add({ kind: 'server_error' })
    expect((await post(server)).status).toBe(500)
    expect((await post(server, forJson)).status).toBe(200)
  })

  test('requests for JSON, or any, where it says so', async () => {
    const remove = server.faults.add({ kind: 'server_error', only: 'json' })
    expect((await post(server)).status).toBe(200)
    expect((await post(server, forJson)).status).toBe(500)
    remove()
    server.faults.add({ kind: 'server_error', only: 'any' })
    expect((await post(server)).status).toBe(500)
    expect((await post(server, forJson)).status).toBe(500)
  })

  test('as many requests as it says, not counting those that it passes over', async () => {
    server.faults.add({ kind: 'server_error', times: 1 })
    expect((await post(server, forJson)).status).toBe(200)
    expect((await post(server)).status).toBe(500)
    expect((await post(server)).status).toBe(200)
  })

  test('a request for JSON by its instructions like one by its format', async () => {
    server.faults.add({ kind: 'server_error', only: 'json' })
    const instructed = { role: 'system', content: 'You plan.\n\nAnswer with JSON alone.' }
    expect((await post(server, { messages: [instructed, messages[1]] })).status).toBe(500)
    const object = { response_format: { type: 'json_object' }, messages: [{ role: 'user', content: 'JSON' }] }
    expect((await post(server, object)).status).toBe(500)
    const asked = { role: 'user', content: 'Ada: "Answer with JSON alone."' }
    expect((await post(server, { messages: [messages[0], asked] })).status).toBe(200)
  })

  test('one model of several, where it names it', async () => {
    await server.close()
    server = await startModel({
      port: 0,
      log: silentLogger(),
      seed: 1,
      tokensPerSecond: 0,
      models: ['a', 'b'],
    })
    server.faults.add({ kind: 'overloaded', model: 'a' })
    expect((await post(server)).status).toBe(503)
    expect((await post(server, { model: 'b' })).status).toBe(200)
  })
})

describe('a refusal', () => {
  const refusals: [fault: Fault, status: number, error: object][] = [
    [{ kind: 'unauthorized' }, 401, { code: 'invalid_api_key' }],
    [{ kind: 'forbidden' }, 403, { code: 'permission_denied' }],
    [{ kind: 'not_found' }, 404, { code: 'model_not_found' }],
    [{ kind: 'rate_limited' }, 429, { code: 'rate_limit_exceeded' }],
    [{ kind: 'server_error' }, 500, { type: 'server_error' }],
    [{ kind: 'overloaded' }, 503, { type: 'server_error' }],
    [{ kind: 'unknown_parameter', param: 'messages' }, 400, { code: 'unknown_parameter', param: 'messages' }],
  ]
  for (const [fault, status, error] of refusals) {
    test(`${fault.kind}: ${status}`, async () => {
      server.faults.add(fault)
      const response = await post(server)
      expect(response.status).toBe(status)
      expect(await response.json()).toMatchObject({ error: { message: expect.any(String), ...error } })
      expect(server.requests()[0]?.outcome).toBe('refused')
    })
  }

  test('overloaded says when to come back', async () => {
    server.faults.add({ kind: 'overloaded', retryAfterSeconds: 7 })
    expect((await post(server)).headers.get('retry-after')).toBe('7')
  })

  test('echo_key repeats what it was authorized with', async () => {
    server.faults.add({ kind: 'echo_key' })
    const response = await post(server)
    expect(response.status).toBe(401)
    expect(await response.text()).toContain(`Bearer ${server.apiKey}`)
  })
})

describe('a prompt that is too long', () => {
  const long = {
    messages: [messages[0], { role: 'user', content: `Ada: *waits ${'and waits '.repeat(200)}*` }],
  }

  test('is refused where it is over the bound, and one that was trimmed is not', async () => {
    server.faults.add({ kind: 'context_overflow', overTokens: 200 })
    const response = await post(server, long)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { code: 'context_length_exceeded', message: expect.stringContaining('is 200 tokens') },
    })
    expect((await post(server)).status).toBe(200)
  })

  test('is any, without a bound', async () => {
    server.faults.add({ kind: 'context_overflow', times: 1 })
    expect((await post(server)).status).toBe(400)
    expect((await post(server)).status).toBe(200)
  })

  const words: [style: NonNullable<Extract<Fault, { kind: 'context_overflow' }>['style']>, body: object][] = [
    [
      'llama.cpp',
      {
        error: {
          type: 'exceed_context_size_error',
          message: expect.stringContaining('exceeds the available context size (200 tokens)'),
          n_ctx: 200,
        },
      },
    ],
    ['vllm', { object: 'error', message: expect.stringMatching(/is 200 tokens\. However, you requested/) }],
    ['ollama', { error: { message: expect.stringMatching(/exceeded max context length by \d+ tokens/) } }],
  ]
  for (const [style, body] of words) {
    test(`is refused as ${style} says it`, async () => {
      server.faults.add({ kind: 'context_overflow', overTokens: 200, style })
      const response = await post(server, { ...long, max_tokens: 50 })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject(body)
    })
  }
})
