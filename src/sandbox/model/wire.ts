import { z } from 'zod'

/** The requests of OpenAI's chat completions that the loopback model understands, and the errors it answers. */

const part = z.strictObject({ type: z.literal('text'), text: z.string() })
const content = z.union([z.string(), z.array(part).min(1)])
const name = z.string().optional()

const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content, name }),
  z.strictObject({ role: z.literal('developer'), content, name }),
  z.strictObject({ role: z.literal('user'), content, name }),
  z.strictObject({ role: z.literal('assistant'), content, name }),
])

const jsonSchema = z.strictObject({
  name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
  description: z.string().optional(),
  schema: z.record(z.string(), z.unknown()).optional(),
  strict: z.boolean().nullish(),
})

const responseFormat = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text') }),
  z.strictObject({ type: z.literal('json_object') }),
  z.strictObject({ type: z.literal('json_schema'), json_schema: jsonSchema }),
])

const tokens = z.int().min(1)

const completionRequest = z.strictObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.strictObject({ include_usage: z.boolean().optional() }).nullish(),
  stop: z.union([z.string(), z.array(z.string()).min(1).max(4)]).nullish(),
  max_tokens: tokens.nullish(),
  max_completion_tokens: tokens.nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  frequency_penalty: z.number().min(-2).max(2).nullish(),
  presence_penalty: z.number().min(-2).max(2).nullish(),
  seed: z.int().nullish(),
  n: z.int().min(1).max(128).nullish(),
  response_format: responseFormat.nullish(),
  user: z.string().optional(),
  prompt_cache_key: z.string().optional(),
})

export type CompletionRequest = z.infer<typeof completionRequest>

/** `body`: in OpenAI's shape, or in that of another server. */
export type HttpError = {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

/** An error in OpenAI's shape. `type` defaults to the one that OpenAI gives to bad requests. */
export const httpError = (
  status: number,
  message: string,
  code: string | null,
  param: string | null = null,
  type = 'invalid_request_error',
): HttpError => ({ status, body: { error: { message, type, param, code } } })

export const textOf = (value: z.infer<typeof content>): string =>
  typeof value === 'string' ? value : value.map((each) => each.text).join('')

const firstIssue = (error: z.ZodError): HttpError => {
  const issue = error.issues[0]
  if (issue === undefined) return httpError(400, 'Invalid request.', 'invalid_value')
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const param = [...issue.path, issue.keys[0]].map(String).join('.')
    return httpError(400, `Unknown parameter: '${param}'.`, 'unknown_parameter', param)
  }
  const missing = issue.code === 'invalid_type' && /received undefined/.test(issue.message)
  if (missing)
    return httpError(400, `Missing required parameter: '${path}'.`, 'missing_required_parameter', path)
  return httpError(400, `Invalid value for '${path}': ${issue.message}.`, 'invalid_value', path || null)
}

type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The body without what only some servers take: fields of the request, of a message or of a part of one. */
const withoutExtras = (value: unknown, extras: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((each) => withoutExtras(each, extras))
  if (!isJson(value)) return value
  const kept = Object.entries(value).filter(([key]) => !extras.includes(key))
  const nested = ([key, each]: [string, unknown]) =>
    [key, key === 'messages' || key === 'content' ? withoutExtras(each, extras) : each] as const
  return Object.fromEntries(kept.map(nested))
}

/** Checks a body as OpenAI does: the request, or the error to answer with. `extras` are passed over. */
export const parseCompletionRequest = (
  body: unknown,
  extras: readonly string[] = [],
): { ok: true; request: CompletionRequest } | { ok: false; error: HttpError } => {
  if (!isJson(body))
    return {
      ok: false,
      error: httpError(400, 'We could not parse the JSON body of your request.', 'invalid_json'),
    }
  const parsed = completionRequest.safeParse(withoutExtras(body, extras))
  return parsed.success ? { ok: true, request: parsed.data } : { ok: false, error: firstIssue(parsed.error) }
}
