import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import { findModels, type SetupOptions } from '../../src/model/setup.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { roleNames } from '../../src/story/settings.ts'

const log = silentLogger()
const nowhere = 'http://127.0.0.1:9/v1'
const improviser = async () => ({ baseURL: nowhere, apiKey: 'sk-own', model: 'skein-improviser' })
const found = { name: 'LM Studio', baseURL: nowhere, models: ['nomic-embed', 'llama'] }

const find = (options: Partial<SetupOptions>) =>
  findModels({
    file: undefined,
    baseURL: undefined,
    apiKey: undefined,
    model: undefined,
    log,
    improviser,
    find: async () => undefined,
    ...options,
  })

/** The one connection, the one link of all roles, and where they are from. */
const single = async (options: Partial<SetupOptions>) => {
  const { connections, roles, source } = await find(options)
  expect(connections).toHaveLength(1)
  expect(new Set(roleNames.map((role) => roles[role].join()))).toHaveLength(1)
  return { connection: connections[0], link: roles.writer[0], source }
}

let server: LoopbackModel
beforeEach(async () => {
  server = await startModel({ port: 0, log, tokensPerSecond: 0 })
})
afterEach(() => server.close())

test('the file goes before all else, and a role without a chain of its own has the default', async () => {
  const connections = [{ name: 'home', url: nowhere, key: '' }]
  const roles = { writer: ['home/large'], default: ['home/small', 'home/large'] }
  const setup = await find({ file: { connections, roles }, apiKey: 'sk-test' })
  expect(setup).toMatchObject({ connections, source: 'file' })
  expect(setup.roles.writer).toEqual(['home/large'])
  expect(setup.roles.planner).toEqual(['home/small', 'home/large'])
})

test('else what is configured is used, and its first model where none is named', async () => {
  expect(await single({ baseURL: server.baseUrl, apiKey: server.apiKey })).toEqual({
    connection: { name: 'main', url: server.baseUrl, key: server.apiKey },
    link: `main/${server.model}`,
    source: 'settings',
  })
})

test('a key alone means OpenAI, and nobody is asked for a list of models', async () => {
  expect(await single({ apiKey: 'sk-test' })).toMatchObject({
    connection: { name: 'openai', url: 'https://api.openai.com/v1', key: 'sk-test' },
    link: 'openai/gpt-4.1-mini',
  })
})

test('a provider that is well known gives the connection its name', async () => {
  const options = { baseURL: 'https://openrouter.ai/api/v1', apiKey: 'sk-test', model: 'maker/large' }
  expect((await single(options)).link).toBe('openrouter/maker/large')
})

test('a configured server that does not list its models stops the start, and says what to set', async () => {
  await expect(find({ baseURL: nowhere })).rejects.toMatchObject({
    code: 'model_unreachable',
    message: expect.stringContaining('SKEIN_NARRATOR_MODEL'),
  })
})

test('what stops the start does not repeat a key that stands in an address', async () => {
  await expect(find({ baseURL: 'http://ada:sk-canary@127.0.0.1:9/v1?key=sk-canary' })).rejects.toMatchObject({
    message: expect.not.stringContaining('canary'),
  })
})

test('else a server on this machine is used, with its first model that can write or the one named', async () => {
  const local = { find: async () => found }
  expect(await single(local)).toEqual({
    connection: { name: 'lmstudio', url: nowhere, key: '' },
    link: 'lmstudio/llama',
    source: 'LM Studio',
  })
  expect((await single({ ...local, model: 'mistral' })).link).toBe('lmstudio/mistral')
})

test('else the improviser writes', async () => {
  expect(await single({})).toEqual({
    connection: { name: 'improviser', url: nowhere, key: 'sk-own' },
    link: 'improviser/skein-improviser',
    source: 'improviser',
  })
})
