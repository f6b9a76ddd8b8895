import { type CompletionRequest, type HttpError, httpError, textOf } from './wire.ts'

type Rule = (request: CompletionRequest) => HttpError | undefined

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

/** What OpenAI refuses although every field by itself is well formed. */
export const brokenRule = (request: CompletionRequest): HttpError | undefined =>
  rules.map((rule) => rule(request)).find((error) => error !== undefined)
