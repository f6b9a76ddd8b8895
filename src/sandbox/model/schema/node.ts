/** A JSON schema as it is read here: only the keywords that matter for making a value. */
export type Node = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema
  readonly propertyNames?: Schema
  readonly minProperties?: number
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
}

export type Schema = Node | boolean

const highest = (one: number | undefined, other: number | undefined) =>
  one === undefined ? other : other === undefined ? one : Math.max(one, other)
const lowest = (one: number | undefined, other: number | undefined) =>
  one === undefined ? other : other === undefined ? one : Math.min(one, other)

const joined = {
  minimum: highest,
  exclusiveMinimum: highest,
  minLength: highest,
  minItems: highest,
  minProperties: highest,
  maximum: lowest,
  exclusiveMaximum: lowest,
  maxLength: lowest,
  maxItems: lowest,
} as const

/** Both at once, as `allOf` has it. */
const both = (one: Node, other: Node): Node => {
  const bounds = Object.fromEntries(
    Object.entries(joined)
      .map(([key, join]) => [key, join(one[key as keyof typeof joined], other[key as keyof typeof joined])])
      .filter(([, value]) => value !== undefined),
  )
  const properties = { ...one.properties }
  for (const [key, schema] of Object.entries(other.properties ?? {})) {
    const before = properties[key]
    properties[key] = before === undefined ? schema : { allOf: [before, schema] }
  }
  return {
    ...one,
    ...other,
    ...bounds,
    ...(one.properties || other.properties ? { properties } : {}),
    ...(one.required || other.required
      ? { required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])] }
      : {}),
  }
}

const at = (root: Schema, pointer: string): Schema => {
  let found: unknown = root
  for (const part of pointer.replace(/^#\/?/, '').split('/').filter(Boolean)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~')
    found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined
  }
  return typeof found === 'object' && found !== null ? (found as Node) : true
}

/** The schema itself, with what it refers to and all of its `allOf` put in. A reference to itself ends the search. */
export const resolve = (schema: Schema, root: Schema, seen: readonly string[] = []): Node => {
  if (typeof schema === 'boolean') return {}
  const { $ref, allOf, ...own } = schema
  const parts: Node[] = []
  if ($ref !== undefined && !seen.includes($ref)) parts.push(resolve(at(root, $ref), root, [...seen, $ref]))
  for (const each of allOf ?? []) parts.push(resolve(each, root, seen))
  return parts.reduce<Node>(both, own)
}

/** The type of a value that fits, where several do the first that is not null. */
export const typeOf = ({
  type,
  properties,
  required,
  items,
  prefixItems,
  pattern,
  minLength,
  minimum,
  maximum,
}: Node): string => {
  if (typeof type === 'string') return type
  if (type !== undefined) return type.find((each) => each !== 'null') ?? 'null'
  if (properties || required) return 'object'
  if (items !== undefined || prefixItems) return 'array'
  if (pattern !== undefined || minLength !== undefined) return 'string'
  return minimum !== undefined || maximum !== undefined ? 'number' : 'string'
}

export const allowsNull = (schema: Schema, root: Schema): boolean => {
  const { type, enum: values, const: value } = resolve(schema, root)
  return (
    type === 'null' ||
    value === null ||
    (Array.isArray(type) && type.includes('null')) ||
    values?.includes(null) === true
  )
}

/** Whatever is listed anywhere in a schema and could be a name. */
export const namesIn = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  const values = 'enum' in schema && Array.isArray(schema.enum) ? schema.enum : []
  const names = values.filter((value) => typeof value === 'string' && /^\p{Lu}\p{L}/u.test(value))
  return [...names, ...Object.values(schema).flatMap(namesIn)]
}
