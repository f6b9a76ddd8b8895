import { countTokens as count } from 'gpt-tokenizer/encoding/o200k_base'

/** What a chat message costs beside its words: its role and its delimiters, as OpenAI's cookbook counts them. */
export const MESSAGE_OVERHEAD = 4

// To the tokenizer `<|endoftext|>` is a mark that must not occur; to a player it is something they typed.
const asText = { disallowedSpecial: new Set<string>() }

/** By the tokenizer of OpenAI's newer models, which others are much like. */
export const countTokens = (text: string): number => count(text, asText)
