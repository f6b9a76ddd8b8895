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
  const bounds: [message: string, lesson: Partial<Capabilities>][] = [
    ['temperature must be between 0 and 1', { coldest: 0, hottest: 1 }],
    ['temperature: Input should be less than or equal to 1', { coldest: 0, hottest: 1 }],
    ['temperature must be in the range [0.0, 1.5]', { coldest: 0, hottest: 1.5 }],
    ['`temperature` must be strictly positive', { coldest: 0.01, hottest: 2 }],
    ['temperature must be greater than 0', { coldest: 0.01, hottest: 2 }],
    ['max_tokens is too large: 9700. This model supports at most 4096 completion tokens', { longest: 4_096 }],
    ['Invalid max_tokens value, the valid range of max_tokens is [1, 8192]', { longest: 8_192 }],
    ['max_tokens: 9700 > 8192, which is the maximum allowed number of output tokens', { longest: 8_192 }],
  ]
  for (const [message, lesson] of [...lessons, ...bounds]) {
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

  test('nothing more, where a value within the bounds is refused, too', () => {
    const error = said('temperature must be between 0 and 1')
    expect(lessonIn(error, { ...allCapabilities, hottest: 1 })).toBeUndefined()
  })

  test('nothing of the limit of an answer, where prompt and answer together are too long', () => {
    const error = said(
      "'max_tokens' is too large: 9700. This model's maximum context length is 8192 tokens (9700 at most 8192).",
    )
    expect(lessonIn(error, allCapabilities)).toBeUndefined()
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

const now = () => 0

describe('a book of capabilities', () => {
  test('knows each model by itself, and takes one it has not met to understand everything', () => {
    const book = capabilityBook({ now })
    book.learn('a', said("Unknown parameter: 'temperature'."), book.of('a'))
    expect(book.of('a').temperature).toBe(false)
    expect(book.of('b')).toEqual(allCapabilities)
  })

  test('is kept when something is learned, and can be read again', () => {
    const kept: Record<string, unknown> = {}
    const book = capabilityBook({
      now,
      keep: (model, known) => {
        kept[model] = JSON.parse(JSON.stringify(known))
      },
    })
    book.learn('a', said("Unknown parameter: 'response_format'."), book.of('a'))
    book.note('b', { context: 4_096 })
    const again = capabilityBook({ now, kept })
    expect([again.of('a').structured, again.of('b').context]).toEqual(['json_object', 4_096])
  })

  test('is not kept again where nothing is new', () => {
    let times = 0
    const book = capabilityBook({
      now,
      keep: () => {
        times += 1
      },
    })
    for (let each = 0; each < 3; each += 1) book.note('a', { context: 4_096 })
    expect(times).toBe(1)
  })

  test.each([
    ['before something was to be known', { temperature: false }],
    ['with a word that is not known any more', { temperature: false, structured: 'xml', context: -1 }],
  ])('that was kept %s takes that to be as usual', (_, kept) => {
    expect(capabilityBook({ now, kept: { a: kept } }).of('a')).toEqual({
      ...allCapabilities,
      temperature: false,
    })
  })

  test('that was kept as nonsense knows nothing', () => {
    expect(capabilityBook({ now, kept: { a: 'nonsense' } }).of('a')).toEqual(allCapabilities)
  })

  test('keeps what two that asked at once have learned', () => {
    const book = capabilityBook({ now })
    const [one, other] = [book.of('a'), book.of('a')]
    book.learn('a', said("Unknown parameter: 'temperature'."), one)
    book.learn('a', said("Unknown parameter: 'stream_options'."), other)
    expect(book.of('a')).toMatchObject({ temperature: false, streamUsage: false })
  })

  describe('tries again what was not taken', () => {
    const WEEK = 7 * 24 * 3_600_000
    let time = 0
    const open = (kept: Record<string, unknown> = {}) =>
      capabilityBook({
        now: () => time,
        kept,
        keep: (model, known) => void Object.assign(kept, { [model]: known }),
      })
    const taught = (kept: Record<string, unknown> = {}) => {
      time = 0
      const book = open(kept)
      book.note('a', { reasoning: 900 })
      book.learn('a', said("Unknown parameter: 'temperature'."), book.of('a'))
      return book
    }

    test('after a week, also over a restart, and still knows how the model reasons', () => {
      const kept: Record<string, unknown> = {}
      taught(kept)
      time = WEEK - 1
      expect(open(kept).of('a').temperature).toBe(false)
      time = WEEK
      expect(open(kept).of('a')).toEqual({ ...allCapabilities, reasoning: 900 })
      expect(kept).toEqual({ a: { ...allCapabilities, reasoning: 900 } })
    })

    test('a week after it was learned anew', () => {
      const book = taught()
      time = WEEK
      book.learn('a', said("Unknown parameter: 'temperature'."), book.of('a'))
      time = 2 * WEEK - 1
      expect(book.of('a').temperature).toBe(false)
    })

    test('when it is to be forgotten', () => {
      const book = taught()
      book.forget('a')
      expect(book.of('a')).toEqual({ ...allCapabilities, reasoning: 900 })
    })
  })
})
