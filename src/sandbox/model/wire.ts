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
})

export type CompletionRequest = z.infer<typeof completionRequest>

export type ErrorBody = {
  readonly error: {
    readonly message: string
    readonly type: string
    readonly param: string | null
    readonly code: string | null
  }
}

export type HttpError = {
  readonly status: number
  readonly body: ErrorBody
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

type Rule = (request: CompletionRequest) => HttpError | undefined

/** What OpenAI refuses although every field by itself is well formed. */
const rules: readonly Rule[] = [
  ({ n }) =>
    (n ?? 1) === 1 ? undefined : httpError(400, 'Only n = 1 is supported here.', 'unsupported_value', 'n'),
  (request) =>
    request.max_tokens != null && request.max_completion_tokens != null
      ? httpError(
          400,
          "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
          'invalid_parameter_combination',
          'max_tokens',
        )
      : undefined,
  (request) =>
    request.stream_options != null && request.stream !== true
      ? httpError(
          400,
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
          null,
          'stream_options',
        )
      : undefined,
  (request) =>
    request.response_format?.type === 'json_object' &&
    !request.messages.some((each) => /json/i.test(textOf(each.content)))
      ? httpError(
          400,
          "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
          null,
          'messages',
        )
      : undefined,
  ({ response_format: format }) => {
    if (format?.type !== 'json_schema' || format.json_schema.strict !== true) return undefined
    const problem = strictProblem(format.json_schema.schema ?? {}, [])
    return problem === undefined
      ? undefined
      : httpError(
          400,
          `Invalid schema for response_format '${format.json_schema.name}': ${problem}`,
          null,
          'response_format',
        )
  },
]

/** OpenAI's two rules for `strict` schemas: every object is closed, and every property is required. */
const strictProblem = (schema: unknown, path: readonly string[]): string | undefined => {
  if (Array.isArray(schema)) {
    for (const [index, each] of schema.entries()) {
      const problem = strictProblem(each, [...path, String(index)])
      if (problem !== undefined) return problem
    }
    return undefined
  }
  if (typeof schema !== 'object' || schema === null) return undefined
  const node = schema as Record<string, unknown>
  const where = `In context=(${path.map((each) => `'${each}'`).join(', ')}), `
  if (node.type === 'object') {
    if (node.additionalProperties !== false)
      return `${where}'additionalProperties' is required to be supplied and to be false.`
    const required = Array.isArray(node.required) ? node.required : []
    const missing = Object.keys(node.properties ?? {}).find((key) => !required.includes(key))
    if (missing !== undefined)
      return `${where}'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`
  }
  for (const key of ['properties', '$defs', 'definitions']) {
    for (const [name, child] of Object.entries(node[key] ?? {})) {
      const problem = strictProblem(child, [...path, key, name])
      if (problem !== undefined) return problem
    }
  }
  for (const key of ['items', 'anyOf', 'prefixItems']) {
    const problem = strictProblem(node[key], [...path, key])
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Checks a body as OpenAI does: the request, or the error to answer with. */
export const parseCompletionRequest = (
  body: unknown,
): { ok: true; request: CompletionRequest } | { ok: false; error: HttpError } => {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return {
      ok: false,
      error: httpError(400, 'We could not parse the JSON body of your request.', 'invalid_json'),
    }
  const parsed = completionRequest.safeParse(body)
  if (!parsed.success) return { ok: false, error: firstIssue(parsed.error) }
  const broken = rules.map((rule) => rule(parsed.data)).find((error) => error !== undefined)
  return broken ? { ok: false, error: broken } : { ok: true, request: parsed.data }
}
