import fc from 'fast-check'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, test } from 'vitest'
import { addressOf, cachingOf, isPrivate, nameOf } from '../../src/model/hosts.ts'
import { counterOf, mostTokensIn } from '../../src/model/tokenizer.ts'
import { usageIn } from '../../src/model/usage.ts'
import type { WireRequest } from '../../src/model/wire.ts'
import { openCapabilities, openLayer } from './layer.ts'

describe('an address', () => {
  test.each([
    ['http://127.0.0.1:11434/v1', true],
    ['http://localhost:1234/v1', true],
    ['http://[::1]:8080/v1', true],
    ['http://192.168.1.20:5001/v1', true],
    ['http://172.20.0.3/v1', true],
    ['http://[fd00::1]/v1', true],
    ['http://ollama:11434/v1', true],
    ['http://host.docker.internal:1234/v1', true],
    ['https://api.openai.com/v1', false],
    ['https://172.32.0.1/v1', false],
    ['https://127.0.0.1.example.com/v1', false],
  ])('%s is private: %s', (url, expected) => expect(isPrivate(url)).toBe(expected))

  test.each([
    ['https://api.openai.com/v1', 'openai', 'openai'],
    ['https://openrouter.ai/api/v1', 'openrouter', 'anthropic'],
    ['https://api.anthropic.com/v1', 'anthropic', 'none'],
    ['https://generativelanguage.googleapis.com/v1beta/openai', 'google', 'none'],
    ['https://notopenai.com/v1', 'main', 'none'],
    ['http://127.0.0.1:1/v1', 'main', 'none'],
  ])('%s is called %s and keeps prompts like %s', (url, name, caching) =>
    expect([nameOf(url), cachingOf(url)]).toEqual([name, caching]),
  )
})

test('an address is told without anything that may be a key', () => {
  expect(addressOf('https://ada:sk-1@host:8443/v1/?key=sk-2#sk-3')).toBe('https://host:8443/v1')
  expect(addressOf('http://host/v1/')).toBe(addressOf('http://host/v1'))
})

describe('what a provider told of tokens', () => {
  const cases: [provider: string, told: unknown, usage: object | undefined][] = [
    [
      'OpenAI',
      {
        ...{ prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
        prompt_tokens_details: { cached_tokens: 60 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      { input: 100, cached: 60, cacheWritten: 0, reasoning: 20, output: 50 },
    ],
    [
      'DeepSeek',
      { prompt_tokens: 100, completion_tokens: 50, prompt_cache_hit_tokens: 60 },
      { input: 100, cached: 60, cacheWritten: 0, reasoning: 0, output: 50 },
    ],
    [
      'Anthropic',
      {
        ...{ input_tokens: 10, output_tokens: 50 },
        ...{ cache_read_input_tokens: 60, cache_creation_input_tokens: 30 },
      },
      { input: 100, cached: 60, cacheWritten: 30, reasoning: 0, output: 50 },
    ],
    [
      'OpenRouter',
      {
        ...{ prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
        prompt_tokens_details: { cached_tokens: 60, cache_write_tokens: 30 },
      },
      { input: 100, cached: 60, cacheWritten: 30, reasoning: 0, output: 50 },
    ],
    [
      'a gateway to Anthropic',
      { prompt_tokens: 100, completion_tokens: 50, cache_creation_input_tokens: 30 },
      { input: 100, cached: 0, cacheWritten: 30, reasoning: 0, output: 50 },
    ],
    [
      'one that counts reasoning in the sum alone',
      { prompt_tokens: 100, completion_tokens: 50, total_tokens: 170 },
      { input: 100, cached: 0, cacheWritten: 0, reasoning: 20, output: 70 },
    ],
    ['one that tells half', { prompt_tokens: 100 }, undefined],
    ['nobody', null, undefined],
  ]
  for (const [provider, told, usage] of cases) {
    test(`by ${provider}`, () => expect(usageIn(told)).toEqual(usage))
  }
})

describe('tokens', () => {
  const words = 'Ada opens the door of the mill, <|endoftext|> and nobody is there. 磨坊的门开了，没有人在。'

  test('are counted by the model’s own tokenizer', () => {
    const count = (model: string) => counterOf(model)(words)
    const [o200k, cl100k] = [count('gpt-4o-mini'), count('gpt-4-turbo')]
    expect(o200k).not.toBe(cl100k)
    expect(['openai/gpt-4.1', 'gpt-5', 'o3-mini', 'llama3.2:3b'].map(count)).toEqual(Array(4).fill(o200k))
    expect(['gpt-3.5-turbo', 'openai/gpt-4'].map(count)).toEqual([cl100k, cl100k])
  })

  const asked = (
    model: string,
    contents: readonly string[],
    format?: WireRequest['format'],
  ): WireRequest => ({
    messages: contents.map((content) => ({ role: 'user', content })),
    ...{ model, format, maxTokens: 1, temperature: 1, caching: 'none', cacheKey: undefined },
  })

  test('of a prompt are reserved generously: never less than a byte each where nobody can count them', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (contents) => {
        const bytes = contents.reduce((sum, each) => sum + Buffer.byteLength(each) + 16, 0)
        expect(mostTokensIn(asked('llama', contents))).toBeGreaterThanOrEqual(bytes)
        const tokens = contents.reduce((sum, each) => sum + countTokens(each) + 4, 3)
        expect(mostTokensIn(asked('gpt-4o', contents))).toBeGreaterThanOrEqual(tokens)
      }),
    )
  })

  test('of a schema are a part of the prompt', () => {
    const schema = { type: 'object', properties: { place: { type: 'string' } } }
    const format = { type: 'json_schema' as const, json_schema: { name: 'scene', schema } }
    expect(mostTokensIn(asked('m', ['Hello'], format)) - mostTokensIn(asked('m', ['Hello']))).toBe(
      Buffer.byteLength(JSON.stringify(format)),
    )
  })
})

describe('how much a model takes', () => {
  const place = { baseURL: 'http://127.0.0.1:9/v1' }
  const contextOf = async (model: string, set: { context?: number } = {}, learned?: number) => {
    const kept = learned === undefined ? {} : { home: { [model]: { context: learned } } }
    const options = { chain: [`home/${model}`], capabilities: openCapabilities(kept) }
    const { models } = await openLayer({ home: { ...place, ...set } }, options)
    return models.readerOf({ role: 'writer', prefer: [] }).context
  }

  test('stands in the settings, else was learned, else is well known, else is not known', async () => {
    expect(await contextOf('gpt-4o', { context: 8_000 }, 9_000)).toBe(8_000)
    expect(await contextOf('gpt-4o', {}, 9_000)).toBe(9_000)
    expect(await contextOf('openai/gpt-4o')).toBe(128_000)
    expect(await contextOf('llama3.2:3b')).toBeUndefined()
  })

  test('is less for a model that reasons: there must be room for that', async () => {
    const capabilities = openCapabilities({ home: { m: { context: 10_000, reasoning: 1_000 } } })
    const { models } = await openLayer({ home: place }, { capabilities })
    expect(models.readerOf({ role: 'writer', prefer: [] }).context).toBe(8_500)
  })

  test('is that of the model that is preferred', async () => {
    const { models } = await openLayer({ home: place }, { chain: ['home/gpt-4o'] })
    expect(models.readerOf({ role: 'writer', prefer: ['gpt-4'] }).context).toBe(8_192)
  })
})
