import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { chooseModel, discover } from '../../src/model/discover.ts'
import { startProvider } from './provider.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const serve = async (name: string, answer: (response: ServerResponse) => void) => {
  const provider = await startProvider((request, response) => {
    if (request.url === '/v1/models') answer(response)
    else response.writeHead(404).end()
  })
  closing.push(provider.close)
  return { name, port: provider.port }
}

const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }

const list = (...ids: string[]) => json({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) })

describe('a local server', () => {
  test('is found with its models', async () => {
    const server = await serve('LM Studio', list('qwen3', 'nomic-embed-text'))
    expect(await discover({ servers: [server] })).toEqual({
      name: 'LM Studio',
      baseURL: `http://127.0.0.1:${server.port}/v1`,
      models: ['qwen3', 'nomic-embed-text'],
    })
  })

  test('of several, the first of the list is taken', async () => {
    const servers = [
      await serve('A', json({}, 500)),
      await serve('B', list('b')),
      await serve('C', list('c')),
    ]
    expect((await discover({ servers }))?.name).toBe('B')
  })

  const others: [name: string, answer: (response: ServerResponse) => void][] = [
    ['a web page', (response) => response.end('<html>hello</html>')],
    ['another JSON', json({ models: [] })],
    ['no models', list()],
    ['nothing listed', json({ object: 'list', data: null })],
    ['nothing that writes', list('text-embedding-3', 'whisper-large')],
    ['a server that wants a key', json({ error: { message: 'no key' } }, 401)],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['a server that never answers', () => {}],
  ]
  for (const [name, answer] of others) {
    test(`${name} is not taken`, async () => {
      const servers = [await serve('other', answer)]
      expect(await discover({ servers, timeoutMs: 100 })).toBeUndefined()
    })
  }

  test('is not found where nothing listens', async () => {
    const server = await serve('gone', list('a'))
    await closing.pop()?.()
    expect(await discover({ servers: [server] })).toBeUndefined()
  })
})

describe('the model to use', () => {
  test('is the first that can write', () => {
    expect(chooseModel(['bge-m3', 'jina-reranker-v2', 'whisper-1', 'llama3.2:3b', 'qwen3'])).toBe(
      'llama3.2:3b',
    )
  })
  test('is none where none can', () => expect(chooseModel(['all-minilm:latest'])).toBeUndefined())
})
