import type { ServerResponse } from 'node:http'
import { Writable } from 'node:stream'
import { afterEach, describe, expect, test } from 'vitest'
import { createLogger } from '../../src/kit/logger.ts'
import { openaiModel } from '../../src/model/openai.ts'
import type { Written } from '../../src/turn/ports.ts'
import { manualClock } from '../doubles/clock.ts'
import { chunk, sse, startProvider } from './provider.ts'

const KEY = 'sk-canary-0123456789'
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Asks a provider that answers every request so, and gives what was shown, what came of it, and the log. */
const ask = async (answer: (response: ServerResponse) => void) => {
  const provider = await startProvider((request, response) => {
    request.resume()
    answer(response)
  })
  closing.push(provider.close)
  let logged = ''
  const sink = new Writable({
    write(data, _encoding, done) {
      logged += data
      done()
    },
  })
  const model = openaiModel({
    baseURL: provider.baseURL,
    apiKey: KEY,
    model: 'm',
    clock: manualClock(),
    log: createLogger('trace', sink),
  })
  const writing = model.write({
    messages: [{ role: 'user', content: 'the plan of the castle' }],
    maxTokens: 100,
    temperature: 1,
    signal: new AbortController().signal,
  })
  let shown = ''
  for await (const delta of writing.deltas) shown += delta
  const result: Written = await writing.result
  return { shown, result, logged }
}

const stream = (response: ServerResponse, body: string) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(body)
}

describe('reasoning', () => {
  test('in a field of its own is not shown', async () => {
    const { shown, result } = await ask((response) =>
      stream(
        response,
        sse(
          chunk({ role: 'assistant', reasoning_content: 'secret' }),
          chunk({ reasoning: 'secret' }),
          chunk({ content: 'The door opens.' }),
          chunk({}, 'stop'),
        ),
      ),
    )
    expect(shown).toBe('The door opens.')
    expect(result.text).toBe(shown)
  })

  test('that uses up all tokens is an empty answer', async () => {
    const { result } = await ask((response) =>
      stream(response, sse(chunk({ content: '<think>secret' }), chunk({}, 'length'))),
    )
    expect(result).toMatchObject({ text: '', end: { kind: 'failed', failure: { kind: 'empty' } } })
  })
})

describe('odd answers', () => {
  test('an error inside the stream after some text is a cut', async () => {
    const { shown, result } = await ask((response) =>
      stream(response, sse(chunk({ content: 'The door' }), { error: { message: 'overloaded', code: 529 } })),
    )
    expect(result).toMatchObject({ text: shown, end: { kind: 'cut', failure: { kind: 'cut' } } })
  })

  test('a chunk that is not JSON after some text is a cut', async () => {
    const { result } = await ask((response) =>
      stream(response, `${sse(chunk({ content: 'The door' })).replace('[DONE]', '{"id":')}`),
    )
    expect(result.end).toMatchObject({ kind: 'cut' })
  })

  test('a refusal is refused, whatever came with it', async () => {
    const { result } = await ask((response) =>
      stream(response, sse(chunk({ content: 'I' }), chunk({ refusal: 'I cannot.' }), chunk({}, 'stop'))),
    )
    expect(result).toMatchObject({ text: '', end: { kind: 'failed', failure: { kind: 'refused' } } })
  })

  test('chunks without choices or deltas are passed over', async () => {
    const bare = { id: 'x', object: 'chat.completion.chunk', created: 0, model: 'm' }
    const { result } = await ask((response) =>
      stream(
        response,
        sse(bare, chunk({ content: 'Yes.' }), { ...bare, choices: [{ finish_reason: 'stop' }] }),
      ),
    )
    expect(result).toMatchObject({ text: 'Yes.', end: { kind: 'finished', reason: 'stop' } })
  })

  test('a tool call that nobody asked for ends the text', async () => {
    const { result } = await ask((response) =>
      stream(response, sse(chunk({ content: 'Yes.' }), chunk({}, 'tool_calls'))),
    )
    expect(result.end).toEqual({ kind: 'finished', reason: 'stop' })
  })
})

describe('secrets', () => {
  test('a key that a provider echoes reaches neither the log nor the failure', async () => {
    const { result, logged } = await ask((response) => {
      response.writeHead(401, { 'content-type': 'application/json' })
      response.end(
        JSON.stringify({ error: { message: `Incorrect API key provided: ${KEY} (Bearer ${KEY})` } }),
      )
    })
    expect(result.end).toMatchObject({ kind: 'failed', failure: { kind: 'unauthorized' } })
    expect(JSON.stringify(result)).not.toContain(KEY)
    expect(logged).not.toContain(KEY)
    expect(logged).toContain('unauthorized')
  })

  test('what the SDK would print goes to the log, without the words of the prompt', async () => {
    const { logged } = await ask((response) =>
      stream(response, `${sse(chunk({ content: 'The door' })).replace('[DONE]', '{"broken')}`),
    )
    expect(logged).toContain('Could not parse message into JSON')
    expect(logged).not.toContain('the plan of the castle')
  })
})
