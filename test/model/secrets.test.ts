import { Writable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Clock } from '../../src/kit/clock.ts'
import { createLogger } from '../../src/kit/logger.ts'
import { manualClock } from '../doubles/clock.ts'
import { caller, openLayer, writeOver } from './layer.ts'
import { body, chunk, type Reply, scriptedProvider, sse, startProvider, stream } from './provider.ts'

const KEY = 'canary-0123456789-abcdef'
const echo = `Incorrect key provided: ${KEY} (Bearer ${KEY})`
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const listen = () => {
  let logged = ''
  const sink = new Writable({
    write(data, _encoding, done) {
      logged += data
      done()
    },
  })
  return { log: createLogger('trace', sink), logged: () => logged }
}

const { prefer: _, ...admin } = caller()
const scene = {
  messages: [{ role: 'user' as const, content: 'the plan of the castle' }],
  ...{ schema: z.object({ place: z.string() }), name: 'scene', fallback: { place: 'nowhere' } },
  ...{ maxTokens: 400, temperature: 0, signal: new AbortController().signal },
}

/** Lets everything happen at a provider that replies so, and gives all that was told of it anywhere. */
const everythingAt = async (reply: Reply) => {
  const provider = await scriptedProvider(reply)
  const ear = listen()
  const { now, sleep } = manualClock()
  // Nobody has to wait to ask again, and nothing is ever late.
  const clock: Clock = { now, sleep: (ms, signal) => (ms <= 2_000 ? Promise.resolve() : sleep(ms, signal)) }
  const options = { log: ear.log, clock }
  const open = () => openLayer({ home: { baseURL: provider.baseURL, key: KEY } }, options)
  const [writing, asking, testing] = [await open(), await open(), await open()]
  try {
    return {
      written: await writeOver(writing),
      asked: await asking.models.ask(caller(), scene),
      tested: await testing.directory.test('home/m', admin),
      kept: [writing, asking, testing].map(({ failures, ledger, capabilities, directory }) => ({
        ...{ failures, capabilities: capabilities.kept, connections: directory.connections() },
        ...{ reserved: ledger.reserved, settled: ledger.settled },
      })),
      logged: ear.logged(),
    }
  } finally {
    await provider.close()
  }
}

describe('a key that a provider echoes is told nowhere', () => {
  const replies: [where: string, reply: Reply][] = [
    ['in an error', body(401, JSON.stringify({ error: { message: echo } }))],
    ['in an error that is a list', body(400, JSON.stringify([{ error: { message: echo, key: KEY } }]))],
    ['in an error in plain text', body(500, echo, 'text/plain')],
    [
      'in a header',
      (response) =>
        response.writeHead(403, { 'x-key': KEY, 'x-request-id': KEY, 'retry-after': KEY }).end('{}'),
    ],
    ['in an error inside a stream', stream(chunk({ content: 'Yes' }), { error: { message: echo } })],
    [
      'in a stream that cannot be read',
      body(200, sse(chunk({ content: 'Yes' })).replace('[DONE]', `{"broken ${KEY}`), 'text/event-stream'),
    ],
    ['in a refusal', stream(chunk({ refusal: echo }), chunk({}, 'stop'))],
  ]
  for (const [where, reply] of replies) {
    test(where, async () => {
      const { written, asked, ...rest } = await everythingAt(reply)
      const told = JSON.stringify({ end: written.end, asked, ...rest })
      expect(told).not.toContain(KEY)
      expect(rest.logged).toContain('home/m')
    })
  }

  test('in a list of models', async () => {
    const provider = await startProvider((_request, response) => response.writeHead(401).end(echo))
    closing.push(provider.close)
    const ear = listen()
    const layer = await openLayer({ home: { baseURL: provider.baseURL, key: KEY } }, { log: ear.log })
    await layer.check()
    expect(ear.logged()).toContain('unauthorized')
    expect(ear.logged() + JSON.stringify(layer.directory.connections())).not.toContain(KEY)
  })

  test('as what the model wrote: the attempt is on record without it', async () => {
    const { asked, kept } = await everythingAt({ text: `My key is ${KEY}.` })
    expect(asked.failures[0]?.raw).toBe('My key is ***.')
    expect(JSON.stringify(kept)).not.toContain(KEY)
  })
})

test('the words of a prompt do not reach the log, though the SDK would print them', async () => {
  const broken = body(200, sse(chunk({ content: 'Yes' })).replace('[DONE]', '{"broken'), 'text/event-stream')
  const { logged } = await everythingAt(broken)
  expect(logged).toContain('Could not parse message into JSON')
  expect(logged).not.toContain('the plan of the castle')
})
