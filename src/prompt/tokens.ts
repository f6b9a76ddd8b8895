import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'

/** What a chat message costs beside its words: its role and its delimiters, as OpenAI's cookbook counts them. */
const MESSAGE_OVERHEAD = 4

export const tokensIn = (text: string): number => countTokens(text)

export const tokensInMessage = ({ content }: { readonly content: string }): number =>
  countTokens(content) + MESSAGE_OVERHEAD
