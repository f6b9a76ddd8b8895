import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { wireSchema } from '../../src/model/json-schema.ts'

describe('a schema over the wire', () => {
  test('is closed at every depth, and strict where all is required', () => {
    const { schema, strict } = wireSchema(
      z.object({ shifts: z.array(z.object({ by: z.int().min(-3).max(3), why: z.string().nullable() })) }),
    )
    expect(strict).toBe(true)
    expect(schema).toMatchObject({
      additionalProperties: false,
      properties: { shifts: { items: { additionalProperties: false, required: ['by', 'why'] } } },
    })
    expect(schema).not.toHaveProperty('$schema')
  })

  test('describes what is to be written, not what is made of it', () => {
    const length = z.object({ word: z.string().transform((word) => word.length) })
    expect(wireSchema(length).schema).toMatchObject({ properties: { word: { type: 'string' } } })
  })

  const loose: [name: string, schema: z.ZodType][] = [
    ['a property that may be left out', z.object({ a: z.string().optional() })],
    ['a default', z.object({ a: z.string().default('') })],
    ['any names of properties', z.object({ a: z.record(z.string(), z.number()) })],
    ['a list at the root', z.array(z.string())],
    ['one of these deep inside', z.object({ a: z.array(z.object({ b: z.int().optional() })) })],
  ]
  for (const [name, schema] of loose) {
    test(`is not strict with ${name}`, () => expect(wireSchema(schema).strict).toBe(false))
  }
})
