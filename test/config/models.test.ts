import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readModels, readModelsFile } from '../../src/config/models.ts'

const env = { OPENAI_KEY: 'sk-test-0123456789' }
const local = { url: 'http://127.0.0.1:11434/v1' }
const good = {
  connections: {
    openai: { url: 'https://api.openai.com/v1', key: 'OPENAI_KEY', caching: 'openai', context: 128_000 },
    local,
  },
  roles: { writer: ['openai/gpt-4.1', 'local/maker/llama3.2:3b'], default: ['local/llama3.2:3b'] },
}
const read = (json: unknown) => readModels(JSON.stringify(json), 'models.json', env)

test('connections come with their keys from the environment, and roles with their chains', () => {
  expect(read(good)).toEqual({
    connections: [
      {
        ...{ name: 'openai', url: 'https://api.openai.com/v1', key: 'sk-test-0123456789' },
        ...{ caching: 'openai', context: 128_000 },
      },
      { name: 'local', ...local, key: '', caching: undefined, context: undefined },
    ],
    roles: good.roles,
  })
})

test('a chain for every role needs no default', () => {
  const chain = ['local/m']
  const roles = { writer: chain, planner: chain, archivist: chain, summariser: chain, segmenter: chain }
  expect(read({ ...good, roles }).roles).toEqual(roles)
})

describe('what is wrong is told with its place and what to do', () => {
  const withConnection = (change: object) => ({
    connections: { local: { ...local, ...change } },
    roles: { default: ['local/m'] },
  })
  const cases: [json: unknown, message: string][] = [
    [{ roles: good.roles }, 'connections must be an object'],
    [{ ...good, connections: {} }, 'connections must hold at least one connection'],
    [{ ...good, links: {} }, 'models.json: it does not know links: take it away'],
    [withConnection({ model: 'm' }), 'connections.local does not know model: take it away'],
    [withConnection({ url: 'api.openai.com' }), 'connections.local.url must be an http or https address'],
    [withConnection({ url: 'http://ada:pw@host/v1' }), 'connections.local.url must not hold a name'],
    [withConnection({ key: 'OTHER_KEY' }), 'connections.local.key names OTHER_KEY, which is not set'],
    [withConnection({ caching: 'always' }), 'connections.local.caching must be anthropic, openai or none'],
    [withConnection({ context: 1.5 }), 'connections.local.context must be a whole number'],
    [{ ...good, connections: { 'a/b': local } }, 'connections.a/b a connection’s name is up to 40 letters'],
    [{ ...good, roles: { default: [] } }, 'roles.default must name at least one model'],
    [{ ...good, roles: { default: ['gpt-4'] } }, 'roles.default[0] must be a connection and a model'],
    [
      { ...good, roles: { default: ['local/m', 'opnai/m'] } },
      'roles.default[1] names the connection opnai, which is not among connections (openai, local)',
    ],
    [{ ...good, roles: { writer: ['local/m'] } }, 'roles must have a "default": nothing is said for planner'],
    [{ ...good, roles: { poet: ['local/m'] } }, 'roles does not know poet'],
  ]
  for (const [json, message] of cases) {
    test(message, () =>
      expect(() => read(json)).toThrow(
        expect.objectContaining({ code: 'bad_models_file', message: expect.stringContaining(message) }),
      ),
    )
  }

  test('also where it is no JSON', () => {
    expect(() => readModels('{"connections": ', 'models.json', env)).toThrow(/models\.json: it is not JSON/)
  })

  test('but a key that stands there is never repeated', () => {
    const json = withConnection({ key: 'sk-secret-0123456789' })
    expect(() => read(json)).toThrow(/connections\.local\.key must be the name of an environment variable/)
    expect(() => read(json)).not.toThrow(/secret/)
  })
})

describe('the file', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'skein-models-'))
  })
  afterEach(() => rmSync(directory, { recursive: true }))

  test('is read where it is named', () => {
    const file = join(directory, 'mine.json')
    writeFileSync(file, JSON.stringify(good))
    expect(readModelsFile(file, env)?.connections.map(({ name }) => name)).toEqual(['openai', 'local'])
  })

  test('has to be there where it is named', () => {
    const file = join(directory, 'none.json')
    expect(() => readModelsFile(file, env)).toThrow(/is not there: make it, or unset SKEIN_MODELS_FILE/)
  })

  test('may be missing where nobody named it', () => {
    const before = process.cwd()
    process.chdir(directory)
    try {
      expect(readModelsFile(undefined, env)).toBeUndefined()
      writeFileSync('models.json', JSON.stringify(good))
      expect(readModelsFile(undefined, env)).toBeDefined()
    } finally {
      process.chdir(before)
    }
  })
})
