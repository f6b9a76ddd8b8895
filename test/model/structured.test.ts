import { afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { answer, fallback, json, openReplying, request } from './asking.ts'
import { caller, type LayerOptions, openCapabilities, writeOver } from './layer.ts'
import { type Asked, type Reply, refusal } from './provider.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** A model that gives one reply after the other, and what it was asked. */
const replying = async (replies: readonly Reply[], options: LayerOptions = {}) => {
  const layer = await openReplying(replies, options)
  closing.push(layer.close)
  const ask = (asked = request()) => layer.models.ask(caller({ role: 'archivist' }), asked)
  return { ...layer, ask }
}

const firstWords = (asked: Asked | undefined): string => String(asked?.messages[0]?.content)

describe('a model that takes schemas', () => {
  test('is held to the schema and told nothing about it', async () => {
    const { ask, asked, failures } = await replying([{ text: json }])
    expect(await ask()).toEqual({ value: answer, source: 'json_schema', failures: [] })
    expect(asked[0]?.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { name: 'scene', strict: true, schema: { required: ['place', 'people'] } },
    })
    expect(asked[0]?.messages).toEqual(request().messages)
    expect(failures).toEqual([])
  })

  test('that does not take this schema is told in words, and still held to others', async () => {
    const { models, ask, asked, capabilities } = await replying([
      refusal(400, "Invalid schema for response_format 'scene': 'uniqueItems' is not permitted."),
      ...[{ text: json }, { text: json }, { text: '"yes"' }],
    ])
    expect(await ask()).toMatchObject({ value: answer, source: 'instruction', failures: [] })
    expect((await ask()).source).toBe('instruction')
    expect(asked).toHaveLength(3)
    const other = { ...request(), schema: z.string(), fallback: 'no' }
    expect(await models.ask(caller(), other)).toMatchObject({ value: 'yes', source: 'json_schema' })
    expect(capabilities.kept).toEqual({})
  })
})

describe('a model that takes less', () => {
  const noSchemas = refusal(
    400,
    "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.",
  )
  const noFormat = refusal(400, "Unknown parameter: 'response_format'.")

  test('is held to JSON, told the schema, and asked so from then on', async () => {
    const { ask, asked } = await replying([noSchemas, { text: json }])
    expect(await ask()).toMatchObject({ value: answer, source: 'json_object', failures: [] })
    expect((await ask()).source).toBe('json_object')
    expect(asked.map((each) => each.response_format?.type)).toEqual([
      'json_schema',
      'json_object',
      'json_object',
    ])
    expect(firstWords(asked[1])).toMatch(/^You keep the records of a story\.\n\n.*JSON schema.*"place"/s)
  })

  test('or is told alone', async () => {
    const { ask, asked, capabilities } = await replying([noFormat, noFormat, { text: json }])
    expect(await ask()).toMatchObject({ value: answer, source: 'instruction' })
    expect(asked[2]).not.toHaveProperty('response_format')
    expect(capabilities.kept).toMatchObject({ home: { m: { structured: 'none' } } })
  })

  test('is asked rightly at once where that was kept', async () => {
    const capabilities = openCapabilities({ home: { m: { structured: 'none' } } })
    const { ask, asked } = await replying([{ text: json }], { capabilities })
    expect((await ask()).source).toBe('instruction')
    expect(asked).toHaveLength(1)
  })

  test('and does not say so is found out by its answers, as at Anthropic’s compatible endpoint', async () => {
    const prose = { text: 'It is the mill, and Ada is there.' }
    const { ask, asked } = await replying([prose, { text: json }, prose, { text: json }])
    expect([(await ask()).source, (await ask()).source]).toEqual(['repaired', 'repaired'])
    expect((await ask()).source).toBe('json_object')
    expect(asked).toHaveLength(5)
    expect(firstWords(asked[4])).toContain('JSON schema')
  })

  test('is another thing than one that stumbles now and then: that is held to schemas as before', async () => {
    const prose = { text: 'It is the mill, and Ada is there.' }
    const { ask, capabilities } = await replying([
      prose,
      { text: json },
      { text: json },
      prose,
      { text: json },
    ])
    for (const source of ['repaired', 'json_schema', 'repaired', 'json_schema'])
      expect((await ask()).source).toBe(source)
    expect(capabilities.kept).toEqual({})
  })

  test('is known to the writer and to whoever asks for values alike', async () => {
    const layer = await replying([refusal(400, "Unknown parameter: 'temperature'."), { text: json }])
    await writeOver(layer)
    await layer.ask()
    expect(layer.asked).toHaveLength(3)
    expect(layer.asked[2]).not.toHaveProperty('temperature')
  })
})

describe('an answer that is almost right is read without asking again', () => {
  const texts: [name: string, text: string][] = [
    ['in a fence', `\`\`\`json\n${json}\n\`\`\``],
    ['between sentences', `Here you are: ${json} Anything else?`],
    ['after its reasoning', `<think>{"place": "where?"}</think>${json}`],
    ['after reasoning that it had not opened', `{"place": "where?"}</think>${json}`],
    ['without quotes, and with a comma too many', "{place: 'the mill', people: ['Ada',],}"],
    ['without the last brackets', '{"place": "the mill", "people": ["Ada"'],
    ['after a remark in brackets', `[OOC] ${json}`],
  ]
  for (const [name, text] of texts) {
    test(name, async () => {
      const { ask, asked } = await replying([{ text }])
      expect(await ask()).toMatchObject({ value: answer, source: 'json_schema', failures: [] })
      expect(asked).toHaveLength(1)
    })
  }

  test('when it is complete, although the stream broke off', async () => {
    const { ask } = await replying([{ text: json, finish: null }])
    expect((await ask()).value).toEqual(answer)
  })
})

describe('an answer that is wrong', () => {
  test('is sent back once, with what is wrong with it', async () => {
    const wrong = '{"place": 7, "people": ["Ada"]}'
    const { ask, asked } = await replying([{ text: wrong }, { text: json }])
    expect(await ask()).toMatchObject({
      value: answer,
      source: 'repaired',
      failures: [{ attempt: 1, kind: 'misfit', raw: wrong }],
    })
    expect(asked[1]?.messages.slice(2)).toEqual([
      { role: 'assistant', content: wrong },
      { role: 'user', content: expect.stringMatching(/expected string.*at place/s) },
    ])
    expect(firstWords(asked[1])).toContain('JSON schema')
  })

  test('twice, gives the fallback, and both are on record', async () => {
    const { ask, asked, failures } = await replying([
      { text: 'The mill, I think.' },
      { text: '{"place": "the mill"}' },
    ])
    expect(await ask()).toMatchObject({
      value: fallback,
      source: 'default',
      failures: [
        { attempt: 1, kind: 'not_json', raw: 'The mill, I think.' },
        { attempt: 2, kind: 'misfit', raw: '{"place": "the mill"}' },
      ],
    })
    expect(asked).toHaveLength(2)
    const whose = {
      ...{ ref: { story: 'story1', branch: 'root' }, turn: 't1' },
      ...{ role: 'archivist', connection: 'home', model: 'm' },
    }
    expect(failures).toMatchObject([
      { ...whose, attempt: 1, kind: 'not_json', raw: 'The mill, I think.' },
      { ...whose, attempt: 2, kind: 'misfit', raw: '{"place": "the mill"}' },
    ])
  })

  test('is not mended where it was cut off: half a sentence is none', async () => {
    const half = '{"place": "the mi'
    const { ask, asked } = await replying([{ text: half, finish: 'length' }, { text: json }])
    expect(await ask()).toMatchObject({
      value: answer,
      source: 'repaired',
      failures: [{ attempt: 1, kind: 'cut', raw: half }],
    })
    expect(asked[1]?.messages.at(-1)?.content).toContain('shorter')
  })

  test('without a finish reason, it is asked for again', async () => {
    const { ask, asked } = await replying([{ text: '{"place": "the mi', finish: null }, { text: json }])
    expect(await ask()).toMatchObject({
      value: answer,
      source: 'json_schema',
      failures: [{ attempt: 1, kind: 'cut' }],
    })
    expect(asked[1]?.messages).toEqual(request().messages)
  })

  test('and empty, is not sent back as a message without text', async () => {
    const { ask, asked } = await replying([{ text: '<think>Hm' }, { text: json }])
    expect(await ask()).toMatchObject({
      source: 'repaired',
      failures: [{ attempt: 1, kind: 'empty', raw: '' }],
    })
    expect(asked[1]?.messages.map((each) => each.role)).toEqual(['system', 'user', 'user'])
  })
})
