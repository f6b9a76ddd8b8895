import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DOLLAR, freePrice, noUsage } from '../../src/ledger/price.ts'
import { type Books, openBooks } from '../ledger/books.ts'
import { CENT, NOON, planned, price, settlement, usage } from '../ledger/call.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let books: Books
let ledger: Books['ledger']

beforeEach(async () => {
  books = await openBooks()
  ledger = books.ledger
})
afterEach(() => books.close())

describe('a call', () => {
  test('stands in the ledger with all that is known of it, once it is settled', async () => {
    await books.priced()
    const id = await books.reserved()
    expect(await books.calls()).toEqual([])
    await ledger.settle(id, settlement)
    const { promptTokens: _, maxTokens: __, zone: ___, isFree: ____, marksCache: _____, ...call } = planned
    expect(await books.calls()).toEqual([
      {
        ...call,
        ...{ input: 1_000, cached: 0, cache_written: 0, reasoning: 0, output: 500 },
        ...{ id, at: NOON, day: '2026-11-21', price: CENT, first_token_ms: 300, total_ms: 2_000 },
        outcome: 'finished',
      },
    ])
  })

  test('gives back what it did not need', async () => {
    await books.priced()
    const id = await books.reserved()
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: 0, reserved: CENT })
    await ledger.settle(id, { ...settlement, usage: { ...usage, output: 0 } })
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: CENT / 2, reserved: 0 })
    expect(await books.sumOf('story1', '2026-11')).toEqual({ spent: CENT / 2, reserved: 0 })
  })

  test('is charged once, however often it is settled', async () => {
    await books.priced()
    const id = await books.reserved()
    await Promise.all([ledger.settle(id, settlement), ledger.settle(id, settlement)])
    await ledger.settle(id, { ...settlement, usage: noUsage })
    expect(await books.calls()).toHaveLength(1)
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: CENT, reserved: 0 })
  })

  test('that its provider did not take on costs nothing', async () => {
    await books.priced()
    await books.made({}, { outcome: 'failed', usage: noUsage, firstTokenMs: null })
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: 0, reserved: 0 })
  })

  test.each([
    ['is not told', undefined],
    ['cannot be counted', { ...usage, output: Number.NaN }],
  ])('whose usage %s and that nobody counted stands with all that was reserved', async (_, told) => {
    await books.priced()
    await books.made({}, { outcome: 'cut', usage: told })
    expect(await books.calls()).toMatchObject([{ input: null, output: null, price: CENT, outcome: 'cut' }])
    expect(await ledger.costOf('story1')).toMatchObject([{ calls: 1, estimated: 1, price: CENT }])
  })

  test('whose usage only we have counted costs that, never more than was reserved, and is estimated', async () => {
    await books.priced()
    await books.made({}, { outcome: 'stopped', usage: undefined, counted: { ...usage, output: 0 } })
    await books.made({}, { outcome: 'stopped', usage: undefined, counted: { ...usage, output: 9_999 } })
    expect(await books.calls()).toMatchObject([
      { input: null, output: null, price: CENT / 2 },
      { input: null, price: CENT },
    ])
    expect(await ledger.costOf('story1')).toMatchObject([{ calls: 2, estimated: 2, price: 1.5 * CENT }])
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: 1.5 * CENT, reserved: 0 })
  })

  test('tells what of its prompt was kept, and costs that', async () => {
    await books.priced()
    const kept = { ...usage, cacheWritten: 800 }
    await books.made({ marksCache: true }, { usage: kept })
    expect(await books.calls()).toMatchObject([{ cache_written: 800, price: 1.1 * CENT }])
    expect((await ledger.callsOf('story1', 't1'))[0]?.usage).toEqual(kept)
    expect((await ledger.costOf('story1'))[0]?.usage).toEqual(kept)
  })

  test('goes on its server’s account alone where it belongs to no story and no player', async () => {
    await books.priced()
    await books.made({ player: null, story: null, branch: null, turn: null })
    expect(await books.db.selectFrom('totals').select('subject').distinct().execute()).toEqual([
      { subject: '9' },
    ])
  })
})

describe('a price', () => {
  test('that nobody told is unknown, not nothing', async () => {
    await books.made()
    expect(await books.calls()).toMatchObject([{ price: null, input: 1_000 }])
    expect(await ledger.costOf('story1')).toMatchObject([{ calls: 1, price: 0, unpriced: 1, estimated: 0 }])
  })

  test('counts for calls from its time on', async () => {
    await books.priced()
    await ledger.setPrice({
      ...{ ...price, input: 2 * price.input, output: 2 * price.output },
      ...{ guild: null, model: 'bard', connection: null, from: NOON + HOUR },
    })
    await books.made()
    books.clock.at = NOON + HOUR
    await books.made()
    expect((await books.calls()).map((call) => call.price)).toEqual([CENT, 2 * CENT])
  })

  test('that changes while a call is made counts for the next', async () => {
    await books.priced()
    const id = await books.reserved()
    books.clock.at = NOON + 1_000
    await ledger.setPrice({
      ...price,
      input: 100 * DOLLAR,
      guild: null,
      model: 'bard',
      connection: null,
      from: books.clock.at,
    })
    await ledger.settle(id, settlement)
    expect(await books.calls()).toMatchObject([{ price: CENT }])
  })

  test('of its own is what a connection charges', async () => {
    await books.priced()
    await ledger.setPrice({ ...freePrice, guild: null, model: 'bard', connection: 'home', from: 0 })
    await books.made()
    books.clock.at += 1
    await books.made({ connection: 'home' })
    expect((await books.calls()).map((call) => call.price)).toEqual([CENT, 0])
  })

  test('of a server counts there before that for all, and nowhere else', async () => {
    await books.priced()
    const own = { ...price, output: 2 * price.output, guild: '9', model: 'bard', connection: null, from: 0 }
    await ledger.setPrice(own)
    await ledger.setPrice({ ...own, guild: '8', input: 0, output: 0 })
    await books.made()
    books.clock.at += 1
    await books.made({ guild: '8', story: null })
    books.clock.at += 1
    await books.made({ guild: '7', story: null })
    expect((await books.calls()).map((call) => call.price)).toEqual([1.5 * CENT, 0, CENT])
    expect(await ledger.pricesAt('9', NOON)).toEqual([own])
    expect(await ledger.pricesAt('7', NOON)).toMatchObject([{ guild: null }])
  })

  test('that anybody set counts also where a call would be free without one', async () => {
    const free = { model: 'home', isFree: true }
    await books.limit(1)
    await books.made(free)
    await books.made({ ...free, connection: 'elsewhere' })
    await ledger.setPrice({ ...price, guild: '9', model: 'home', connection: null, from: NOON })
    await books.made(free)
    expect((await books.calls()).map((call) => call.price)).toEqual([0, 0, CENT])
    expect(await books.asking(free)).toMatchObject({ refused: 'spent' })
  })

  test('is corrected where it was wrong from the beginning, and listed as it is at a time', async () => {
    await ledger.setPrice({ ...price, guild: null, input: 1, model: 'bard', connection: null, from: 0 })
    await books.priced()
    const later = { ...price, guild: null, input: 7, model: 'bard', connection: 'home', from: NOON }
    await ledger.setPrice(later)
    expect(await ledger.pricesAt('9', NOON - 1)).toEqual([
      { ...price, guild: null, model: 'bard', connection: null, from: 0 },
    ])
    expect(await ledger.pricesAt('9', NOON)).toContainEqual(later)
  })
})

describe('a limit', () => {
  beforeEach(() => books.priced())

  test('holds calls that run at the same time, to the cent', async () => {
    await books.limit(7)
    expect(await books.granted(20)).toBe(7)
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: 0, reserved: 7 * CENT })
  })

  test('is free again for what calls did not need', async () => {
    await books.limit(1)
    await books.made({}, { usage: { ...usage, input: 0, output: 0 } })
    expect(await books.granted(3)).toBe(1)
  })

  test('is refused with what it is and when it resets where the server is', async () => {
    await books.limit(1)
    await books.made({ zone: 'America/New_York' })
    expect(await books.asking({ zone: 'America/New_York' })).toEqual({
      ...{ refused: 'spent', scope: 'server', window: 'day', limit: CENT },
      resetsAt: Date.parse('2026-11-22T05:00:00Z'),
    })
    expect(await books.calls()).toHaveLength(1)
  })

  test.each([
    ['server', { player: '1002', story: 'story2' }, { guild: '8', story: null }],
    ['user', { story: 'story2' }, { player: '1002' }],
    ['story', { player: '1002' }, { story: 'story2' }],
  ] as const)('of a %s holds all calls of it, and none of another', async (scope, same, other) => {
    await books.limit(2, { scope })
    await books.limit(9, { guild: '8' })
    await books.made()
    await books.made(same)
    expect(await books.asking(same)).toMatchObject({ refused: 'spent', scope })
    expect(await books.granted(1, other)).toBe(1)
  })

  test('of a day begins anew at midnight, that of a month on its first', async () => {
    await books.limit(2)
    await books.limit(3, { window: 'month' })
    expect(await books.granted(5)).toBe(2)
    books.clock.at += DAY
    expect(await books.granted(5)).toBe(1)
    expect(await books.asking()).toMatchObject({
      window: 'month',
      resetsAt: Date.parse('2026-12-01T00:00:00Z'),
    })
    books.clock.at = Date.parse('2026-12-01T00:00:00Z')
    expect(await books.granted(5)).toBe(2)
  })

  test('holds a call for the day on which it was reserved, whenever it ends', async () => {
    await books.limit(1)
    const id = await books.reserved()
    books.clock.at += DAY
    await ledger.settle(id, settlement)
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: CENT, reserved: 0 })
    expect(await books.granted(2)).toBe(1)
  })

  test('of someone’s own counts in place of that for each', async () => {
    await books.limit(1, { scope: 'user' })
    await books.limit(3, { scope: 'user', subject: '1001' })
    expect([await books.granted(5), await books.granted(5, { player: '1002' })]).toEqual([3, 1])
    expect(await ledger.budgetsOf('9')).toMatchObject([
      { subject: null, limit: CENT },
      { subject: '1001', limit: 3 * CENT },
    ])
    await ledger.setBudget({ guild: '9', scope: 'user', subject: '1001', window: 'day', limit: null })
    expect(await books.granted(5)).toBe(0)
  })

  test('that is set later counts what was spent before it', async () => {
    await books.made()
    await books.made()
    await books.limit(3)
    expect(await books.granted(5)).toBe(1)
  })

  test('lets no call through whose price is unknown', async () => {
    await books.limit(100)
    expect(await books.asking({ model: 'stranger' })).toMatchObject({ refused: 'unpriced', scope: 'server' })
  })

  test('lets a call through that is free', async () => {
    await books.limit(0)
    await ledger.setPrice({ ...freePrice, guild: null, model: 'home', connection: null, from: 0 })
    expect(await books.granted(2, { model: 'home' })).toBe(2)
    expect(await books.asking()).toMatchObject({ refused: 'too_small' })
  })
})

describe('what was spent', () => {
  beforeEach(() => books.priced())

  test('is told by role and model, of a story on all its branches', async () => {
    await books.made()
    await books.made({ branch: 'other', turn: 't2' })
    await books.made({ role: 'archivist' }, { usage: { ...usage, output: 0, cached: 0 } })
    await books.made({ model: 'stranger' })
    await books.made({ story: 'story2' })
    const writer = { role: 'writer', model: 'bard', calls: 2, price: 2 * CENT, unpriced: 0, estimated: 0 }
    expect(await ledger.costOf('story1')).toEqual([
      { ...writer, role: 'archivist', calls: 1, price: CENT / 2, usage: { ...usage, output: 0 } },
      { ...writer, usage: { input: 2_000, cached: 0, cacheWritten: 0, reasoning: 0, output: 1_000 } },
      { ...writer, model: 'stranger', calls: 1, price: 0, unpriced: 1, usage },
    ])
  })

  test('is told of a month as the server’s calendar has it', async () => {
    books.clock.at = Date.parse('2026-11-30T23:30:00Z')
    await books.made()
    await books.made({ zone: 'Europe/Berlin' })
    await books.made({ zone: 'Europe/Berlin', guild: '8', story: null })
    expect(await ledger.costOfMonth('9', '2026-11')).toMatchObject([{ calls: 1 }])
    expect(await ledger.costOfMonth('9', '2026-12')).toMatchObject([{ calls: 1 }])
    expect(await ledger.costOfMonth('9', '2026-10')).toEqual([])
  })
})

describe('the calls for a turn', () => {
  test('are told one by one, the first first, with what is not known of them', async () => {
    await books.priced()
    await books.made({ turn: 't2' })
    await books.made({ role: 'planner' })
    books.clock.at += HOUR
    await books.made({ model: 'stranger' }, { usage: undefined, firstTokenMs: null, outcome: 'cut' })
    const call = { connection: 'openai', model: 'bard', usage, firstTokenMs: 300, totalMs: 2_000 }
    expect(await ledger.callsOf('story1', 't1')).toEqual([
      { ...call, role: 'planner', price: CENT, outcome: 'finished', at: NOON },
      {
        ...{ ...call, role: 'writer', model: 'stranger', usage: null, firstTokenMs: null, price: null },
        ...{ outcome: 'cut', at: NOON + HOUR },
      },
    ])
    expect(await ledger.callsOf('story2', 't1')).toEqual([])
  })
})

describe('the limits that hold for someone', () => {
  test('are told with what is used of them today and this month', async () => {
    await books.priced()
    await books.limit(3)
    await books.limit(5, { window: 'month' })
    await books.limit(4, { scope: 'user' })
    await books.limit(9, { scope: 'story', subject: 'story2' })
    await books.made()
    books.clock.at += DAY
    await books.made()
    await books.made({ player: '1002' })
    await books.reserved()
    const standing = { scope: 'server', reserved: CENT }
    expect(await ledger.standings({ guild: '9', player: '1001', story: 'story1' }, 'UTC')).toEqual([
      {
        ...standing,
        ...{ subject: '9', window: 'day', period: '2026-11-22', spent: 2 * CENT, limit: 3 * CENT },
      },
      {
        ...standing,
        ...{ subject: '9', window: 'month', period: '2026-11', spent: 3 * CENT, limit: 5 * CENT },
      },
      {
        ...{ ...standing, scope: 'user', subject: '1001', window: 'day', period: '2026-11-22' },
        ...{ spent: CENT, limit: 4 * CENT },
      },
    ])
  })
})

describe('after a crash', () => {
  test('a call that was never settled counts with all that was reserved for it', async () => {
    await books.priced()
    await books.limit(2)
    await books.reserved()
    expect(await ledger.abandonOpen()).toBe(1)
    expect(await books.calls()).toMatchObject([
      { outcome: 'abandoned', input: null, price: CENT, total_ms: null },
    ])
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: CENT, reserved: 0 })
    expect(await books.granted(5)).toBe(1)
  })

  test('nothing is counted a second time by the next start', async () => {
    await books.priced()
    await books.reserved()
    await ledger.abandonOpen()
    expect(await ledger.abandonOpen()).toBe(0)
    expect(await books.sumOf('9', '2026-11-21')).toEqual({ spent: CENT, reserved: 0 })
  })

  test('a call of unknown price stays unknown', async () => {
    await books.reserved()
    await ledger.abandonOpen()
    expect(await ledger.costOf('story1')).toMatchObject([{ unpriced: 1, estimated: 0 }])
  })
})

test.each([0.5, -1, Number.NaN, 2 ** 60])(
  '%d nano-dollars are neither a price nor a limit',
  async (nanos) => {
    await expect(
      ledger.setPrice({ ...price, output: nanos, guild: null, model: 'bard', connection: null, from: 0 }),
    ).rejects.toThrow()
    await expect(books.limit(nanos / CENT)).rejects.toThrow()
    expect(await ledger.pricesAt('9', NOON)).toEqual([])
    expect(await ledger.budgetsOf('9')).toEqual([])
  },
)
