import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { randomFrom } from '../../../src/sandbox/model/random.ts'
import { valueFor } from '../../../src/sandbox/model/schema/fill.ts'
import type { Schema } from '../../../src/sandbox/model/schema/node.ts'
import { sample } from '../../../src/sandbox/model/schema/pattern.ts'
import { wordsFor } from '../../../src/sandbox/model/schema/words.ts'

const messages = [
  {
    role: 'system',
    content: `You are the narrator of a story.

# Story
Title: The Lighthouse
Premise: A smuggler comes to the lighthouse on the night the lamp goes out.

# Cast
- Mira (character): a lighthouse keeper
- Ada (played by a person): a smuggler`,
  },
  { role: 'user', content: 'Ada: *opens the rusty door* "Who is there?" (line L17)' },
]

const fill = (schema: unknown, seed = 'seed'): unknown => {
  const random = randomFrom(seed)
  return valueFor(schema as Schema, { words: wordsFor(messages, random), random })
}

const judge = (schema: object) => {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const validate = ajv.compile(schema)
  return (value: unknown) => (validate(value) ? undefined : ajv.errorsText(validate.errors))
}

const key = fc.constantFrom('name', 'place', 'reason', 'text', 'score', 'quote', 'id', 'x', 'items')

/** Two numbers in order. */
const bounds = (most: number) =>
  fc
    .tuple(fc.nat(most), fc.nat(most))
    .map(([one, other]) => [Math.min(one, other), Math.max(one, other)] as const)

const text = fc.oneof(
  fc.constant({ type: 'string' }),
  bounds(60).map(([minLength, maxLength]) => ({ type: 'string', minLength, maxLength })),
  fc.constantFrom('date-time', 'date', 'email', 'uuid', 'uri').map((format) => ({ type: 'string', format })),
  fc
    .constantFrom('^L\\d+$', '^[a-z]{3,8}$', '^(yes|no)-[A-F0-9]{4}$', '^\\w+@\\w+\\.(com|org)$')
    .map((pattern) => ({ type: 'string', pattern })),
)

const number = fc.oneof(
  fc.constantFrom({ type: 'number' }, { type: 'integer' }, { type: 'boolean' }, { type: 'null' }),
  bounds(50).map(([minimum, maximum]) => ({ type: 'integer', minimum: minimum - 25, maximum: maximum - 25 })),
  bounds(50).map(([low, high]) => ({ type: 'number', minimum: low / 7, maximum: high / 7 })),
  bounds(50).map(([low, high]) => ({
    type: 'number',
    exclusiveMinimum: low - 9,
    exclusiveMaximum: high - 8,
  })),
  fc.integer({ min: 1, max: 9 }).map((multipleOf) => ({ type: 'integer', minimum: 3, multipleOf })),
  fc.integer({ min: -5, max: 5 }).map((exclusiveMinimum) => ({ type: 'integer', exclusiveMinimum })),
)

const choice = fc.oneof(
  fc
    .uniqueArray(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 })
    .map((each) => ({ enum: each })),
  fc.jsonValue().map((value) => ({ const: value })),
)

const { schema } = fc.letrec<{ schema: object; object: object; array: object; either: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    number,
    choice,
    tie('object'),
    tie('array'),
    tie('either'),
  ),
  object: fc
    .tuple(
      fc.uniqueArray(fc.tuple(key, tie('schema')), { selector: ([name]) => name, maxLength: 5 }),
      fc.boolean(),
      fc.nat(31),
    )
    .map(([entries, closed, mask]) => ({
      type: 'object',
      properties: Object.fromEntries(entries),
      required: entries.map(([name]) => name).filter((_name, index) => mask & (1 << index)),
      ...(closed ? { additionalProperties: false } : {}),
    })),
  array: fc
    .tuple(tie('schema'), bounds(4))
    .map(([items, [minItems, maxItems]]) => ({ type: 'array', items, minItems, maxItems })),
  either: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map((anyOf) => ({ anyOf })),
}))

describe('a value for a schema', () => {
  test('is valid, whatever the schema', () => {
    fc.assert(
      fc.property(schema, fc.string(), (each, seed) => {
        const value = fill(each, seed)
        expect(judge(each)(value), JSON.stringify(value)).toBeUndefined()
      }),
      { numRuns: 200 },
    )
  })

  type Scene = { title: string; scenes: Scene[] }
  const Scene: z.ZodType<Scene> = z.object({
    title: z.string(),
    get scenes() {
      return z.array(Scene)
    },
  })

  const cases: [name: string, schema: z.ZodType][] = [
    [
      'an object with everything in it',
      z.object({
        speaker: z.string().min(1).max(40),
        mood: z.enum(['calm', 'tense']),
        trust: z.number().min(-1).max(1),
        minutes: z.int().positive(),
        quote: z.string().nullable(),
        note: z.string().optional(),
        tags: z.array(z.string()).min(2).max(4),
        kind: z.literal('scene'),
        pair: z.tuple([z.string(), z.number()]),
      }),
    ],
    [
      'a union told apart by a key',
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('move'), place: z.string() }),
        z.strictObject({ kind: z.literal('speak'), text: z.string() }),
      ]),
    ],
    ['a record', z.record(z.string(), z.number())],
    ['a record with keys from a list', z.record(z.enum(['Ada', 'Mira']), z.int().min(0).max(9))],
    ['what refers to itself', Scene],
    ['both of two', z.intersection(z.object({ name: z.string() }), z.object({ place: z.string() }))],
    ['formats', z.object({ at: z.iso.datetime(), id: z.uuid(), mail: z.email(), day: z.iso.date() })],
    ['steps', z.number().min(0).max(1).multipleOf(0.1)],
    ['a set of choices', z.array(z.enum(['a', 'b', 'c'])).min(1)],
  ]
  for (const [name, each] of cases) {
    test(`${name}, as zod describes it, satisfies zod`, () => {
      for (let seed = 0; seed < 30; seed += 1) {
        const value = fill(z.toJSONSchema(each), String(seed))
        expect(each.safeParse(value).error, JSON.stringify(value)).toBeUndefined()
      }
    })
  }

  test('unique items are unique', () => {
    const unique = { type: 'array', items: { enum: ['a', 'b', 'c'] }, uniqueItems: true, minItems: 3 }
    expect((fill(unique) as string[]).toSorted()).toEqual(['a', 'b', 'c'])
  })
})

describe('a value makes sense', () => {
  const said = (properties: object) =>
    fill({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false })

  test('by the names of its keys', () => {
    const string = { type: 'string' }
    expect(said({ speaker: string, place: string, title: string, summary: string, quote: string })).toEqual({
      speaker: 'Ada',
      place: 'the lighthouse',
      title: 'The Lighthouse',
      summary: 'Ada opened the rusty door and asked, “Who is there?” Ada was at the lighthouse.',
      quote: expect.stringContaining('rusty door'),
    })
  })
  test('by what the prompt names', () => {
    expect(said({ who: { enum: ['Bert', 'Ada', 'Cleo'] } })).toEqual({ who: 'Ada' })
  })
  test('a pattern prefers a word of the prompt', () => {
    expect(said({ line: { type: 'string', pattern: '^L\\d+$' } })).toEqual({ line: 'L17' })
  })
})

test('texts for a pattern match it', () => {
  const patterns = [
    '^[A-Z]{2}-\\d{3}$',
    '^(a|bc)+$',
    '^[^a-y]z?$',
    '^\\p{L}+$',
    '^x{2,}y*$',
    '^(?<n>\\w)-(?:q)$',
    '^\\u0041\\.$',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...patterns), fc.string(), (pattern, seed) => {
      expect(sample(pattern, randomFrom(seed))).toMatch(new RegExp(pattern, 'u'))
    }),
  )
})
