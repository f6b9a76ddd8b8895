import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { openaiModel } from '../../src/model/openai.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import type { Model, Writing, Written } from '../../src/turn/ports.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'

let clock: ManualClock
let server: LoopbackModel
let model: Model

beforeEach(async () => {
  clock = manualClock()
  server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
  model = openaiModel({
    baseURL: server.baseUrl,
    apiKey: server.apiKey,
    model: server.model,
    clock,
    log: silentLogger(),
    idleMs: 30_000,
    firstTokenMs: 60_000,
  })
})

afterEach(() => server.close())

const request = (signal: AbortSignal = new AbortController().signal, maxTokens = 700) => ({
  messages: [
    { role: 'system' as const, content: 'You are the narrator of a story.' },
    { role: 'user' as const, content: 'Ada: *opens the door*' },
  ],
  maxTokens,
  temperature: 0.8,
  signal,
})

const collect = async (writing: Writing): Promise<{ text: string; result: Written }> => {
  let text = ''
  for await (const delta of writing.deltas) text += delta
  return { text, result: await writing.result }
}

const write = () => collect(model.write(request()))

/** Turns the clock on by `ms` once somebody sleeps that long. */
const turn = async (ms: number) => {
  await expect.poll(() => clock.pending(), { interval: 1 }).toContain(ms)
  await clock.advance(ms)
}

describe('an answer that comes whole', () => {
  test('is streamed, finished and counted', async () => {
    const { text, result } = await write()
    expect(text.length).toBeGreaterThan(40)
    expect(result).toMatchObject({ text, end: { kind: 'finished', reason: 'stop' } })
    expect(result.usage?.inputTokens).toBeGreaterThan(10)
    expect(result.usage?.outputTokens).toBeGreaterThan(10)
  })

  test('comes in many deltas', async () => {
    const deltas: string[] = []
    for await (const delta of model.write(request()).deltas) deltas.push(delta)
    expect(deltas.length).toBeGreaterThan(10)
  })

  test('ends at the limit of tokens', async () => {
    const { result } = await collect(model.write(request(undefined, 3)))
    expect(result.end).toEqual({ kind: 'finished', reason: 'length' })
    expect(result.usage?.outputTokens).toBe(3)
  })

  test('needs no reader of the deltas', async () => {
    expect((await model.write(request()).result).end.kind).toBe('finished')
  })
})

describe('a provider that fails before any text', () => {
  test('401 is not asked again', async () => {
    server.faults.add({ kind: 'unauthorized' })
    const { text, result } = await write()
    expect(text).toBe('')
    expect(result).toMatchObject({ text: '', end: { kind: 'failed', failure: { kind: 'unauthorized' } } })
    expect(server.requests()).toHaveLength(1)
  })

  test('429 is asked again once Retry-After has passed', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3, times: 1 })
    const writing = write()
    await turn(3_000)
    expect((await writing).result.end.kind).toBe('finished')
    const [first, second] = server.requests()
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(3_000)
  })

  test('429 that asks for a longer wait than a player would stand is not asked again', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3600 })
    const { result } = await write()
    expect(result.end).toMatchObject({ kind: 'failed', failure: { kind: 'rate_limited' } })
    expect(server.requests()).toHaveLength(1)
  })

  test('500 is asked again at most twice', async () => {
    server.faults.add({ kind: 'server_error' })
    const writing = write()
    await turn(500)
    await turn(2_000)
    const { result } = await writing
    expect(result.end).toMatchObject({ kind: 'failed', failure: { kind: 'unavailable' } })
    expect(server.requests()).toHaveLength(3)
  })

  test('500 once does not reach the player', async () => {
    server.faults.add({ kind: 'server_error', times: 1 })
    const writing = write()
    await turn(500)
    const { result } = await writing
    expect(result.end.kind).toBe('finished')
  })

  test('a connection that breaks is tried again', async () => {
    server.faults.add({ kind: 'dropped_connection', afterTokens: 0, times: 1 })
    const writing = write()
    await turn(500)
    const { result } = await writing
    expect(result.end.kind).toBe('finished')
    expect(server.requests()).toHaveLength(2)
  })

  test('a server that is not there is unavailable', async () => {
    await server.close()
    const writing = write()
    await turn(500)
    await turn(2_000)
    const { result } = await writing
    expect(result.end).toMatchObject({ kind: 'failed', failure: { kind: 'unavailable' } })
    expect(JSON.stringify(result.end)).toContain('ECONNREFUSED')
  })

  test('an unknown model is rejected', async () => {
    const other = openaiModel({
      baseURL: server.baseUrl,
      apiKey: server.apiKey,
      model: 'no-such-model',
      clock,
      log: silentLogger(),
    })
    const { result } = await collect(other.write(request()))
    expect(result.end).toMatchObject({ kind: 'failed', failure: { kind: 'rejected' } })
  })

  test('an empty answer is a failure', async () => {
    server.faults.add({ kind: 'empty' })
    const { result } = await write()
    expect(result.end).toMatchObject({ kind: 'failed', failure: { kind: 'empty' } })
  })

  test('a stream that stalls at once is given up after the wait for the first token', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 0 })
    const writing = write()
    await expect.poll(() => server.requests()).toHaveLength(1)
    await turn(60_000)
    const { result } = await writing
    expect(result.end).toMatchObject({ kind: 'failed', failure: { kind: 'stalled' } })
    expect(server.requests()).toHaveLength(1)
  })

  test('a late answer is waited for', async () => {
    server.faults.add({ kind: 'delay', ms: 40_000 })
    const writing = write()
    await turn(40_000)
    expect((await writing).result.end.kind).toBe('finished')
  })
})

describe('a provider that fails after some text', () => {
  const faults = [
    [{ kind: 'stalled_stream', afterTokens: 4 }, 'stalled'],
    [{ kind: 'cut_stream', afterTokens: 4 }, 'cut'],
    [{ kind: 'dropped_connection', afterTokens: 4 }, 'cut'],
  ] as const

  for (const [fault, kind] of faults) {
    test(`${fault.kind}: what came is kept, and the end is a cut`, async () => {
      server.faults.add(fault)
      const writing = write()
      if (kind === 'stalled') await turn(30_000)
      const { text, result } = await writing
      expect(text).not.toBe('')
      expect(result).toMatchObject({ text, end: { kind: 'cut', failure: { kind } } })
      expect(server.requests()).toHaveLength(1)
    })
  }

  test('a stalled stream is closed', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 4 })
    const writing = write()
    await turn(30_000)
    await writing
    await expect.poll(() => server.requests()[0]?.outcome).toBe('cut')
  })

  test('a filtered answer leaves no text', async () => {
    server.faults.add({ kind: 'content_filter', afterTokens: 4 })
    const { result } = await write()
    expect(result).toMatchObject({ text: '', end: { kind: 'failed', failure: { kind: 'refused' } } })
  })
})

describe('the caller stops', () => {
  test('before the call: no request is made', async () => {
    const { result } = await collect(model.write(request(AbortSignal.abort())))
    expect(result).toEqual({ text: '', end: { kind: 'stopped' }, usage: undefined })
    expect(server.requests()).toHaveLength(0)
  })

  test('in the middle: the text so far is kept and the server stops writing', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 4 })
    const stop = new AbortController()
    const writing = model.write(request(stop.signal))
    let text = ''
    for await (const delta of writing.deltas) {
      text += delta
      stop.abort()
    }
    expect(await writing.result).toMatchObject({ text, end: { kind: 'stopped' } })
    await expect.poll(() => server.requests()[0]?.outcome).not.toBe('open')
  })

  test('while waiting to ask again', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 10 })
    const stop = new AbortController()
    const writing = model.write(request(stop.signal))
    await expect.poll(() => clock.pending()).toContain(10_000)
    stop.abort()
    expect((await writing.result).end).toEqual({ kind: 'stopped' })
    expect(server.requests()).toHaveLength(1)
  })
})

describe('a server that does not take a parameter', () => {
  test('stream_options is left out from then on', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'stream_options' })
    const first = await write()
    expect(first.result).toMatchObject({ end: { kind: 'finished' }, usage: undefined })
    expect(server.requests()).toHaveLength(2)
    await write()
    expect(server.requests()).toHaveLength(3)
  })

  test('temperature is left out', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'temperature' })
    expect((await write()).result.end.kind).toBe('finished')
    expect(server.requests().at(-1)?.body).not.toHaveProperty('temperature')
  })

  test('what one model does not take, another at the same server may', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'temperature', times: 1 })
    await write()
    await collect(model.write({ ...request(), model: 'another' }))
    expect(server.requests().at(-1)?.body).toMatchObject({ model: 'another', temperature: 0.8 })
  })

  test('any other refusal is a failure', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'messages' })
    expect((await write()).result.end).toMatchObject({ kind: 'failed', failure: { kind: 'rejected' } })
    expect(server.requests()).toHaveLength(1)
  })
})
