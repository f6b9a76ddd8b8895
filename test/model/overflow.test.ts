import { afterEach, describe, expect, test } from 'vitest'
import { contextIn, isOverflow } from '../../src/model/overflow.ts'
import { openLayer, writeOver } from './layer.ts'
import { body, scriptedProvider, stream } from './provider.ts'

describe('a prompt that is too long is told by', () => {
  const words: [server: string, said: string, context: number | undefined][] = [
    [
      'OpenAI',
      "This model's maximum context length is 4097 tokens. However, your messages resulted in 4113 tokens.",
      4_097,
    ],
    [
      'OpenAI, newer',
      'Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300018 tokens.',
      272_000,
    ],
    ['OpenAI, without a number', 'Your input exceeds the context window of this model.', undefined],
    [
      'vLLM',
      "'max_tokens' is too large: 10000. This model's maximum context length is 16384 tokens and your request has 9591.",
      16_384,
    ],
    [
      'vLLM, longer',
      'The decoder prompt (length 5000) is longer than the maximum model length of 4096.',
      4_096,
    ],
    [
      'llama.cpp',
      'the request exceeds the available context size, try increasing it {"type":"exceed_context_size_error","n_prompt_tokens":14429,"n_ctx":8192}',
      8_192,
    ],
    ['llama.cpp, newer', 'request (9001 tokens) exceeds the available context size (8192 tokens)', 8_192],
    ['llama-cpp-python', 'Requested tokens (516) exceed context window of 512', 512],
    [
      'LM Studio',
      'Trying to keep the first 6547 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.',
      4_096,
    ],
    ['Ollama', 'prompt too long; exceeded max context length by 100918 tokens', undefined],
    ['Ollama, elsewhere', 'the input length exceeds the context length', undefined],
    ['Anthropic', 'prompt is too long: 208310 tokens > 200000 maximum', 200_000],
    [
      'Anthropic, with its answer',
      'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000, decrease input length',
      200_000,
    ],
    [
      'Google',
      'The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).',
      1_048_576,
    ],
    [
      'OpenRouter',
      "This endpoint's maximum context length is 32768 tokens. However, you requested about 60000.",
      32_768,
    ],
    [
      'Mistral',
      'Prompt contains 240000 tokens, too large for model with 128000 maximum context length',
      128_000,
    ],
    [
      'Together',
      "The input (516368 tokens) is longer than the model's context length (262144 tokens).",
      262_144,
    ],
    ['xAI', "This model's maximum prompt length is 131072 but the request contains 200000 tokens.", 131_072],
  ]
  for (const [server, said, context] of words) {
    test(server, () => expect([isOverflow(said), contextIn(said)]).toEqual([true, context]))
  }

  test('and by nothing else', () => {
    const others = [
      'max_tokens is too large: 9000. This model supports at most 4096 completion tokens.',
      'Rate limit reached: Limit 30000, Requested 50000 tokens per minute.',
      'Unknown parameter: context.',
    ]
    expect(others.filter(isOverflow)).toEqual([])
  })
})

describe('a server that says so', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  const error = { message: 'the request exceeds the available context size', n_ctx: 8192 }

  test.each([
    ['with a 400', body(400, JSON.stringify({ error }))],
    ['with a 500', body(500, JSON.stringify({ error }))],
    ['inside the stream', stream({ error })],
    ['in the words of another key', body(400, JSON.stringify({ object: 'error', ...error }))],
  ])('%s is not asked again, and how much it takes is known from then on', async (_, reply) => {
    const provider = await scriptedProvider(reply)
    closing.push(provider.close)
    const layer = await openLayer({ home: provider })
    expect((await writeOver(layer)).end).toMatchObject({ kind: 'failed', failure: { kind: 'too_long' } })
    expect(provider.asked).toHaveLength(1)
    expect(layer.models.readerOf({ role: 'writer', prefer: [] }).context).toBe(8_192)
    expect(layer.capabilities.kept).toMatchObject({ home: { m: { context: 8_192 } } })
    expect(layer.directory.connections()[0]?.state).toBe('ready')
  })
})
