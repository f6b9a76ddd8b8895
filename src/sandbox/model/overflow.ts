import { type HttpError, httpError } from './wire.ts'

/** Whose words a server has for a prompt that is too long. */
export type OverflowStyle = 'openai' | 'llama.cpp' | 'vllm' | 'ollama'

/** The sizes in tokens: of the prompt, of what may be answered, and of both together at most. */
export type Overflow = { readonly prompt: number; readonly answer: number; readonly context: number }

type Wording = (sizes: Overflow) => HttpError

const wordings: Readonly<Record<OverflowStyle, Wording>> = {
  openai: ({ prompt, context }) =>
    httpError(
      400,
      `This model's maximum context length is ${context} tokens. However, your messages resulted in ${prompt} tokens. Please reduce the length of the messages.`,
      'context_length_exceeded',
      'messages',
    ),
  'llama.cpp': ({ prompt, context }) => ({
    status: 400,
    body: {
      error: {
        code: 400,
        message: `request (${prompt} tokens) exceeds the available context size (${context} tokens), try increasing it`,
        type: 'exceed_context_size_error',
        n_prompt_tokens: prompt,
        n_ctx: context,
      },
    },
  }),
  // It puts the error where others put the key `error`.
  vllm: ({ prompt, answer, context }) => ({
    status: 400,
    body: {
      object: 'error',
      message: `This model's maximum context length is ${context} tokens. However, you requested ${prompt + answer} tokens (${prompt} in the messages, ${answer} in the completion). Please reduce the length of the messages or completion.`,
      type: 'BadRequestError',
      param: null,
      code: 400,
    },
  }),
  ollama: ({ prompt, context }) =>
    httpError(400, `prompt too long; exceeded max context length by ${prompt - context} tokens`, null),
}

/** The refusal of a prompt that does not fit into the context, in the words of one kind of server. */
export const overflowError = (style: OverflowStyle, sizes: Overflow): HttpError => wordings[style](sizes)
