import OpenAI from 'openai'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../../src/kit/logger.ts'
import {
  type LoopbackModel,
  type LoopbackModelOptions,
  startModel,
} from '../../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../../doubles/clock.ts'
import { forJson, messages, post, type Usage } from './calls.ts'

let server: LoopbackModel
let clock: ManualClock

const start = (options: Partial<LoopbackModelOptions> = {}) =>
  startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0, ...options })

const restart = async (options: Partial<LoopbackModelOptions>) => {
  await server.close()
  server = await start(options)
}

beforeEach(async () => {
  clock = manualClock()
  server = await start()
})
afterEach(() => server.close())

/** How many events a stream has had so far. */
const eventsIn = (body: string): number => body.split('\n\n').length - 1

describe('usage', () => {
  const premise = 'A smuggler comes to the lighthouse on the night the lamp goes out. '.repeat(30)
  const told = (...lines: string[]) => ({
    messages: [
      { role: 'system', content: `You are the narrator.\nPremise: ${premise}` },
      ...lines.map((content) => ({ role: 'user', content })),
    ],
  })
  const usageOf = async (body: object): Promise<Usage> => (await (await post(server, body)).json()).usage
  const cached = async (body: object) => (await usageOf(body)).prompt_tokens_details.cached_tokens

  test('counts what the prompt has in common with the last of its story as cached, in steps of 128', async () => {
    const usage = await usageOf(told('Ada: *waits*'))
    expect(usage.prompt_tokens).toBeGreaterThan(256)
    expect(usage.prompt_tokens_details.cached_tokens).toBe(0)
    const common = Math.floor(usage.prompt_tokens / 128) * 128
    expect(await cached(told('Ada: *waits*', 'Ada: *leaves*'))).toBe(common)
  })

  test('counts nothing as cached where the beginning is another', async () => {
    await usageOf(told('Ada: *waits*'))
    const other = { messages: [{ role: 'system', content: `Another. ${premise}` }] }
    expect(await cached(other)).toBe(0)
    expect(await cached({ ...told('Ada: *waits*'), prompt_cache_key: 'another story' })).toBe(0)
    expect(await cached(told('Ada: *waits*'))).toBeGreaterThan(256)
  })

  test('counts no reasoning where there was none', async () => {
    expect((await usageOf({})).completion_tokens_details.reasoning_tokens).toBe(0)
  })
})

test('what it was asked for is on record by what it was', async () => {
  await post(server, { ...forJson, messages: [{ role: 'user', content: 'Where?' }] })
  server.faults.add({ kind: 'server_error' })
  await post(server)
  expect(server.requests().map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['json', 'done'],
    ['prose', 'refused'],
  ])
  expect(server.requests('prose')).toMatchObject([{ body: { messages } }])
})

describe('a server that is asked to', () => {
  const marked = [
    {
      role: 'user',
      content: [{ type: 'text', text: 'Ada: *waits*', cache_control: { type: 'ephemeral' } }],
    },
  ]
  test('takes fields that OpenAI refuses', async () => {
    expect((await post(server, { messages: marked })).status).toBe(400)
    await restart({ accepts: ['cache_control', 'reasoning'] })
    expect((await post(server, { messages: marked, reasoning: { exclude: true } })).status).toBe(200)
    expect(server.requests().at(-1)?.body).toMatchObject({ messages: marked })
    expect((await post(server, { messages: marked, top_k: 40 })).status).toBe(400)
  })

  test('has several models', async () => {
    await restart({ models: ['large', 'small'] })
    expect(server.model).toBe('large')
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: server.apiKey })
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['large', 'small'])
    expect(await (await post(server, { model: 'small' })).json()).toMatchObject({ model: 'small' })
    expect((await post(server, { model: 'skein-improviser' })).status).toBe(404)
  })
})

describe('the writing speed', () => {
  test('is kept by the clock', async () => {
    await restart({ tokensPerSecond: 50 })
    const response = await post(server, { stream: true })
    const reader = response.body?.getReader()
    let text = ''
    const read = (async () => {
      for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
        text += new TextDecoder().decode(part.value)
    })()
    await clock.advance(200)
    await expect.poll(() => eventsIn(text)).toBe(1 + 10)
    await clock.advance(100)
    await expect.poll(() => eventsIn(text)).toBe(1 + 15)
    await clock.advance(60_000)
    await read
    expect(text).toContain('[DONE]')
  })

  test('is ten times that for JSON, which nobody watches', async () => {
    await restart({ tokensPerSecond: 5 })
    const asking = post(server, { stream: true, ...forJson })
    await expect.poll(() => clock.pending()).toEqual([20])
    await clock.advance(60_000)
    expect(await (await asking).text()).toContain('[DONE]')
  })

  test('a client that goes away stops it', async () => {
    await restart({ tokensPerSecond: 50 })
    const stop = new AbortController()
    await fetch(`${server.baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: server.model, messages, stream: true }),
      signal: stop.signal,
    })
    expect(server.requests()[0]?.outcome).toBe('open')
    stop.abort()
    await expect.poll(() => server.requests()[0]?.outcome).toBe('client_gone')
  })
})
