import { APIError } from 'openai'
import { describe, expect, test } from 'vitest'
import {
  allCapabilities,
  type Capabilities,
  capabilityBook,
  learn,
  refusesSchema,
} from '../../src/model/capabilities.ts'

const said = (message: string, status = 400) =>
  APIError.generate(status, { error: { message } }, undefined, new Headers())

describe('what a refusal teaches', () => {
  const lessons: [message: string, lesson: Partial<Capabilities>][] = [
    ["Unknown parameter: 'stream_options'.", { streamUsage: false }],
    [
      "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
      { limitName: 'max_completion_tokens' },
    ],
    ["Unsupported value: 'temperature' does not support 0.2.", { temperature: false }],
    ["'response_format' of type 'json_schema' is not supported.", { structured: 'json_object' }],
    ['This response_format type is unavailable now', { structured: 'json_object' }],
  ]
  for (const [message, lesson] of lessons) {
    test(message, () =>
      expect(learn(said(message), allCapabilities)).toEqual({ ...allCapabilities, ...lesson }),
    )
  }

  test('after schemas, JSON can be refused too', () => {
    const known: Capabilities = { ...allCapabilities, structured: 'json_object' }
    const error = said("'response_format.type' must be 'json_schema' or 'text'")
    expect(learn(error, known)).toMatchObject({ structured: 'none' })
    expect(learn(error, { ...known, structured: 'none' })).toBeUndefined()
  })

  test('nothing, where it is about one schema', () => {
    const error = said("Invalid schema for response_format 'scene': 'default' is not permitted.")
    expect(refusesSchema(error)).toBe(true)
    expect(learn(error, allCapabilities)).toBeUndefined()
  })

  test('nothing, where it is no refusal', () => {
    expect(learn(said("Unknown parameter: 'temperature'.", 500), allCapabilities)).toBeUndefined()
    expect(learn(new Error("Unknown parameter: 'temperature'."), allCapabilities)).toBeUndefined()
  })
})

describe('a book of capabilities', () => {
  test('knows each model by itself, and takes one it has not met to understand everything', () => {
    const book = capabilityBook()
    book.learn('a', said("Unknown parameter: 'temperature'."), book.of('a'))
    expect(book.of('a').temperature).toBe(false)
    expect(book.of('b')).toEqual(allCapabilities)
  })

  test('can be kept and read again', () => {
    const book = capabilityBook()
    book.learn('a', said("Unknown parameter: 'response_format'."), book.of('a'))
    const kept = JSON.parse(JSON.stringify(book.all()))
    expect(capabilityBook(kept).of('a')).toEqual(book.of('a'))
  })

  test('that was kept before something was to be known takes that to be understood', () => {
    expect(capabilityBook({ a: { temperature: false } }).of('a')).toEqual({
      ...allCapabilities,
      temperature: false,
    })
  })

  test('keeps what two that asked at once have learned', () => {
    const book = capabilityBook()
    const [one, other] = [book.of('a'), book.of('a')]
    book.learn('a', said("Unknown parameter: 'temperature'."), one)
    book.learn('a', said("Unknown parameter: 'stream_options'."), other)
    expect(book.of('a')).toMatchObject({ temperature: false, streamUsage: false })
  })
})
