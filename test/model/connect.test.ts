import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/kit/clock.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { type ConnectOptions, connectModel } from '../../src/model/connect.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'

const log = silentLogger()
const fallback = async () => ({ baseURL: 'http://127.0.0.1:9/v1', apiKey: 'none', model: 'improviser' })
const found = { name: 'Ollama', baseURL: 'http://127.0.0.1:9/v1', models: ['nomic-embed', 'llama'] }

const connect = (options: Partial<ConnectOptions>) =>
  connectModel({
    baseURL: undefined,
    apiKey: undefined,
    model: undefined,
    clock: systemClock,
    log,
    fallback,
    find: async () => undefined,
    ...options,
  })

let server: LoopbackModel
beforeEach(async () => {
  server = await startModel({ port: 0, log, tokensPerSecond: 0 })
})
afterEach(() => server.close())

test('what is configured is used, and its first model where none is named', async () => {
  const { model, source } = await connect({ baseURL: server.baseUrl, apiKey: server.apiKey })
  expect(source).toBe('settings')
  expect(model.name).toBe(server.model)
})

test('a key alone means OpenAI, and nobody is asked for a list of models', async () => {
  const { model, source } = await connect({ apiKey: 'sk-test' })
  expect([model.name, source]).toEqual(['gpt-4.1-mini', 'settings'])
})

test('a configured server that does not list its models stops the start, and says what to set', async () => {
  await expect(connect({ baseURL: 'http://127.0.0.1:9/v1' })).rejects.toMatchObject({
    code: 'model_unreachable',
    message: expect.stringContaining('SKEIN_NARRATOR_MODEL'),
  })
})

test('else a server on this machine is used, with its first model that can write or the one named', async () => {
  expect((await connect({ find: async () => found })).model.name).toBe('llama')
  const { model, source } = await connect({ find: async () => found, model: 'mistral' })
  expect([model.name, source]).toEqual(['mistral', 'Ollama'])
})

test('else the fallback writes', async () => {
  expect(await connect({})).toMatchObject({ model: { name: 'improviser' }, source: 'improviser' })
})
