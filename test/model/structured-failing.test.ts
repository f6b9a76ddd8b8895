import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { answer, fallback, json, openReplying, request, scene } from './asking.ts'
import { caller, openLayer, writeOver } from './layer.ts'
import { chunk, type Reply, refusal, scriptedProvider, stream } from './provider.ts'

let clock: ManualClock
const closing: (() => Promise<void>)[] = []
beforeEach(() => {
  clock = manualClock()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Turns the clock on by `ms` once somebody sleeps that long. */
const turn = async (ms: number) => {
  await expect.poll(() => clock.pending(), { interval: 1 }).toContain(ms)
  await clock.advance(ms)
}

describe('a refusal is a failure', () => {
  const field = stream(chunk({ refusal: 'I cannot.' }), chunk({}, 'stop'))
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
      const layer = await openReplying([reply], { clock })
      closing.push(layer.close)
      expect(await layer.models.ask(caller(), request())).toMatchObject({
        value: fallback,
        source: 'default',
        failures: [
          { attempt: 1, kind: 'refused', raw },
          { attempt: 2, kind: 'refused', raw },
        ],
      })
      expect(layer.failures.map(({ kind }) => kind)).toEqual(['refused', 'refused'])
    })
  }

  test('that is followed by an answer is none', async () => {
    const layer = await openReplying([field, { text: json }], { clock })
    closing.push(layer.close)
    expect(await layer.models.ask(caller(), request())).toMatchObject({ value: answer, source: 'repaired' })
  })
})

describe('given two connections', () => {
  const open = async (home: readonly Reply[], away: readonly Reply[]) => {
    const [one, other] = [await scriptedProvider(...home), await scriptedProvider(...away)]
    closing.push(one.close, other.close)
    const layer = await openLayer({ home: one, away: other }, { clock })
    return { ...layer, home: one.asked, away: other.asked }
  }

  test('when the first is busy, then the second is asked at once', async () => {
    const layer = await open([refusal(503, 'busy')], [{ text: json }])
    expect(await layer.models.ask(caller(), request())).toMatchObject({
      ...{ value: answer, source: 'json_schema' },
      failures: [{ attempt: 1, kind: 'unavailable' }],
    })
    expect(layer.home).toHaveLength(1)
  })

  test('when the first stays wrong after its repair, then the second has its say, without another', async () => {
    const layer = await open([{ text: 'The mill.' }], [{ text: 'A mill.' }])
    const { source, failures } = await layer.models.ask(caller(), request())
    expect([source, failures.length]).toEqual(['default', 3])
    expect([layer.home.length, layer.away.length]).toEqual([2, 1])
    expect(layer.failures.map(({ connection, attempt }) => [connection, attempt])).toEqual([
      ['home', 1],
      ['home', 2],
      ['away', 3],
    ])
  })

  test('when neither may be asked, then the fallback comes with the reason', async () => {
    const layer = await open([refusal(401, 'no')], [refusal(401, 'no')])
    await writeOver(layer)
    expect(await layer.models.ask(caller(), request())).toMatchObject({
      ...{ value: fallback, source: 'default' },
      failures: [{ attempt: 1, kind: 'unauthorized', raw: '' }],
    })
    expect([layer.home.length, layer.away.length]).toEqual([1, 1])
  })
})

describe('at the loopback model', () => {
  let server: LoopbackModel
  const only = 'any'
  const loopback = async () => {
    const layer = await openLayer(
      { home: { baseURL: server.baseUrl, key: server.apiKey } },
      { clock, chain: [`home/${server.model}`] },
    )
    return { ...layer, ask: (signal?: AbortSignal) => layer.models.ask(caller(), request(signal)) }
  }
  const ask = async (signal?: AbortSignal) => (await loopback()).ask(signal)
  beforeEach(async () => {
    server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
    closing.push(server.close)
  })

  test('a value comes that fits', async () => {
    const result = await ask()
    expect(result).toMatchObject({ source: 'json_schema', failures: [] })
    expect(scene.parse(result.value)).toEqual(result.value)
  })

  test('a wrong key is not tried twice', async () => {
    server.faults.add({ kind: 'unauthorized', only })
    expect(await ask()).toMatchObject({
      value: fallback,
      source: 'default',
      failures: [{ attempt: 1, kind: 'unauthorized', raw: '' }],
    })
    expect(server.requests()).toHaveLength(1)
  })

  test('a server that is busy is asked once more, when it says so', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3, times: 1, only })
    const asking = ask()
    await turn(3_000)
    expect(await asking).toMatchObject({
      source: 'json_schema',
      failures: [{ attempt: 1, kind: 'rate_limited' }],
    })
  })

  test('but not when it wants to be left alone for longer than an attempt may take', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 11, only })
    expect((await ask()).source).toBe('default')
    expect(server.requests()).toHaveLength(1)
  })

  test('a server that fails is asked twice in all', async () => {
    server.faults.add({ kind: 'server_error', only })
    const asking = ask()
    await turn(500)
    const { failures } = await asking
    expect(failures.map(({ attempt, kind }) => [attempt, kind])).toEqual([
      [1, 'unavailable'],
      [2, 'unavailable'],
    ])
    expect(server.requests()).toHaveLength(2)
  })

  test('an attempt has ten seconds', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 2, only })
    const asking = ask()
    await expect.poll(() => server.requests()).toHaveLength(1)
    await turn(10_000)
    expect(await asking).toMatchObject({
      source: 'default',
      failures: [{ attempt: 1, kind: 'stalled' }],
    })
    await expect.poll(() => server.requests()[0]?.outcome).not.toBe('open')
  })

  test('that a model is too slow for values does not keep it from prose', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 2, only, times: 4 })
    const layer = await loopback()
    for (let late = 1; late <= 4; late += 1) {
      const asking = layer.ask()
      await expect.poll(() => server.requests()).toHaveLength(late)
      await turn(10_000)
      expect((await asking).failures[0]?.kind).toBe('stalled')
    }
    expect((await writeOver(layer)).end.kind).toBe('finished')
  })

  test('a caller who stops gets the fallback, and that is no failure of the model', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 2, only })
    const stop = new AbortController()
    const layer = await loopback()
    const asking = layer.ask(stop.signal)
    await expect.poll(() => server.requests()).toHaveLength(1)
    stop.abort()
    expect(await asking).toMatchObject({ value: fallback, failures: [{ attempt: 1, kind: 'stopped' }] })
    expect(layer.failures).toEqual([])
  })

  test('a caller who had stopped before makes no request', async () => {
    expect(await ask(AbortSignal.abort())).toEqual({ value: fallback, source: 'default', failures: [] })
    expect(server.requests()).toHaveLength(0)
  })
})

test('an attempt has ten seconds for all of it: a model that trickles is late, too', async () => {
  const layer = await openReplying(
    [
      async (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        for (const content of ['{"place":', '"the', ' mill"']) {
          response.write(`data: ${JSON.stringify(chunk({ content }))}\n\n`)
          await clock.sleep(4_000)
        }
      },
    ],
    { clock },
  )
  closing.push(layer.close)
  const asking = layer.models.ask(caller(), request())
  await turn(4_000)
  await turn(4_000)
  await turn(2_000)
  expect(await asking).toMatchObject({ source: 'default', failures: [{ attempt: 1, kind: 'stalled' }] })
})
