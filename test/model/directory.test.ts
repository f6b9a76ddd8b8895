import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { caller, openLayer, writeOver } from './layer.ts'
import { startProvider } from './provider.ts'

let clock: ManualClock
let server: LoopbackModel
const closing: (() => Promise<void>)[] = []
beforeEach(async () => {
  clock = manualClock()
  server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
  closing.push(server.close)
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A server that answers every request with a status, or never. */
const answering = async (status?: number) => {
  const provider = await startProvider((_request, response) => {
    if (status !== undefined) response.writeHead(status).end()
  })
  closing.push(provider.close)
  return provider
}

const home = () => ({ baseURL: server.baseUrl, key: server.apiKey })
const chain = () => [`home/${server.model}`]
const { prefer: _, ...admin } = caller()

describe('the start test', () => {
  test('shows each connection with how it is and which models it lists', async () => {
    const { directory, check } = await openLayer({
      ...{ home: home(), locked: await answering(401), broken: await answering(500) },
      ...{ unlisted: await answering(404), kept: await answering(403) },
      gone: { baseURL: 'http://127.0.0.1:9/v1' },
    })
    expect(directory.connections().map(({ state }) => state)).toEqual(Array(6).fill('untried'))
    await check()
    expect(directory.connections()).toEqual([
      { name: 'home', state: 'ready', models: [server.model] },
      { name: 'locked', state: 'unauthorized', models: [] },
      { name: 'broken', state: 'unreachable', models: [] },
      { name: 'unlisted', state: 'untried', models: [] },
      { name: 'kept', state: 'untried', models: [] },
      { name: 'gone', state: 'unreachable', models: [] },
    ])
  })

  test('takes no longer than two seconds', async () => {
    const { directory, check } = await openLayer({ silent: await answering() }, { clock })
    const checked = check()
    await expect.poll(() => clock.pending()).toContain(2_000)
    await clock.advance(2_000)
    await checked
    expect(directory.connections()[0]?.state).toBe('unreachable')
  })

  test('tells of a key that is not taken at once, and nobody asks with it', async () => {
    const layer = await openLayer({ home: { ...home(), key: 'sk-wrong-0123456789' } }, { chain: chain() })
    await layer.check()
    expect(layer.unauthorized).toEqual(['home'])
    expect((await writeOver(layer)).end).toMatchObject({ failure: { kind: 'unauthorized' } })
    expect(layer.ledger.reserved).toEqual([])
  })

  test('that finds nobody does not keep anyone from asking', async () => {
    const provider = await answering()
    await provider.close()
    const layer = await openLayer({ late: provider, home: home() }, { chain: ['late/m', ...chain()], clock })
    await layer.check()
    const answer = writeOver(layer)
    await expect.poll(() => clock.pending(), { interval: 1 }).toContain(500)
    await clock.advance(500)
    await expect.poll(() => clock.pending(), { interval: 1 }).toContain(2_000)
    await clock.advance(2_000)
    expect((await answer).by).toBe(`home/${server.model}`)
    expect(layer.directory.connections().map(({ state }) => state)).toEqual(['unreachable', 'ready'])
  })
})

describe('the directory', () => {
  test('knows the chain of a role, and which links there are', async () => {
    const { directory } = await openLayer({ home: home() }, { chain: ['home/maker/large', 'home/small'] })
    expect(directory.chainOf('writer')).toEqual(['home/maker/large', 'home/small'])
    expect(['home/any', 'away/any', 'home', 'home/'].map(directory.has)).toEqual([true, false, false, false])
  })
})

describe('a test of a link', () => {
  test('is a short call over that link, entered like any other', async () => {
    const layer = await openLayer({ home: home() }, { chain: ['home/other'], clock })
    const tested = await layer.directory.test(`home/${server.model}`, admin)
    expect(tested).toEqual({ text: expect.any(String), failure: undefined, firstTokenMs: 0, totalMs: 0 })
    expect(tested.text).not.toBe('')
    expect(layer.ledger.reserved).toMatchObject([{ model: server.model, maxTokens: 30, guild: '9' }])
    expect(layer.ledger.settled).toHaveLength(1)
  })

  test('says what went wrong, and asks no other link', async () => {
    server.faults.add({ kind: 'server_error', only: 'any' })
    const layer = await openLayer({ home: home(), away: home() }, { chain: chain(), clock })
    const tested = await layer.directory.test(`home/${server.model}`, admin)
    expect(tested).toMatchObject({ text: '', failure: { kind: 'unavailable' } })
    expect(server.requests()).toHaveLength(1)
  })

  test('is given up after a minute', async () => {
    server.faults.add({ kind: 'stalled_stream', afterTokens: 0, only: 'any' })
    const layer = await openLayer({ home: home() }, { chain: chain(), clock })
    const testing = layer.directory.test(`home/${server.model}`, admin)
    await expect.poll(() => server.requests()).toHaveLength(1)
    await clock.advance(60_000)
    expect(await testing).toMatchObject({ failure: { kind: 'stalled' }, totalMs: 60_000 })
  })

  test('is not made over a connection that there is not', async () => {
    const layer = await openLayer({ home: home() }, { chain: chain() })
    expect((await layer.directory.test('away/m', admin)).failure?.kind).toBe('rejected')
    expect(server.requests()).toEqual([])
  })

  test('with a key that is still not taken changes nothing, and the owner is not told again', async () => {
    const layer = await openLayer({ home: { ...home(), key: 'sk-wrong-0123456789' } }, { chain: chain() })
    await layer.check()
    expect((await layer.directory.test(`home/${server.model}`, admin)).failure?.kind).toBe('unauthorized')
    expect(layer.directory.connections()[0]?.state).toBe('unauthorized')
    expect(layer.unauthorized).toEqual(['home'])
  })

  test('with a key that is taken again has its connection asked again by all', async () => {
    server.faults.add({ kind: 'unauthorized', times: 1, only: 'any' })
    const layer = await openLayer({ home: home() }, { chain: chain() })
    await writeOver(layer)
    expect((await writeOver(layer)).end).toMatchObject({ failure: { kind: 'unauthorized' } })
    expect((await layer.directory.test(`home/${server.model}`, admin)).failure).toBeUndefined()
    expect(layer.directory.connections()[0]?.state).toBe('ready')
    expect((await writeOver(layer)).end.kind).toBe('finished')
  })

  test('finds out anew what the model takes', async () => {
    server.faults.add({ kind: 'unknown_parameter', param: 'temperature', times: 1, only: 'any' })
    const layer = await openLayer({ home: home() }, { chain: chain() })
    const last = () => server.requests().at(-1)?.body
    await writeOver(layer)
    await writeOver(layer)
    expect(last()).not.toHaveProperty('temperature')
    await layer.directory.test(`home/${server.model}`, admin)
    expect(last()).toHaveProperty('temperature')
    await writeOver(layer)
    expect(last()).toHaveProperty('temperature')
  })

  test('mends a connection that was left alone', async () => {
    server.faults.add({ kind: 'rate_limited', retryAfterSeconds: 60, times: 1, only: 'any' })
    const limits = { failures: 1, coolDownMs: 60_000 }
    const layer = await openLayer({ home: home() }, { chain: chain(), clock, limits })
    await writeOver(layer)
    expect(layer.directory.connections()[0]?.state).toBe('cooling')
    await layer.directory.test(`home/${server.model}`, admin)
    expect(layer.directory.connections()[0]?.state).toBe('ready')
  })
})
