import { countTokens, decodeGenerator, encode } from 'gpt-tokenizer/encoding/o200k_base'

// Text from players may hold the spelling of a special token: count it as the plain text that it is.
const plain = { disallowedSpecial: new Set<string>() }

export const tokenCount = (text: string): number => countTokens(text, plain)

/**
 * The text in pieces of about a token each; joined they are the text again.
 * A piece is never half a character, so an emoji of several tokens is one piece.
 */
export const pieces = (text: string): string[] => [...decodeGenerator(encode(text, plain))]

/** What a list of chat messages costs: the rule of OpenAI's cookbook, 3 a message and 3 for the answer. */
export const promptTokens = (contents: readonly string[]): number =>
  contents.reduce((sum, content) => sum + 3 + tokenCount(content), 3)
