import fc from 'fast-check'
import { z } from 'zod'
import { type EventType, eventSchemas, type StoryEvent } from '../../src/story/event.ts'

/** What of JSON Schema zod makes of our events. */
type Schema = {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null'
  readonly const?: string
  readonly enum?: readonly string[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minimum?: number
  readonly maximum?: number
}

/** Few, so that events meet; some of them names that objects have from birth. */
const strings = fc.constantFrom('a', 'b', 'c', 'narrator', '__proto__', 'constructor')

const valuesOf = (schema: Schema): fc.Arbitrary<unknown> => {
  const options = schema.anyOf ?? schema.oneOf
  if (options) return fc.oneof(...options.map(valuesOf))
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  const { minimum: min = 0, maximum: max = 2 ** 40 } = schema
  switch (schema.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, of]) => [key, valuesOf(of)])),
        { noNullPrototype: true },
      )
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(4, schema.maxItems ?? 4),
      })
    case 'string':
      return strings
    case 'integer':
      return fc.integer({ min, max })
    case 'number':
      return fc.double({ min, max, noNaN: true }).map((number) => number + 0)
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`)
  }
}

const types = Object.keys(eventSchemas) as EventType[]

/** An event of any kind, of anything that its schema allows. */
export const anyEvent: fc.Arbitrary<StoryEvent> = fc.oneof(
  ...types.map((type) =>
    valuesOf(z.toJSONSchema(eventSchemas[type], { io: 'output' }) as Schema).map(
      (data) => ({ type, data }) as StoryEvent,
    ),
  ),
)
