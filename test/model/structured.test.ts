import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { silentLogger } from '../../src/kit/logger.ts'
import { capabilityBook } from '../../src/model/capabilities.ts'
import { openaiModel } from '../../src/model/openai.ts'
import { type StructuredModelOptions, structuredModel } from '../../src/model/structured.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { chunk, type Reply, refusal, scriptedProvider, sse } from './provider.ts'

const scene = z.object({ place: z.string(), people: z.array(z.string()) })
const fallback = { place: 'nowhere', people: [] }
const answer = { place: 'the mill', people: ['Ada'] }
const json = JSON.stringify(answer)

const request = (signal = new AbortController().signal) => ({
  messages: [
    { role: 'system' as const, content: 'You keep the records of a story.' },
    { role: 'user' as const, content: 'Ada: *opens the door of the mill*' },
  ],
  schema: scene,
  name: 'scene',
  fallback,
  maxTokens: 400,
  temperature: 0,
  signal,
})

let clock: ManualClock
const closing: (() => Promise<void>)[] = []
beforeEach(() => {
  clock = manualClock()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const modelAt = (options: Partial<StructuredModelOptions> & { baseURL: string }) =>
  structuredModel({ apiKey: 'none', model: 'm', clock, log: silentLogger(), ...options })

/** A model that gives one reply after the other, and what it was asked. */
const replying = async (...replies: readonly Reply[]) => {
  const provider = await scriptedProvider(...replies)
  closing.push(provider.close)
  const book = capabilityBook()
  return { model: modelAt({ baseURL: provider.baseURL, book }), asked: provider.asked, book }
}

/** Turns the clock on by `ms` once somebody sleeps that long. */
const turn = async (ms: number) => {
  await expect.poll(() => clock.pending(), { interval: 1 }).toContain(ms)
  await clock.advance(ms)
}

const system = (asked: { messages: readonly { content: string }[] } | undefined) =>
  asked?.messages[0]?.content ?? ''

describe('a model that takes schemas', () => {
  test('is held to the schema and told nothing about it', async () => {
    const { model, asked } = await replying({ text: json })
    expect(await model.ask(request())).toEqual({
      value: answer,
      source: 'json_schema',
      usage: { inputTokens: 10, outputTokens: 5 },
      failures: [],
    })
    expect(asked[0]?.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'scene', strict: true, schema: { required: ['place', 'people'] } },
    })
    expect(asked[0]?.messages).toEqual(request().messages)
  })

  test('that does not take this schema is told in words, and still held to others', async () => {
    const { model, asked, book } = await replying(
      refusal(400, "Invalid schema for response_format 'scene': 'uniqueItems' is not permitted."),
      { text: json },
      { text: json },
      { text: '"yes"' },
    )
    expect(await model.ask(request())).toMatchObject({ value: answer, source: 'instruction', failures: [] })
    expect((await model.ask(request())).source).toBe('instruction')
    expect(asked).toHaveLength(3)
    const other = { ...request(), schema: z.string(), fallback: 'no' }
    expect(await model.ask(other)).toMatchObject({ value: 'yes', source: 'json_schema' })
    expect(book.all()).toEqual({})
  })
})

describe('a model that takes less', () => {
  const noSchemas = refusal(
    400,
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
  )
  const noFormat = refusal(400, "Unknown parameter: 'response_format'.")

  test('is held to JSON, told the schema, and asked so from then on', async () => {
    const { model, asked } = await replying(noSchemas, { text: json })
    expect(await model.ask(request())).toMatchObject({ value: answer, source: 'json_object', failures: [] })
    expect((await model.ask(request())).source).toBe('json_object')
    expect(asked.map((each) => each.response_format?.type)).toEqual([
      'json_schema',
      'json_object',
      'json_object',
    ])
    expect(system(asked[1])).toMatch(/^You keep the records of a story\.\n\n.*JSON schema.*"place"/s)
  })

  test('or is told alone', async () => {
    const { model, asked, book } = await replying(noFormat, noFormat, { text: json })
    expect(await model.ask(request())).toMatchObject({ value: answer, source: 'instruction' })
    expect(asked[2]).not.toHaveProperty('response_format')
    expect(book.all()).toMatchObject({ m: { structured: 'none' } })
  })

  test('is asked rightly at once where that was kept', async () => {
    const provider = await scriptedProvider({ text: json })
    closing.push(provider.close)
    const model = modelAt({
      baseURL: provider.baseURL,
      book: capabilityBook({ m: { structured: 'none' } }),
    })
    expect((await model.ask(request())).source).toBe('instruction')
    expect(provider.asked).toHaveLength(1)
  })
})

test('what the writer learned at a server, whoever asks for values knows too', async () => {
  const server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
  closing.push(server.close)
  server.faults.add({ kind: 'unknown_parameter', param: 'temperature' })
  const endpoint = { baseURL: server.baseUrl, apiKey: server.apiKey, model: server.model }
  const book = capabilityBook()
  const { schema: _schema, name: _name, fallback: _fallback, ...prose } = request()
  await openaiModel({ ...endpoint, clock, log: silentLogger(), book }).write(prose).result
  expect((await modelAt({ ...endpoint, book }).ask(request())).source).toBe('json_schema')
  expect(server.requests()).toHaveLength(3)
})

describe('an answer that is almost right is read without asking again', () => {
  const texts: [name: string, text: string][] = [
    ['in a fence', `\`\`\`json\n${json}\n\`\`\``],
    ['between sentences', `Here you are: ${json} Anything else?`],
    ['after its reasoning', `<think>{"place": "where?"}</think>${json}`],
    ['without quotes, and with a comma too many', "{place: 'the mill', people: ['Ada',],}"],
    ['without the last brackets', '{"place": "the mill", "people": ["Ada"'],
    ['after a remark in brackets', `[OOC] ${json}`],
  ]
  for (const [name, text] of texts) {
    test(name, async () => {
      const { model, asked } = await replying({ text })
      expect(await model.ask(request())).toMatchObject({ value: answer, source: 'json_schema', failures: [] })
      expect(asked).toHaveLength(1)
    })
  }

  test('when it is complete, although the stream broke off', async () => {
    const { model } = await replying({ text: json, finish: null })
    expect((await model.ask(request())).value).toEqual(answer)
  })
})

describe('an answer that is wrong', () => {
  test('is sent back once, with what is wrong with it', async () => {
    const wrong = '{"place": 7, "people": ["Ada"]}'
    const { model, asked } = await replying({ text: wrong }, { text: json })
    const result = await model.ask(request())
    expect(result).toMatchObject({
      value: answer,
      source: 'repaired',
      usage: { inputTokens: 20, outputTokens: 10 },
      failures: [{ attempt: 1, kind: 'misfit', raw: wrong }],
    })
    expect(asked[1]?.messages.slice(2)).toEqual([
      { role: 'assistant', content: wrong },
      { role: 'user', content: expect.stringMatching(/expected string.*at place/s) },
    ])
    expect(system(asked[1])).toContain('JSON schema')
  })

  test('twice, gives the fallback, and both are on record', async () => {
    const { model, asked } = await replying({ text: 'The mill, I think.' }, { text: '{"place": "the mill"}' })
    expect(await model.ask(request())).toMatchObject({
      value: fallback,
      source: 'default',
      failures: [
        { attempt: 1, kind: 'not_json', raw: 'The mill, I think.' },
        { attempt: 2, kind: 'misfit', raw: '{"place": "the mill"}' },
      ],
    })
    expect(asked).toHaveLength(2)
  })

  test('is not mended where it was cut off: half a sentence is none', async () => {
    const half = '{"place": "the mi'
    const { model, asked } = await replying({ text: half, finish: 'length' }, { text: json })
    expect(await model.ask(request())).toMatchObject({
      value: answer,
      source: 'repaired',
      failures: [{ attempt: 1, kind: 'cut', raw: half }],
    })
    expect(asked[1]?.messages.at(-1)?.content).toContain('shorter')
  })

  test('without a finish reason, it is asked for again', async () => {
    const { model, asked } = await replying({ text: '{"place": "the mi', finish: null }, { text: json })
    expect(await model.ask(request())).toMatchObject({
      value: answer,
      source: 'json_schema',
      failures: [{ attempt: 1, kind: 'cut' }],
    })
    expect(asked[1]?.messages).toEqual(request().messages)
  })

  test('and empty, is not sent back as a message without text', async () => {
    const { model, asked } = await replying({ text: '<think>Hm' }, { text: json })
    expect(await model.ask(request())).toMatchObject({
      source: 'repaired',
      failures: [{ attempt: 1, kind: 'empty', raw: '' }],
    })
    expect(asked[1]?.messages.map((each) => each.role)).toEqual(['system', 'user', 'user'])
  })
})

describe('a refusal is a failure', () => {
  const field: Reply = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(sse(chunk({ refusal: 'I cannot.' }), chunk({}, 'stop')))
  }
  const shapes: [name: string, reply: Reply, raw: string][] = [
    [
      'in words',
      { text: "I'm sorry, but I can't help with that." },
      "I'm sorry, but I can't help with that.",
    ],
    ['with a curved apostrophe', { text: 'I can’t do this.' }, 'I can’t do this.'],
    ['in a field of its own', field, 'I cannot.'],
    ['by a filter', { text: '{"place":', finish: 'content_filter' }, '{"place":'],
  ]
  for (const [name, reply, raw] of shapes) {
    test(name, async () => {
      const { model } = await replying(reply)
      expect(await model.ask(request())).toMatchObject({
        value: fallback,
        source: 'default',
        failures: [
          { attempt: 1, kind: 'refused', raw },
          { attempt: 2, kind: 'refused', raw },
        ],
      })
    })
  }

  test('that a second request overcomes', async () => {
    const { model } = await replying({ text: 'I cannot do that.' }, { text: json })
    expect(await model.ask(request())).toMatchObject({ value: answer, source: 'repaired' })
  })
})

test('a key that a provider echoes is not on record', async () => {
  const provider = await scriptedProvider(refusal(403, 'The key sk-canary-0123456789 is locked.'))
  closing.push(provider.close)
  const model = modelAt({ baseURL: provider.baseURL, apiKey: 'sk-canary-0123456789' })
  const result = await model.ask(request())
  expect(result.failures).toMatchObject([{ kind: 'unauthorized', detail: expect.stringContaining('***') }])
  expect(JSON.stringify(result)).not.toContain('canary')
})

describe('at the loopback model', () => {
  let server: LoopbackModel
  const loopback = () =>
    modelAt({ baseURL: server.baseUrl, apiKey: server.apiKey, model: server.model, attemptMs: 10_000 })
  beforeEach(async () => {
    server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
    closing.push(server.close)
  })

  test('a value comes that fits', async () => {
    const result = await loopback().ask(request())
    expect(result).toMatchObject({ source: 'json_schema', failures: [] })
    expect(scene.parse(result.value)).toEqual(result.value)
    expect(result.usage?.outputTokens).toBeGreaterThan(0)
  })

  test('one that writes prose whatever it is told gives the fallback', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'response_format' })
    const result = await loopback().ask(request())
    expect(result).toMatchObject({ value: fallback, source: 'default' })
    expect(result.failures.map(({ attempt, kind }) => [attempt, kind])).toEqual([
      [1, 'not_json'],
      [2, 'not_json'],
    ])
  })

  test('a wrong key is not tried twice', async () => {
    server.faults.add({ kind: 'unauthorized' })
    expect(await loopback().ask(request())).toMatchObject({
      value: fallback,
      source: 'default',
      usage: undefined,
      failures: [{ attempt: 1, kind: 'unauthorized', raw: '' }],
    })
    expect(server.requests()).toHaveLength(1)
  })

  test('a server that is busy is asked once more, when it says so', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3, times: 1 })
    const asking = loopback().ask(request())
    await turn(3_000)
    expect(await asking).toMatchObject({
      source: 'json_schema',
      failures: [{ attempt: 1, kind: 'rate_limited' }],
    })
  })

  test('but not when it wants to be left alone for longer than an attempt may take', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 11 })
    expect((await loopback().ask(request())).source).toBe('default')
    expect(server.requests()).toHaveLength(1)
  })

  test('a server that fails is asked twice in all', async () => {
    server.faults.add({ kind: 'server_error' })
    const asking = loopback().ask(request())
    await turn(500)
    const { failures } = await asking
    expect(failures.map(({ attempt, kind }) => [attempt, kind])).toEqual([
      [1, 'unavailable'],
      [2, 'unavailable'],
    ])
    expect(server.requests()).toHaveLength(2)
  })

  test('an attempt has ten seconds', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 2 })
    const asking = loopback().ask(request())
    await expect.poll(() => server.requests()).toHaveLength(1)
    await turn(10_000)
    expect(await asking).toMatchObject({
      source: 'default',
      failures: [{ attempt: 1, kind: 'stalled' }],
    })
    await expect.poll(() => server.requests()[0]?.outcome).not.toBe('open')
  })

  test('ten seconds for all of it: a model that trickles is late, too', async () => {
    const slow = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0.2 })
    closing.push(slow.close)
    const asking = modelAt({ baseURL: slow.baseUrl, apiKey: slow.apiKey, model: slow.model }).ask(request())
    await turn(5_000)
    await turn(5_000)
    expect(await asking).toMatchObject({ source: 'default', failures: [{ attempt: 1, kind: 'stalled' }] })
  })

  test('a caller who stops gets the fallback', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 2 })
    const stop = new AbortController()
    const asking = loopback().ask(request(stop.signal))
    await expect.poll(() => server.requests()).toHaveLength(1)
    stop.abort()
    expect(await asking).toMatchObject({ value: fallback, failures: [{ attempt: 1, kind: 'stopped' }] })
  })

  test('a caller who had stopped before makes no request', async () => {
    expect(await loopback().ask(request(AbortSignal.abort()))).toEqual({
      value: fallback,
      source: 'default',
      usage: undefined,
      failures: [],
    })
    expect(server.requests()).toHaveLength(0)
  })
})
