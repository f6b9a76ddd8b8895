import { z } from 'zod'

/** A schema as it goes over the wire. `strict`: it keeps the two rules that OpenAI has for strict schemas. */
export type WireSchema = { readonly schema: Record<string, unknown>; readonly strict: boolean }

type Json = Record<string, unknown>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** An object that names its properties takes no others: models invent some, and strict servers insist on it. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed)
  if (!isJson(node)) return node
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]))
  const open = node.type === 'object' && isJson(node.properties) && node.additionalProperties === undefined
  return open ? { ...inner, additionalProperties: false } : inner
}

/** Every object is closed, every property required, and nothing has a default. */
const isStrict = (node: unknown): boolean => {
  if (Array.isArray(node)) return node.every(isStrict)
  if (!isJson(node)) return true
  if ('default' in node) return false
  if (node.type === 'object') {
    const required = Array.isArray(node.required) ? node.required : []
    if (node.additionalProperties !== false) return false
    if (!Object.keys(node.properties ?? {}).every((key) => required.includes(key))) return false
  }
  return Object.values(node).every(isStrict)
}

/** What a model is to write so that `schema` can parse it. What JSON cannot express is left open. */
export const wireSchema = (schema: z.ZodType): WireSchema => {
  const { $schema: _dialect, ...written } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const wire = closed(written) as Json
  return { schema: wire, strict: wire.type === 'object' && isStrict(wire) }
}
