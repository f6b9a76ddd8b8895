import { countTokens as countCl100k } from 'gpt-tokenizer/encoding/cl100k_base'
import { countTokens as countO200k } from 'gpt-tokenizer/encoding/o200k_base'
import type { WireRequest } from './wire.ts'

// To the tokenizer `<|endoftext|>` is a mark that must not occur; to a player it is something they typed.
const asText = { disallowedSpecial: new Set<string>() }

/** Routers put the maker before the model: `openai/gpt-4o`. */
export const baseName = (model: string): string => (model.split('/').at(-1) ?? model).toLowerCase()

const CL100K = /^(gpt-4(-|$)|gpt-3\.5|gpt-35)/
const O200K = /^(gpt-4o|gpt-4\.\d|gpt-5|chatgpt-|o\d)/

/** Counts tokens as a model does, or as models that are much like it do where its tokenizer is not known. */
export const counterOf = (model: string): ((text: string) => number) => {
  const count = CL100K.test(baseName(model)) ? countCl100k : countO200k
  return (text) => count(text, asText)
}

const isCounted = (model: string): boolean => [CL100K, O200K].some((known) => known.test(baseName(model)))

/** What a message costs at most beside its words: its role and its delimiters. */
const MOST_FOR_MESSAGE = 16
/** Templates put some words of their own before a prompt and after it. */
const MOST_FOR_PROMPT = 64

type Prompt = Pick<WireRequest, 'model' | 'messages' | 'format'>

const tokensBy = (count: (text: string) => number, { messages, format }: Prompt): number => {
  const words = messages.reduce((sum, { content }) => sum + count(content) + MOST_FOR_MESSAGE, 0)
  return words + (format ? count(JSON.stringify(format)) : 0) + MOST_FOR_PROMPT
}

/**
 * How many tokens a request's prompt has at most, whatever the provider counts: by the model's own tokenizer, else a
 * token for each byte, for no tokenizer makes more of a text. A schema is a part of the prompt.
 */
export const mostTokensIn = (prompt: Prompt): number =>
  tokensBy(isCounted(prompt.model) ? counterOf(prompt.model) : Buffer.byteLength, prompt)

/** How many it likely has: by a tokenizer that is much like the model's. */
export const likelyTokensIn = (prompt: Prompt): number => tokensBy(counterOf(prompt.model), prompt)
