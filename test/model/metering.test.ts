import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { silentLogger } from '../../src/kit/logger.ts'
import { noUsage } from '../../src/ledger/price.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { openBooks } from '../ledger/books.ts'
import { CENT, NOON } from '../ledger/call.ts'
import { caller, collect, openLayer, openLedger, prose, writeOver } from './layer.ts'
import { chunk, type Reply, refusal, scriptedProvider, stream } from './provider.ts'

let clock: ManualClock
const closing: (() => Promise<void>)[] = []
beforeEach(() => {
  clock = manualClock()
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const open = async (...replies: readonly Reply[]) => {
  const provider = await scriptedProvider(...replies)
  closing.push(provider.close)
  const layer = await openLayer({ home: provider }, { clock })
  return { ...layer, asked: provider.asked }
}

/** Turns the clock on by `ms` once somebody sleeps that long. */
const turn = async (ms: number) => {
  await expect.poll(() => clock.pending(), { interval: 1 }).toContain(ms)
  await clock.advance(ms)
}

const scene = {
  messages: [{ role: 'user' as const, content: 'Ada opens the door of the mill.' }],
  ...{ schema: z.object({ place: z.string() }), name: 'scene', fallback: { place: 'nowhere' } },
  ...{ maxTokens: 400, temperature: 0, signal: new AbortController().signal },
}

describe('a call', () => {
  test('is reserved as whose it is, and settled with what it used and how long it took', async () => {
    const layer = await open({ text: 'The door opens.' })
    await writeOver(layer)
    expect(layer.ledger.reserved).toEqual([
      {
        ...{ guild: '9', player: '1001', story: 'story1', branch: 'root', turn: 't1', zone: 'UTC' },
        ...{ role: 'writer', connection: 'home', model: 'm', maxTokens: 700 },
        ...{ isFree: true, marksCache: false },
        promptTokens: expect.any(Number),
      },
    ])
    expect(layer.ledger.settled).toEqual([
      {
        ...{ id: '1', outcome: 'finished', firstTokenMs: 0, totalMs: 0 },
        usage: { input: 10, cached: 0, cacheWritten: 0, reasoning: 0, output: 5 },
      },
    ])
  })

  test('takes the time that it takes', async () => {
    const server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
    closing.push(server.close)
    server.faults.add({ kind: 'delay', ms: 1_500 })
    const layer = await openLayer(
      { home: { baseURL: server.baseUrl, key: server.apiKey } },
      { clock, chain: [`home/${server.model}`] },
    )
    const answer = writeOver(layer)
    await turn(1_500)
    await answer
    expect(layer.ledger.settled).toMatchObject([{ firstTokenMs: 1_500, totalMs: 1_500 }])
  })

  const ends: [name: string, reply: Reply, outcome: string, usage: object | undefined][] = [
    ['a refusal with a status', refusal(400, 'no'), 'failed', noUsage],
    [
      'an error before anything was streamed',
      stream({ error: { message: 'overloaded' } }),
      'failed',
      noUsage,
    ],
    ['a filter', { text: 'The', finish: 'content_filter' }, 'failed', { output: 5 }],
    ['an answer whose usage nobody told', { text: 'Yes.', usage: null }, 'finished', undefined],
    ['a stream that breaks off', { text: 'The', finish: null, usage: null }, 'cut', undefined],
  ]
  for (const [name, reply, outcome, usage] of ends) {
    test(`that ends with ${name} is entered as ${outcome}`, async () => {
      const layer = await open(reply, { text: 'Yes.' })
      const answer = writeOver(layer)
      if (name.startsWith('an error')) await turn(500)
      await answer
      const [settled] = layer.ledger.settled
      expect(settled?.outcome).toBe(outcome)
      if (usage === undefined) expect(settled?.usage).toBeUndefined()
      else expect(settled?.usage).toMatchObject(usage)
    })
  }

  test('whose usage is not told at its end counts with all that was reserved: whoever tells none never does', async () => {
    const layer = await open({ text: 'Yes.', usage: null })
    await writeOver(layer)
    expect(layer.ledger.settled[0]).not.toHaveProperty('counted')
  })

  test('to a server that is not there costs nothing', async () => {
    const layer = await open()
    await closing.pop()?.()
    const answer = writeOver(layer)
    await turn(500)
    await turn(2_000)
    await answer
    expect(layer.ledger.settled.map(({ usage }) => usage)).toEqual([noUsage, noUsage, noUsage])
  })

  test('whose line broke before a word may have been charged, with an answer as long as was allowed', async () => {
    const layer = await open((response) => response.destroy(), { text: 'Yes.' })
    const answer = writeOver(layer)
    await turn(500)
    await answer
    const [broken, whole] = layer.ledger.settled
    expect(broken).toMatchObject({ usage: undefined, counted: { output: 700 } })
    expect(whole?.usage).toBeDefined()
  })

  test('that the caller stops counts with what came of it, as we count it, and a fifth more', async () => {
    const layer = await open((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify(chunk({ content: 'The do' }))}\n\n`)
    })
    const stop = new AbortController()
    const { deltas, result } = layer.models.write(caller(), prose(stop.signal))
    for await (const _ of deltas) stop.abort()
    await result
    // “The do” are two tokens; the prompt is reserved with one for each byte, since nobody knows how `m` counts.
    expect(layer.ledger.settled).toMatchObject([
      { outcome: 'stopped', usage: undefined, counted: { output: 3 } },
    ])
    const [{ promptTokens = 0 } = {}] = layer.ledger.reserved
    const counted = layer.ledger.settled[0]?.counted?.input ?? 0
    expect(counted).toBeGreaterThan(50)
    expect(counted).toBeLessThan(promptTokens)
  })
})

describe('every request is entered by itself', () => {
  test('one that is made again after a failure', async () => {
    const layer = await open(refusal(503, 'busy'), { text: 'Yes.' })
    const answer = writeOver(layer)
    await turn(500)
    await answer
    expect(layer.ledger.settled.map(({ outcome }) => outcome)).toEqual(['failed', 'finished'])
  })

  test('one that is made again without what the server does not take', async () => {
    const layer = await open(refusal(400, "Unknown parameter: 'temperature'."), { text: 'Yes.' })
    await writeOver(layer)
    expect(layer.ledger.settled.map(({ usage }) => usage?.output)).toEqual([0, 5])
  })

  test('one that sends a wrong answer back', async () => {
    const layer = await open({ text: 'The mill.' }, { text: '{"place":"the mill"}' })
    await layer.models.ask(caller({ role: 'archivist' }), scene)
    expect(layer.ledger.reserved.map(({ role }) => role)).toEqual(['archivist', 'archivist'])
    expect(layer.ledger.settled).toHaveLength(2)
    const [first, second] = layer.ledger.reserved.map(({ promptTokens }) => promptTokens)
    expect(second).toBeGreaterThan(first ?? 0)
  })

  test('and nothing but requests', async () => {
    const layer = await open()
    await collect(layer.models.write(caller(), prose(AbortSignal.abort())))
    expect(layer.ledger.reserved).toEqual([])
  })
})

describe('a reservation that is refused', () => {
  const spent = { refused: 'spent', scope: 'server', window: 'day', limit: 100, resetsAt: NOON } as const
  const tooSmall = { refused: 'too_small', scope: 'user', window: 'day', limit: 1 } as const
  const unpriced = { refused: 'unpriced', scope: 'server', window: 'month', limit: 100 } as const

  const openBoth = async (refuse: Parameters<typeof openLedger>[0]) => {
    const [home, away] = [
      await scriptedProvider({ text: 'Home.' }),
      await scriptedProvider({ text: 'Away.' }),
    ]
    closing.push(home.close, away.close)
    const layer = await openLayer({ home, away }, { clock, ledger: openLedger(refuse) })
    return { ...layer, home: home.asked, away: away.asked }
  }

  test('is no request, and the next link is asked', async () => {
    const layer = await openBoth(({ connection }) => (connection === 'home' ? spent : undefined))
    expect((await writeOver(layer)).by).toBe('away/m')
    expect(layer.home).toHaveLength(0)
  })

  test('says nothing of the connection', async () => {
    const layer = await openBoth(() => spent)
    for (let call = 0; call < 4; call += 1) await writeOver(layer)
    expect(layer.directory.connections().map(({ state }) => state)).toEqual(['untried', 'untried'])
  })

  test.each([
    [spent, { kind: 'over_budget', until: NOON }],
    [tooSmall, { kind: 'over_budget' }],
    [unpriced, { kind: 'unpriced' }],
  ])('on every link is why nothing comes: $refused', async (refused, failure) => {
    const layer = await openBoth(() => refused)
    expect((await writeOver(layer)).end).toMatchObject({ kind: 'failed', failure })
    expect(await layer.models.ask(caller(), scene)).toMatchObject({
      ...{ value: scene.fallback, source: 'default' },
      failures: [{ attempt: 1, kind: failure.kind, raw: '' }],
    })
    expect(layer.failures).toEqual([])
  })
})

describe('over a real ledger', () => {
  let books: Awaited<ReturnType<typeof openBooks>>
  let server: LoopbackModel
  beforeEach(async () => {
    books = await openBooks()
    closing.push(books.close)
    server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
    closing.push(server.close)
  })
  const loopback = () =>
    openLayer(
      { home: { baseURL: server.baseUrl, key: server.apiKey } },
      { clock, chain: [`home/${server.model}`], ledger: books.ledger },
    )

  test('a model on this machine costs nothing, also where everything has its limit', async () => {
    await books.limit(0)
    const layer = await loopback()
    expect((await writeOver(layer)).end.kind).toBe('finished')
    expect(await books.calls()).toMatchObject([{ role: 'writer', connection: 'home', price: 0 }])
  })

  test('unless an admin said what it costs', async () => {
    const layer = await loopback()
    await writeOver(layer)
    const price = { input: 1, cached: 1, cacheWrite: null, output: 1 }
    books.clock.at += 1
    await books.ledger.setPrice({
      ...{ guild: '9', model: server.model, connection: null, from: books.clock.at },
      ...price,
    })
    await writeOver(layer)
    expect((await books.calls()).map((call) => (call.price ?? 0) > 0)).toEqual([false, true])
  })

  test('what a prompt was reserved for is never less than what the provider counts', async () => {
    const layer = await loopback()
    const ledger = openLedger()
    const spied = await openLayer(
      { home: { baseURL: server.baseUrl, key: server.apiKey } },
      { clock, chain: [`home/${server.model}`], ledger },
    )
    await writeOver(spied)
    await writeOver(layer)
    expect(ledger.reserved[0]?.promptTokens).toBeGreaterThanOrEqual((await books.calls())[0]?.input ?? CENT)
  })

  test('a ledger that fails is no failure of the turn’s code', async () => {
    const layer = await loopback()
    await books.db.destroy()
    expect((await writeOver(layer)).end).toMatchObject({ kind: 'failed', failure: { kind: 'unavailable' } })
    expect(await layer.models.ask(caller(), scene)).toMatchObject({ source: 'default' })
    expect(server.requests()).toHaveLength(0)
  })
})
