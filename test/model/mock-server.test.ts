import { LLMock } from '@copilotkit/aimock'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { caller, type Layer, openLayer, writeOver } from './layer.ts'

/** The same as with the loopback model, over a server that somebody else wrote after the same protocol. */

const KEY = 'sk-canary-0123456789'
const TEXT = 'The door opens slowly. Rain blows in, and behind it stands somebody with a lantern.'

let clock: ManualClock
let mock: LLMock

beforeEach(async () => {
  clock = manualClock()
  mock = new LLMock({ port: 0, chunkSize: 8, auth: { apiKeys: [KEY] } })
  await mock.start()
})
afterEach(() => mock.stop())

const open = (key = KEY): Promise<Layer> =>
  openLayer({ mock: { baseURL: `${mock.url}/v1`, key } }, { chain: ['mock/gpt-4.1-mini'], clock })

const write = async (layer?: Layer) => writeOver(layer ?? (await open()))

/** Turns the clock on by `ms` once somebody sleeps that long. */
const turn = async (ms: number) => {
  await expect.poll(() => clock.pending(), { interval: 1 }).toContain(ms)
  await clock.advance(ms)
}

const requests = () => mock.getRequests().filter(({ path }) => path.endsWith('/chat/completions'))

describe('an answer', () => {
  test('is streamed, finished and counted', async () => {
    mock.on({}, { content: TEXT, usage: { prompt_tokens: 31, completion_tokens: 17, total_tokens: 48 } })
    const layer = await open()
    expect(await write(layer)).toEqual({
      ...{ shown: TEXT, text: TEXT, by: 'mock/gpt-4.1-mini' },
      end: { kind: 'finished', reason: 'stop' },
    })
    expect(layer.ledger.settled).toMatchObject([{ outcome: 'finished', usage: { input: 31, output: 17 } }])
  })

  test('ends at the limit', async () => {
    mock.on({}, { content: TEXT, finishReason: 'length' })
    expect(await write()).toMatchObject({ text: TEXT, end: { kind: 'finished', reason: 'length' } })
  })

  test('comes without its reasoning', async () => {
    mock.on({}, { content: TEXT, reasoning: 'Somebody knocked.' })
    expect(await write()).toMatchObject({ shown: TEXT, text: TEXT })
  })

  test('that a filter stopped leaves no text', async () => {
    mock.on({}, { content: TEXT, finishReason: 'content_filter' })
    expect(await write()).toMatchObject({ text: '', end: { kind: 'failed', failure: { kind: 'refused' } } })
  })

  test('that is empty is none', async () => {
    mock.on({}, { content: '' })
    expect((await write()).end).toMatchObject({ kind: 'failed', failure: { kind: 'empty' } })
  })
})

describe('a server that fails before any text', () => {
  test('401 is not asked again', async () => {
    mock.on({}, { content: TEXT })
    const layer = await open('sk-another-0123456789')
    const written = await write(layer)
    expect(written.end).toMatchObject({ kind: 'failed', failure: { kind: 'unauthorized' } })
    expect(JSON.stringify(written)).not.toContain('sk-another')
    expect(layer.unauthorized).toEqual(['mock'])
    expect(layer.ledger.reserved).toHaveLength(1)
  })

  test('429 is asked again once Retry-After has passed', async () => {
    mock.on(
      { sequenceIndex: 0 },
      { error: { message: 'Slow down.', code: 'rate_limit_exceeded' }, status: 429, retryAfter: 3 },
    )
    mock.on({}, { content: TEXT })
    const writing = write()
    await turn(3_000)
    expect((await writing).text).toBe(TEXT)
    expect(requests().map(({ response }) => response.status)).toEqual([429, 200])
  })

  test('429 that asks for a longer wait than a player would stand is not asked again', async () => {
    mock.on({}, { error: { message: 'Slow down.' }, status: 429, retryAfter: 3600 })
    expect((await write()).end).toMatchObject({ kind: 'failed', failure: { kind: 'rate_limited' } })
    expect(requests()).toHaveLength(1)
  })

  test('500 once does not reach the player', async () => {
    mock.on({}, { content: TEXT })
    mock.nextRequestError(500, { message: 'Something broke.' })
    const writing = write()
    await turn(500)
    expect((await writing).text).toBe(TEXT)
  })

  test('500 is asked again at most twice', async () => {
    mock.on({}, { error: { message: 'Something broke.' }, status: 500 })
    const writing = write()
    await turn(500)
    await turn(2_000)
    expect((await writing).end).toMatchObject({ kind: 'failed', failure: { kind: 'unavailable' } })
    expect(requests()).toHaveLength(3)
  })

  test('a connection that is closed without an answer is tried again', async () => {
    mock.on({}, { content: TEXT })
    mock.setChaos({ disconnectRate: 1 })
    const writing = write()
    await expect.poll(() => clock.pending(), { interval: 1 }).toContain(500)
    mock.clearChaos()
    await clock.advance(500)
    expect((await writing).text).toBe(TEXT)
  })

  test('a model that it does not have is not asked for again', async () => {
    mock.on({}, { error: { message: 'The model does not exist.', code: 'model_not_found' }, status: 404 })
    expect((await write()).end).toMatchObject({ kind: 'failed', failure: { kind: 'rejected' } })
    expect(requests()).toHaveLength(1)
  })

  test('an answer that is no stream at all is none', async () => {
    mock.on({}, { content: TEXT })
    mock.setChaos({ malformedRate: 1 })
    expect((await write()).end).toMatchObject({ kind: 'failed' })
  })
})

test('a stream that breaks off after some text is a cut, and not asked for again', async () => {
  // Chunks that are written in one go are lost when the connection is closed in the same moment.
  mock.on({}, { content: TEXT }, { truncateAfterChunks: 4, latency: 1 })
  const { shown, text, end } = await write()
  expect(text).not.toBe('')
  expect(TEXT.startsWith(text)).toBe(true)
  expect(shown).toBe(text)
  expect(end).toMatchObject({ kind: 'cut', failure: { kind: 'cut' } })
  expect(requests()).toHaveLength(1)
})

describe('structured answers', () => {
  const scene = {
    messages: [{ role: 'user' as const, content: 'Ada opens the door of the mill.' }],
    ...{ schema: z.object({ place: z.string() }), name: 'scene', fallback: { place: 'nowhere' } },
    ...{ maxTokens: 400, temperature: 0, signal: new AbortController().signal },
  }
  const mill = { place: 'the mill' }
  const ask = async () => (await open()).models.ask(caller({ role: 'archivist' }), scene)

  test('fit the schema that was sent', async () => {
    mock.on({ responseFormat: 'json_schema' }, { content: JSON.stringify(mill) })
    expect(await ask()).toEqual({ value: mill, source: 'json_schema', failures: [] })
  })

  test('are read out of a fence and a few words', async () => {
    mock.on({}, { content: `Here it is:\n\`\`\`json\n${JSON.stringify(mill)}\n\`\`\`` })
    expect(await ask()).toMatchObject({ value: mill, failures: [] })
  })

  test('that are none are sent back once', async () => {
    mock.on({ sequenceIndex: 0 }, { content: 'The mill, I think.' })
    mock.on({}, { content: JSON.stringify(mill) })
    expect(await ask()).toMatchObject({
      ...{ value: mill, source: 'repaired' },
      failures: [{ attempt: 1, kind: 'not_json', raw: 'The mill, I think.' }],
    })
  })

  test('are asked for in words where schemas are refused', async () => {
    const refused = "Invalid parameter: 'response_format' of type 'json_schema' is not supported."
    mock.on({ responseFormat: 'json_schema' }, { error: { message: refused }, status: 400 })
    mock.on({ responseFormat: 'json_object' }, { content: JSON.stringify(mill) })
    expect(await ask()).toMatchObject({ value: mill, source: 'json_object', failures: [] })
  })

  test('that never come give the fallback', async () => {
    mock.on({}, { error: { message: 'Something broke.' }, status: 500 })
    const asking = ask()
    await turn(500)
    expect(await asking).toMatchObject({
      ...{ value: scene.fallback, source: 'default' },
      failures: [{ kind: 'unavailable' }, { kind: 'unavailable' }],
    })
  })
})
