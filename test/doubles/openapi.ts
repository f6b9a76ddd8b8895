import { readFile } from 'node:fs/promises'
import { Ajv2020, type AnySchema, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

export type ApiRequest = {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: unknown
}

/** What is wrong with a request by the document; empty when nothing is. */
export type ApiChecker = (request: ApiRequest) => string[]

type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required?: boolean
  readonly schema?: AnySchema
}

type Operation = {
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: {
    readonly required?: boolean
    readonly content: Readonly<Record<string, { readonly schema?: AnySchema } | undefined>>
  }
}

type PathItem = { readonly parameters?: readonly Parameter[] } & { readonly [method: string]: unknown }

type Document = { readonly paths: Readonly<Record<string, PathItem>>; readonly components: unknown }

const ID = 'discord'
const METHODS = ['get', 'put', 'post', 'patch', 'delete']

const pathPattern = (template: string): RegExp =>
  new RegExp(`^${template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

// The fewer parameters a template has, the more it says: `@me` is tried before `{user_id}`.
const bySpecificity = (a: string, b: string) => a.split('{').length - b.split('{').length

/** The document wants a number here. Discord's reference and discord.js write all permissions as text. */
const asText = (schema: unknown) => ({ anyOf: [schema, { type: 'string', pattern: '^\\d+$' }] })

/** References into the document, made to hold from wherever ajv meets them. */
const absolute = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(absolute)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === '$ref' && typeof value === 'string'
        ? [key, `${ID}${value}`]
        : [key, key === 'default_member_permissions' ? asText(absolute(value)) : absolute(value)],
    ),
  )
}

/** A query's text as the schema means it: numbers and booleans come as text. */
const fromQuery = (text: string, validate: ValidateFunction): boolean => {
  if (validate(text)) return true
  if (text === 'true' || text === 'false') return validate(text === 'true')
  return text !== '' && Number.isFinite(Number(text)) && validate(Number(text))
}

/**
 * Checks requests against Discord's OpenAPI document at `file`: that the route exists, that its path and query fit
 * their schemas and hold nothing that the document does not know, and that the JSON body fits too.
 */
export const openApiChecker = async (file: string): Promise<ApiChecker> => {
  const document = JSON.parse(await readFile(file, 'utf8')) as Document
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true })
  formats.default(ajv, ['date-time', 'uri', 'int32', 'int64', 'double'])
  ajv.addFormat('snowflake', /^\d{1,20}$/)
  ajv.addFormat('nonce', true)
  ajv.addSchema({ $id: ID, components: absolute(document.components) })

  const compiled = new Map<AnySchema, ValidateFunction>()
  const validatorFor = (schema: AnySchema): ValidateFunction => {
    const known = compiled.get(schema)
    if (known) return known
    const fresh = ajv.compile(absolute(schema) as AnySchema)
    compiled.set(schema, fresh)
    return fresh
  }

  const routes = Object.entries(document.paths)
    .sort(([a], [b]) => bySpecificity(a, b))
    .map(([template, item]) => ({ template, item, pattern: pathPattern(template) }))

  const complaints = (what: string, validate: ValidateFunction): string[] =>
    (validate.errors ?? []).map(({ instancePath, message }) => `${what}${instancePath}: ${message}`)

  const checkParameters = (
    parameters: readonly Parameter[],
    groups: Readonly<Record<string, string>>,
    query: Readonly<Record<string, string | undefined>>,
  ): string[] => {
    const unknown = Object.keys(query).filter(
      (name) => !parameters.some((parameter) => parameter.in === 'query' && parameter.name === name),
    )
    const wrong = parameters.flatMap((parameter) => {
      const given = parameter.in === 'path' ? groups[parameter.name] : query[parameter.name]
      if (parameter.in !== 'path' && parameter.in !== 'query') return []
      if (given === undefined) return parameter.required ? [`${parameter.in} ${parameter.name}: missing`] : []
      if (!parameter.schema) return []
      const validate = validatorFor(parameter.schema)
      return fromQuery(given, validate) ? [] : complaints(`${parameter.in} ${parameter.name}`, validate)
    })
    return [...unknown.map((name) => `query ${name}: not in the document`), ...wrong]
  }

  const checkBody = ({ requestBody }: Operation, body: unknown): string[] => {
    if (body === undefined) return requestBody?.required ? ['body: missing'] : []
    if (!requestBody) return ['body: the document knows none here']
    const schema = requestBody.content['application/json']?.schema
    if (!schema) return []
    const validate = validatorFor(schema)
    return validate(body) ? [] : complaints('body', validate)
  }

  return ({ method, path, query = {}, body }) => {
    const plain = path.replaceAll('%40', '@')
    const verb = method.toLowerCase()
    const route = routes.find(({ pattern, item }) => pattern.test(plain) && item[verb] !== undefined)
    const where = `${method} ${plain}`
    if (!route || !METHODS.includes(verb)) return [`${where}: no such route in the document`]
    const operation = route.item[verb] as Operation
    const groups = route.pattern.exec(plain)?.groups ?? {}
    const decoded = Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]),
    )
    const parameters = [...(route.item.parameters ?? []), ...(operation.parameters ?? [])]
    return [...checkParameters(parameters, decoded, query), ...checkBody(operation, body)].map(
      (wrong) => `${where}: ${wrong}`,
    )
  }
}
