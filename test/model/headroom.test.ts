import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { allCapabilities } from '../../src/model/capabilities.ts'
import { headroomFor, limitsFor } from '../../src/model/headroom.ts'
import { type LayerOptions, openCapabilities, openLayer, openLedger, writeOver } from './layer.ts'
import { chunk, type Reply, scriptedProvider, stream } from './provider.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const open = async (replies: readonly Reply[], options: LayerOptions = {}) => {
  const { asked, close, baseURL } = await scriptedProvider(...replies)
  closing.push(close)
  return { ...(await openLayer({ home: { baseURL } }, options)), asked }
}

/** The limits that were sent. */
const limits = ({ asked }: { readonly asked: readonly object[] }) =>
  asked.map((each) => (each as { readonly max_tokens?: number }).max_tokens)

const used = (output: number, reasoning = 0) => ({
  ...{ prompt_tokens: 10, completion_tokens: output, total_tokens: 10 + output },
  completion_tokens_details: { reasoning_tokens: reasoning },
})
const ends = (usage: object, finish: string) => ({ ...chunk({}, finish), usage })
const YES: Reply = { text: 'Yes.' }

describe('the room for reasoning', () => {
  const roomFor = (reasoning: number, context?: number) => headroomFor({ reasoning }, context)

  test('is none for a model that does not reason', () => expect(roomFor(0, 128_000)).toBe(0))
  test('is half as much again as the most that was seen', () => expect(roomFor(2_000)).toBe(3_000))
  test('is a thousand tokens at least, and eight thousand at most', () =>
    expect([roomFor(1), roomFor(50_000)]).toEqual([1_000, 8_000]))
  test('leaves room for a prompt', () => expect(roomFor(50_000, 8_192)).toBe(2_048))
})

describe('the limits of an answer of 700 tokens', () => {
  const limited = (known: Partial<typeof allCapabilities>) =>
    limitsFor(700, { ...allCapabilities, ...known }, undefined)

  test('are that where nothing else is known', () => expect(limited({})).toEqual({ limit: 700, most: 700 }))
  test('have the reasoning in them', () =>
    expect(limited({ reasoning: 2_000 })).toEqual({ limit: 3_700, most: 3_700 }))
  test('are no higher than the server takes', () =>
    expect(limited({ reasoning: 2_000, longest: 2_048 })).toEqual({ limit: 2_048, most: 2_048 }))
  test('are reserved with what the server lets pass', () =>
    expect(limited({ beyond: 6_000 })).toEqual({ limit: 700, most: 6_700 }))
})

describe('a model that reasons until its limit is asked once more at once, with room for that', () => {
  const thoughts: [how: string, reply: Reply][] = [
    ['in a field', stream(chunk({ reasoning_content: 'Hm, who?' }), chunk({}, 'length'))],
    ['between tags', stream(chunk({ content: '<think>Hm, who?' }), chunk({}, 'length'))],
    ['out of sight, and says so', stream(chunk({}), ends(used(700, 700), 'length'))],
    ['out of sight, and counts it alone', stream(chunk({}), ends(used(700), 'length'))],
  ]
  for (const [how, reply] of thoughts) {
    test(how, async () => {
      const layer = await open([reply, YES])
      expect(await writeOver(layer)).toMatchObject({ shown: 'Yes.', end: { kind: 'finished' } })
      const [first, second = 0] = limits(layer)
      expect(first).toBe(700)
      expect(second).toBeGreaterThanOrEqual(1_700)
      expect(layer.ledger.reserved.map(({ maxTokens }) => maxTokens)).toEqual([first, second])
      expect(layer.ledger.settled.map(({ outcome }) => outcome)).toEqual(['failed', 'finished'])
    })
  }

  test('and no more than once', async () => {
    const layer = await open([stream(chunk({ reasoning: 'Hm, '.repeat(300) }), chunk({}, 'length'))])
    expect((await writeOver(layer)).end).toMatchObject({ failure: { kind: 'empty' } })
    expect(layer.asked).toHaveLength(2)
  })

  test('but not where it only went on with white space', async () => {
    const layer = await open([stream(chunk({ content: ' \n '.repeat(50) }), ends(used(700), 'length'))])
    expect((await writeOver(layer)).end).toMatchObject({ failure: { kind: 'empty' } })
    expect(layer.asked).toHaveLength(1)
  })

  test('but not where the ledger does not allow it', async () => {
    const refused = { refused: 'too_small', scope: 'server', window: 'day', limit: 1 } as const
    const ledger = openLedger(({ maxTokens }) => (maxTokens > 700 ? refused : undefined))
    const layer = await open([thoughts[0]?.[1] ?? YES], { ledger })
    expect((await writeOver(layer)).end).toMatchObject({ failure: { kind: 'over_budget' } })
    expect(layer.asked).toHaveLength(1)
  })
})

describe('a model that was seen to reason', () => {
  const reasoned = stream(chunk({ content: 'Yes.' }), ends(used(2_100, 2_000), 'stop'))

  test('has room for it from then on, also after a restart', async () => {
    const layer = await open([reasoned])
    await writeOver(layer)
    await writeOver(layer)
    expect(limits(layer)).toEqual([700, 3_700])
    const again = await open([YES], { capabilities: openCapabilities(layer.capabilities.kept) })
    await writeOver(again)
    expect(limits(again)).toEqual([3_700])
  })

  test('though in another answer it reasoned less', async () => {
    const layer = await open([reasoned, YES])
    for (let turn = 0; turn < 3; turn += 1) await writeOver(layer)
    expect(limits(layer)).toEqual([700, 3_700, 3_700])
  })

  test('and is stopped before it wrote that out may have reasoned as much', async () => {
    const hanging = (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(`data: ${JSON.stringify(chunk({ content: 'The door' }))}\n\n`)
      response.end()
    }
    const layer = await open([hanging], {
      capabilities: openCapabilities({ home: { m: { reasoning: 900 } } }),
    })
    await writeOver(layer)
    expect(layer.ledger.settled).toMatchObject([{ outcome: 'cut', counted: { output: 903 } }])
  })
})

describe('a server that lets its model pass its limit', () => {
  test('is reserved for with as much from then on', async () => {
    const layer = await open([stream(chunk({ content: 'Yes.' }), ends(used(6_700), 'stop'))])
    await writeOver(layer)
    await writeOver(layer)
    expect(limits(layer)).toEqual([700, 700])
    expect(layer.ledger.reserved.map(({ maxTokens }) => maxTokens)).toEqual([700, 6_700])
  })
})

test('a temperature that is too high for a server is lowered, not left out', async () => {
  const tooHot: Reply = (response) =>
    response
      .writeHead(400, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message: 'temperature must be between 0 and 0.5' } }))
  const layer = await open([tooHot, YES])
  expect((await writeOver(layer)).text).toBe('Yes.')
  expect(layer.asked).toMatchObject([{ temperature: 0.8 }, { temperature: 0.5 }])
})
