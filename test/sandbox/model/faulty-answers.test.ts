import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLogger } from '../../../src/kit/logger.ts'
import type { Fault } from '../../../src/sandbox/model/faults.ts'
import { type LoopbackModel, startModel } from '../../../src/sandbox/model/server.ts'
import { type ManualClock, manualClock } from '../../doubles/clock.ts'
import { forJson, post, streamed } from './calls.ts'

let server: LoopbackModel
let clock: ManualClock

beforeEach(async () => {
  clock = manualClock()
  server = await startModel({ port: 0, clock, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
})
afterEach(() => server.close())

const json = async () => (await streamed(server, forJson)).text

describe('an answer that ends too soon', () => {
  const ends: [fault: Fault, finish: string | null][] = [
    [{ kind: 'cut_stream', afterTokens: 3 }, null],
    [{ kind: 'error_in_stream', afterTokens: 3 }, null],
    [{ kind: 'length', afterTokens: 3 }, 'length'],
    [{ kind: 'content_filter', afterTokens: 3 }, 'content_filter'],
  ]
  for (const [fault, finish] of ends) {
    test(`${fault.kind}: after its tokens with ${finish ?? 'no'} finish reason`, async () => {
      const whole = (await streamed(server, { seed: 1 })).text
      server.faults.add(fault)
      const answer = await streamed(server, { seed: 1 })
      expect(answer.finish).toBe(finish)
      expect(answer.order.filter((name) => name === 'content')).toHaveLength(1 + 3)
      expect(whole.startsWith(answer.text)).toBe(true)
    })
  }

  test('dropped_connection: breaks a whole answer too', async () => {
    server.faults.add({ kind: 'dropped_connection' })
    await expect(post(server)).rejects.toThrow()
  })

  test('error_in_stream has an error where the next chunk would be, and is none of a stream otherwise', async () => {
    server.faults.add({ kind: 'error_in_stream' })
    expect((await streamed(server)).error).toMatchObject({ type: 'server_error' })
    expect((await post(server)).status).toBe(500)
  })
})

describe('an answer that is none', () => {
  test('empty: nothing, and a finish reason', async () => {
    server.faults.add({ kind: 'empty' })
    expect(await streamed(server)).toMatchObject({ text: '', finish: 'stop' })
  })

  test('refusal: in words', async () => {
    server.faults.add({ kind: 'refusal' })
    expect(await streamed(server)).toMatchObject({
      text: "I'm sorry, but I can't help with that.",
      finish: 'stop',
    })
  })

  test('refusal: in the field for it', async () => {
    server.faults.add({ kind: 'refusal', how: 'field' })
    const answer = await streamed(server)
    expect([answer.text, answer.finish]).toEqual(['', 'stop'])
    expect(answer.field('refusal')).toContain("can't help")
    expect(await (await post(server)).json()).toMatchObject({
      choices: [{ message: { content: null, refusal: expect.stringContaining("can't help") } }],
    })
  })
})

describe('reasoning', () => {
  for (const field of ['reasoning_content', 'reasoning'] as const) {
    test(`${field}: comes before the text, and is counted`, async () => {
      server.faults.add({ kind: 'reasoning_field', field })
      const answer = await streamed(server)
      expect(answer.field(field)).toContain('I should answer')
      expect(answer.text).not.toContain('I should answer')
      expect(answer.order.lastIndexOf(field)).toBeLessThan(answer.order.indexOf('content', 2))
      const reasoned = answer.usage?.completion_tokens_details.reasoning_tokens ?? 0
      expect(reasoned).toBeGreaterThan(5)
      expect(answer.usage?.completion_tokens).toBeGreaterThan(reasoned)
    })
  }

  test('takes its share of the limit', async () => {
    server.faults.add({ kind: 'reasoning_field' })
    expect(await streamed(server, { max_tokens: 4 })).toMatchObject({
      text: '',
      finish: 'length',
      usage: { completion_tokens: 4, completion_tokens_details: { reasoning_tokens: 4 } },
    })
  })

  const tagged: [kind: 'think_tags' | 'unclosed_think' | 'lone_think_end', shape: RegExp][] = [
    ['think_tags', /^<think>\n[^<]+<\/think>\n\n[^<]+$/],
    ['unclosed_think', /^<think>\n[^<]+$/],
    ['lone_think_end', /^[^<]+<\/think>\n\n[^<]+$/],
  ]
  for (const [kind, shape] of tagged) {
    test(`${kind}: stands in the text`, async () => {
      server.faults.add({ kind })
      expect((await streamed(server)).text).toMatch(shape)
    })
  }
})

test('no_usage: none is told, streamed or whole', async () => {
  server.faults.add({ kind: 'no_usage' })
  expect((await streamed(server)).usage).toBeUndefined()
  expect(await (await post(server)).json()).not.toHaveProperty('usage')
})

describe('JSON', () => {
  const inside: [how: 'comma' | 'fence' | 'words', strip: (text: string) => string][] = [
    ['comma', (text) => text.replace(',}', '}')],
    ['fence', (text) => text.replace(/^```json\n|\n```$/g, '')],
    ['words', (text) => text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)],
  ]
  for (const [how, strip] of inside) {
    test(`broken_json, ${how}: it is all there, and cannot be parsed`, async () => {
      server.faults.add({ kind: 'broken_json', how })
      const text = await json()
      expect(() => JSON.parse(text)).toThrow()
      expect(JSON.parse(strip(text))).toHaveProperty('place')
    })
  }

  test('broken_json, cut: half of it is missing, with a finish reason', async () => {
    server.faults.add({ kind: 'broken_json', how: 'cut' })
    const answer = await streamed(server, forJson)
    expect(answer.finish).toBe('stop')
    expect(answer.text).toMatch(/^\{"place":[^}]*$/)
  })

  test('wrong_json: it can be parsed and fits no schema', async () => {
    server.faults.add({ kind: 'wrong_json' })
    expect(Object.keys(JSON.parse(await json()))).toEqual(['unexpected'])
  })

  test('ignores_json: prose comes', async () => {
    server.faults.add({ kind: 'ignores_json' })
    expect(await json()).toMatch(/^[^{]+[.?!"*]$/)
  })

  test('what is wrong with it does not touch prose', async () => {
    server.faults.add({ kind: 'wrong_json' })
    expect((await streamed(server)).text).not.toContain('unexpected')
  })
})

describe('an answer that comes late', () => {
  test('delay: with its headers', async () => {
    server.faults.add({ kind: 'delay', ms: 40_000 })
    let came = false
    const asking = post(server, { stream: true }).finally(() => {
      came = true
    })
    await expect.poll(() => clock.pending()).toContain(40_000)
    expect(came).toBe(false)
    await clock.advance(40_000)
    expect(await (await asking).text()).toContain('[DONE]')
  })

  test('slow_first_token: after its headers', async () => {
    server.faults.add({ kind: 'slow_first_token', ms: 40_000 })
    const response = await post(server, { stream: true })
    await expect.poll(() => clock.pending()).toContain(40_000)
    await clock.advance(40_000)
    expect(await response.text()).toContain('[DONE]')
  })
})
