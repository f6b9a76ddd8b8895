import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { caller, collect, type Layer, openLayer, prose, writeOver } from './layer.ts'

let clock: ManualClock
let server: LoopbackModel
let layer: Layer

beforeEach(async () => {
  clock = manualClock()
  server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
  layer = await openLayer(
    { home: { baseURL: server.baseUrl, key: server.apiKey } },
    { chain: [`home/${server.model}`], clock, idleMs: 30_000, firstTokenMs: 60_000 },
  )
})

afterEach(() => server.close())

const writing = (signal?: AbortSignal, maxTokens?: number, prefer: readonly string[] = []) =>
  layer.models.write(caller({ prefer }), prose(signal, maxTokens))

const write = (...asked: Parameters<typeof writing>) => collect(writing(...asked))

/** Turns the clock on by `ms` once somebody sleeps that long. */
const turn = async (ms: number) => {
  await expect.poll(() => clock.pending(), { interval: 1 }).toContain(ms)
  await clock.advance(ms)
}

describe('an answer that comes whole', () => {
  test('is streamed, finished, and signed by who wrote it', async () => {
    const { shown, ...written } = await write()
    expect(shown.length).toBeGreaterThan(40)
    expect(written).toEqual({
      text: shown,
      end: { kind: 'finished', reason: 'stop' },
      by: `home/${server.model}`,
    })
  })

  test('comes in many deltas', async () => {
    const deltas: string[] = []
    for await (const delta of writing().deltas) deltas.push(delta)
    expect(deltas.length).toBeGreaterThan(10)
  })

  test('ends at the limit of tokens', async () => {
    expect((await write(undefined, 3)).end).toEqual({ kind: 'finished', reason: 'length' })
  })

  test('needs no reader of the deltas', async () => {
    expect((await writing().result).end.kind).toBe('finished')
  })
})

describe('a provider that fails before any text', () => {
  test('401 is not asked again', async () => {
    server.faults.add({ kind: 'unauthorized' })
    expect(await write()).toMatchObject({
      ...{ shown: '', text: '' },
      end: { kind: 'failed', failure: { kind: 'unauthorized' } },
    })
    expect(server.requests()).toHaveLength(1)
  })

  test('429 is asked again once Retry-After has passed', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3, times: 1 })
    const answer = write()
    await turn(3_000)
    expect((await answer).end.kind).toBe('finished')
    const [first, second] = server.requests()
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBe(3_000)
  })

  test('429 that asks for a longer wait than a player would stand is not asked again', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3600 })
    expect((await write()).end).toMatchObject({
      kind: 'failed',
      failure: { kind: 'rate_limited', until: clock.now() + 3_600_000 },
    })
    expect(server.requests()).toHaveLength(1)
  })

  test('500 is asked again at most twice', async () => {
    server.faults.add({ kind: 'server_error' })
    const answer = write()
    await turn(500)
    await turn(2_000)
    const { end } = await answer
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'unavailable' } })
    expect(server.requests()).toHaveLength(3)
  })

  test('500 once does not reach the player', async () => {
    server.faults.add({ kind: 'server_error', times: 1 })
    const answer = write()
    await turn(500)
    const { end } = await answer
    expect(end.kind).toBe('finished')
  })

  test('a connection that breaks is tried again', async () => {
    server.faults.add({ kind: 'dropped_connection', afterTokens: 0, times: 1 })
    const answer = write()
    await turn(500)
    const { end } = await answer
    expect(end.kind).toBe('finished')
    expect(server.requests()).toHaveLength(2)
  })

  test('a server that is not there is unavailable', async () => {
    await server.close()
    const answer = write()
    await turn(500)
    await turn(2_000)
    const { end } = await answer
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'unavailable' } })
    expect(JSON.stringify(end)).toContain('ECONNREFUSED')
  })

  test('an unknown model is rejected', async () => {
    const other = await openLayer(
      { home: { baseURL: server.baseUrl, key: server.apiKey } },
      { chain: ['home/no-such-model'], clock },
    )
    const { end } = await writeOver(other)
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'rejected' } })
  })

  test('an empty answer is a failure', async () => {
    server.faults.add({ kind: 'empty' })
    expect((await write()).end).toMatchObject({ kind: 'failed', failure: { kind: 'empty' } })
  })

  test('a stream that stalls at once is given up after the wait for the first token', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 0 })
    const answer = write()
    await expect.poll(() => server.requests()).toHaveLength(1)
    await turn(60_000)
    const { end } = await answer
    expect(end).toMatchObject({ kind: 'failed', failure: { kind: 'stalled' } })
    expect(server.requests()).toHaveLength(1)
  })

  test('a late answer is waited for', async () => {
    server.faults.add({ kind: 'delay', ms: 40_000 })
    const answer = write()
    await turn(40_000)
    expect((await answer).end.kind).toBe('finished')
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
      const answer = write()
      if (kind === 'stalled') await turn(30_000)
      const { shown, ...written } = await answer
      expect(shown).not.toBe('')
      expect(written).toMatchObject({ text: shown, end: { kind: 'cut', failure: { kind } } })
      expect(server.requests()).toHaveLength(1)
    })
  }

  test('a stalled stream is closed', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 4 })
    const answer = write()
    await turn(30_000)
    await answer
    await expect.poll(() => server.requests()[0]?.outcome).toBe('cut')
  })

  test('a filtered answer leaves no text', async () => {
    server.faults.add({ kind: 'content_filter', afterTokens: 4 })
    expect(await write()).toMatchObject({ text: '', end: { kind: 'failed', failure: { kind: 'refused' } } })
  })
})

describe('the caller stops', () => {
  test('before the call: no request is made', async () => {
    expect(await write(AbortSignal.abort())).toEqual({ shown: '', text: '', end: { kind: 'stopped' } })
    expect(server.requests()).toHaveLength(0)
  })

  test('in the middle: the text so far is kept and the server stops writing', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 4 })
    const stop = new AbortController()
    const { deltas, result } = writing(stop.signal)
    let text = ''
    for await (const delta of deltas) {
      text += delta
      stop.abort()
    }
    expect(await result).toMatchObject({ text, end: { kind: 'stopped' } })
    await expect.poll(() => server.requests()[0]?.outcome).not.toBe('open')
  })

  test('while waiting to ask again', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 10 })
    const stop = new AbortController()
    const { result } = writing(stop.signal)
    await expect.poll(() => clock.pending()).toContain(10_000)
    stop.abort()
    expect((await result).end).toEqual({ kind: 'stopped' })
    expect(server.requests()).toHaveLength(1)
  })
})

describe('a server that does not take a parameter', () => {
  test('stream_options is left out from then on', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'stream_options' })
    expect((await write()).end.kind).toBe('finished')
    expect(server.requests()).toHaveLength(2)
    await write()
    expect(server.requests()).toHaveLength(3)
  })

  test('temperature is left out', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'temperature' })
    expect((await write()).end.kind).toBe('finished')
    expect(server.requests().at(-1)?.body).not.toHaveProperty('temperature')
  })

  test('what one model does not take, another at the same server may', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'temperature', times: 1 })
    await write()
    await write(undefined, undefined, ['home/another'])
    expect(server.requests()[2]?.body).toMatchObject({ model: 'another', temperature: 0.8 })
  })

  test('any other refusal is a failure', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'messages' })
    expect((await write()).end).toMatchObject({ kind: 'failed', failure: { kind: 'rejected' } })
    expect(server.requests()).toHaveLength(1)
  })
})
