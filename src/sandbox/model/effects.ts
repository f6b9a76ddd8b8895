import type { Asked, Fault, FaultKind } from './faults.ts'
import { overflowError } from './overflow.ts'
import { type HttpError, httpError } from './wire.ts'

/** How a stream ends before its time: after how many tokens, and in which way. */
export type Break = {
  readonly afterTokens: number
  readonly how: 'stall' | 'end' | 'drop' | 'error' | 'filter' | 'length'
}

/** What faults make of one answer. */
export type Effect = {
  /** Before the headers. */
  readonly delayMs?: number
  /** Between the headers and the first token. */
  readonly firstTokenMs?: number
  readonly error?: HttpError
  /** What is sent in the place of what the improviser wrote. */
  readonly rewrite?: (text: string) => string
  /** Prose, whatever was asked for. */
  readonly prose?: true
  readonly reasoning?: { readonly field: string; readonly text: string }
  /** Said in the field for refusals, and nothing beside it. */
  readonly refusal?: string
  readonly break?: Break
  readonly hidesUsage?: true
}

type Effects = {
  [K in FaultKind]: (fault: Extract<Fault, { kind: K }>, asked: Asked) => Effect | undefined
}

const SOON = 5

const REASONING = 'The player has just acted. I should answer that first, and keep it short.'
const NO = "I'm sorry, but I can't help with that."

/** The server's own failure, as an answer or in the middle of one. */
export const serverError = httpError(
  500,
  'The server had an error while processing your request.',
  null,
  null,
  'server_error',
)

const retryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) }

const breaking =
  (how: Break['how']) =>
  ({ afterTokens = SOON }: { afterTokens?: number }): Effect => ({ break: { afterTokens, how } })

const broken = {
  cut: (json: string) => json.slice(0, Math.ceil(json.length / 2)),
  comma: (json: string) => json.replace(/([\]}])$/, ',$1'),
  fence: (json: string) => `\`\`\`json\n${json}\n\`\`\``,
  words: (json: string) => `Here is what you asked for: ${json} Tell me if it should be otherwise.`,
}

export const effects: Effects = {
  unauthorized: () => ({
    error: httpError(401, 'Incorrect API key provided.', 'invalid_api_key'),
  }),
  forbidden: () => ({
    error: httpError(403, 'Your key does not have permission to use this model.', 'permission_denied'),
  }),
  not_found: (_fault, { request: { model } }) => ({
    error: httpError(
      404,
      `The model '${model}' does not exist or you do not have access to it.`,
      'model_not_found',
    ),
  }),
  rate_limited: ({ retryAfterSeconds }) => ({
    error: {
      ...httpError(429, 'Rate limit reached for requests.', 'rate_limit_exceeded', null, 'requests'),
      headers: retryAfter(retryAfterSeconds),
    },
  }),
  server_error: () => ({ error: serverError }),
  overloaded: ({ retryAfterSeconds }) => ({
    error: {
      ...httpError(
        503,
        'The engine is currently overloaded, please try again later.',
        null,
        null,
        'server_error',
      ),
      headers: retryAfter(retryAfterSeconds),
    },
  }),
  echo_key: (_fault, { authorization }) => ({
    error: httpError(401, `Incorrect API key provided: ${authorization}.`, 'invalid_api_key'),
  }),
  context_overflow: ({ overTokens, style = 'openai' }, { request, promptTokens: prompt }) => {
    const context = overTokens ?? prompt - 1
    if (prompt <= context) return undefined
    const answer = request.max_completion_tokens ?? request.max_tokens ?? 0
    return { error: overflowError(style, { prompt, answer, context }) }
  },
  unknown_parameter: ({ param }, { request }) =>
    param in request
      ? { error: httpError(400, `Unknown parameter: '${param}'.`, 'unknown_parameter', param) }
      : undefined,
  delay: ({ ms = 1000 }) => ({ delayMs: ms }),
  slow_first_token: ({ ms = 1000 }) => ({ firstTokenMs: ms }),
  stalled_stream: breaking('stall'),
  cut_stream: breaking('end'),
  dropped_connection: breaking('drop'),
  error_in_stream: breaking('error'),
  length: breaking('length'),
  content_filter: breaking('filter'),
  empty: () => ({ rewrite: () => '' }),
  refusal: ({ how = 'words' }) => (how === 'field' ? { refusal: NO } : { rewrite: () => NO }),
  reasoning_field: ({ field = 'reasoning_content' }) => ({ reasoning: { field, text: REASONING } }),
  think_tags: () => ({ rewrite: (text) => `<think>\n${REASONING}\n</think>\n\n${text}` }),
  unclosed_think: () => ({ rewrite: (text) => `<think>\n${REASONING}\n${text}` }),
  lone_think_end: () => ({ rewrite: (text) => `${REASONING}\n</think>\n\n${text}` }),
  no_usage: () => ({ hidesUsage: true }),
  broken_json: ({ how = 'cut' }) => ({ rewrite: broken[how] }),
  wrong_json: () => ({ rewrite: () => '{"unexpected":[7,null,"nothing of this was asked for"]}' }),
  ignores_json: () => ({ prose: true }),
}
