import { APIError } from 'openai'
import { describe, expect, test } from 'vitest'
import { allCapabilities, type Capabilities, capabilityBook } from '../../src/model/capabilities.ts'
import { lessonIn, refusesSchema } from '../../src/model/lessons.ts'

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
    ['`temperature` is deprecated for this model.', { temperature: false }],
    ["'response_format' of type 'json_schema' is not supported.", { structured: 'json_object' }],
    ['This response_format type is unavailable now', { structured: 'json_object' }],
    [
      'Invalid JSON payload received. Unknown name "prompt_cache_key": Cannot find field.',
      { cacheHints: false },
    ],
    ['messages.0.content.0.cache_control: Extra inputs are not permitted', { cacheHints: false }],
    ['System message must be at the beginning.', { system: 'first' }],
    ['System role not supported', { system: 'nowhere' }],
    ["'messages[0].role' does not support 'system' with this model.", { system: 'nowhere' }],
    ['Only user and assistant roles are supported!', { system: 'nowhere' }],
    ['Conversation roles must alternate user/assistant/user/assistant/...', { neighbours: false }],
    ['After the optional system message, conversation roles must alternate', { neighbours: false }],
  ]
  for (const [message, lesson] of lessons) {
    test(message, () => expect(lessonIn(said(message), allCapabilities)).toEqual(lesson))
  }

  test('after schemas, JSON can be refused too', () => {
    const known: Capabilities = { ...allCapabilities, structured: 'json_object' }
    const error = said("'response_format.type' must be 'json_schema' or 'text'")
    expect(lessonIn(error, known)).toEqual({ structured: 'none' })
    expect(lessonIn(error, { ...known, structured: 'none' })).toBeUndefined()
  })

  test('where roles alternate already, it is the system message that is in the way', () => {
    const known: Capabilities = { ...allCapabilities, neighbours: false }
    const error = said('Conversation roles must alternate user/assistant/user/assistant/...')
    expect(lessonIn(error, known)).toEqual({ system: 'nowhere' })
  })

  test('also where a template’s error comes as the server’s own', () => {
    expect(lessonIn(said('System role not supported', 500), allCapabilities)).toEqual({ system: 'nowhere' })
  })

  test('nothing, where it is about one schema', () => {
    const error = said("Invalid schema for response_format 'scene': 'default' is not permitted.")
    expect(refusesSchema(error)).toBe(true)
    expect(lessonIn(error, allCapabilities)).toBeUndefined()
  })

  test('nothing, where it is no refusal', () => {
    expect(lessonIn(said("Unknown parameter: 'temperature'.", 500), allCapabilities)).toBeUndefined()
    expect(lessonIn(new Error("Unknown parameter: 'temperature'."), allCapabilities)).toBeUndefined()
  })
})

describe('a book of capabilities', () => {
  test('knows each model by itself, and takes one it has not met to understand everything', () => {
    const book = capabilityBook()
    book.learn('a', said("Unknown parameter: 'temperature'."), book.of('a'))
    expect(book.of('a').temperature).toBe(false)
    expect(book.of('b')).toEqual(allCapabilities)
  })

  test('is kept when something is learned, and can be read again', () => {
    const kept: Record<string, unknown> = {}
    const book = capabilityBook({}, (model, known) => {
      kept[model] = JSON.parse(JSON.stringify(known))
    })
    book.learn('a', said("Unknown parameter: 'response_format'."), book.of('a'))
    book.note('b', { context: 4_096 })
    const again = capabilityBook(kept)
    expect([again.of('a').structured, again.of('b').context]).toEqual(['json_object', 4_096])
  })

  test('is not kept again where nothing is new', () => {
    let times = 0
    const book = capabilityBook({}, () => {
      times += 1
    })
    for (let each = 0; each < 3; each += 1) book.note('a', { context: 4_096 })
    expect(times).toBe(1)
  })

  test.each([
    ['before something was to be known', { temperature: false }],
    ['with a word that is not known any more', { temperature: false, structured: 'xml', context: -1 }],
  ])('that was kept %s takes that to be as usual', (_, kept) => {
    expect(capabilityBook({ a: kept }).of('a')).toEqual({ ...allCapabilities, temperature: false })
  })

  test('that was kept as nonsense knows nothing', () => {
    expect(capabilityBook({ a: 'nonsense' }).of('a')).toEqual(allCapabilities)
  })

  test('keeps what two that asked at once have learned', () => {
    const book = capabilityBook()
    const [one, other] = [book.of('a'), book.of('a')]
    book.learn('a', said("Unknown parameter: 'temperature'."), one)
    book.learn('a', said("Unknown parameter: 'stream_options'."), other)
    expect(book.of('a')).toMatchObject({ temperature: false, streamUsage: false })
  })
})
