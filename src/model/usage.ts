import type { TokenUsage } from '../ledger/price.ts'

type Told = Readonly<Record<string, unknown>>

const isTold = (value: unknown): value is Told => typeof value === 'object' && value !== null

const numberIn = (told: unknown, ...names: readonly string[]): number | undefined => {
  if (!isTold(told)) return undefined
  return names.map((name) => told[name]).find((value) => typeof value === 'number')
}

/** What OpenRouter and OpenAI, Anthropic, and gateways to it call it. */
const CACHE_WRITTEN = ['cache_write_tokens', 'cache_creation_input_tokens', 'cache_creation_tokens']

/**
 * What a provider told of a call's tokens, whatever it calls them; undefined where it did not tell both prompt and
 * answer. Some leave the reasoning out of the answer and count it in the sum alone.
 */
export const usageIn = (told: unknown): TokenUsage | undefined => {
  if (!isTold(told)) return undefined
  const written = numberIn(told, 'completion_tokens', 'output_tokens')
  const cached =
    numberIn(told.prompt_tokens_details, 'cached_tokens') ??
    numberIn(told.input_tokens_details, 'cached_tokens') ??
    numberIn(told, 'prompt_cache_hit_tokens', 'cache_read_input_tokens') ??
    0
  const cacheWritten =
    numberIn(told.prompt_tokens_details, ...CACHE_WRITTEN) ??
    numberIn(told.input_tokens_details, ...CACHE_WRITTEN) ??
    numberIn(told, ...CACHE_WRITTEN) ??
    0
  // Anthropic's own `input_tokens` are those beside the cache.
  const beside = numberIn(told, 'input_tokens')
  const input =
    numberIn(told, 'prompt_tokens') ?? (beside === undefined ? undefined : beside + cached + cacheWritten)
  if (input === undefined || written === undefined) return undefined
  const output = Math.max(written, (numberIn(told, 'total_tokens') ?? 0) - input)
  const reasoning =
    numberIn(told.completion_tokens_details, 'reasoning_tokens') ??
    numberIn(told.output_tokens_details, 'reasoning_tokens') ??
    numberIn(told, 'reasoning_tokens') ??
    output - written
  return { input, cached, cacheWritten, reasoning, output }
}
