import { describe, expect, test } from 'vitest'
import { ownLimits } from '../../commands/budget/show.ts'
import { monthCost } from '../../commands/cost/month.ts'
import { pageOf } from '../../commands/cost/page.ts'
import { storyCost } from '../../commands/cost/story.ts'
import { priceSheet } from '../../commands/price/list.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import type { Standing } from '../../src/ledger/budget.ts'
import { DOLLAR } from '../../src/ledger/price.ts'
import { en } from '../../src/locales/en.ts'
import type { Cost } from '../../src/turn/ports/ledger.ts'
import { CENT, NOON, price, usage } from '../ledger/call.ts'

const costing = (change: Partial<Cost> = {}): Cost => ({
  ...{ role: 'writer', model: 'bard', calls: 1, usage, price: CENT, unpriced: 0, estimated: 0 },
  ...change,
})
const unknown = costing({ model: 'harp', price: 0, unpriced: 1 })

describe('rows over several messages', () => {
  const rows = Array.from({ length: 60 }, (_, index) => `row ${index} ${'x'.repeat(index * 3)}`)
  const page = (number: number) =>
    pageOf({ heading: '# Rows', rows, footer: 'the end', page: number, idOf: (to) => `rows:${to}` }, en)

  test('each is on one page, and each page fits a message', () => {
    const pages = [0, 1, 2].map(page)
    expect(pages.flatMap(({ content }) => content.match(/^row.*$/gmu) ?? [])).toEqual(rows)
    for (const { content } of pages) {
      expect(content.length).toBeLessThanOrEqual(MESSAGE_LIMIT)
      expect(content).toMatch(/^# Rows\n[\s\S]+\nthe end$/u)
    }
  })

  test('a page that is no more is the last', () => {
    expect(page(99)).toEqual(page(2))
  })

  test('the buttons lead to the pages that there are', () => {
    const buttons = ({ components }: ReturnType<typeof page>) => components.flatMap((row) => row.components)
    expect(buttons(page(0))).toMatchObject([{ disabled: true }, { label: 'More', custom_id: 'rows:1' }])
    expect(buttons(page(2))).toMatchObject([{ label: 'Back', custom_id: 'rows:1' }, { disabled: true }])
  })
})

describe('what a story has cost', () => {
  const told = (...costs: Cost[]) => storyCost('Ash', costs, 0, en).content

  test('given no calls, then nothing', () => {
    expect(told()).toBe(en.cost.noCalls('Ash'))
  })

  test('given all of it is known, then just that', () => {
    expect(told(costing(), costing({ role: 'planner', price: 1, usage: { ...usage, cached: 9 } }))).toBe(
      [
        '**Ash**, with all of its branches: **$0.01** · 2 calls',
        '- **writer** · bard · 1 call · 1,000 tokens in · 500 out · $0.01',
        '- **planner** · bard · 1 call · 1,000 tokens in, 9 of them cached · 500 out · < $0.0001',
      ].join('\n'),
    )
  })

  test('given no price is known, then it is not said to be nothing', () => {
    const [heading, row, footer] = told(unknown).split('\n')
    expect(heading).toContain('**price unknown** · 1 call')
    expect(row).toContain('500 out · price unknown')
    expect(footer).toBe(`-# ${en.cost.unpriced}`)
  })

  test('given some of it is unknown or estimated, then that is said with it', () => {
    const mixed = costing({ calls: 5, unpriced: 2, estimated: 1 })
    expect(told(mixed)).toContain('**about $0.01 and 2 calls of unknown price** · 5 calls')
    expect(told(mixed)).toContain(`-# ${en.cost.unpriced}\n-# ${en.cost.estimated}`)
  })
})

describe('what a month has cost', () => {
  const now = { at: NOON, zone: 'UTC' }
  const server = { scope: 'server', spent: CENT, reserved: 0 } as const
  const told = (costs: Cost[], standings: Standing[] = []) => monthCost(now, costs, standings, 0, en).content

  test('given half of it is over, then it may come to twice as much', () => {
    const middle = { at: Date.parse('2026-11-16T00:00:00Z'), zone: 'UTC' }
    const { content } = monthCost(middle, [costing({ price: 3 * DOLLAR })], [], 0, en)
    expect(content).toContain('**November 2026** on this server: **$3.00** · 1 call\n')
    expect(content).toContain('it will be $6.00 by the month’s end, <t:1796083200:R>.')
  })

  test('given nothing is known to be spent, then nothing is foretold', () => {
    expect(told([unknown])).not.toContain('If it goes on like this')
    expect(told([])).toBe(en.cost.noCallsInMonth('2026-11'))
  })

  test('the limits of the server are beside it, also where nothing was called', () => {
    const standings: Standing[] = [
      { ...server, window: 'month', limit: DOLLAR },
      { ...server, window: 'day', limit: 0 },
      { ...server, scope: 'user', window: 'day', limit: 7 * DOLLAR },
    ]
    expect(told([], standings)).toContain(
      [
        'Limit for the server: $0.01 of $1.00 this month · begins anew <t:1796083200:R>',
        'Limit for the server: nothing a day · begins anew <t:1795305600:R>',
      ].join('\n'),
    )
    expect(told([costing()], standings)).not.toContain('$7.00')
  })
})

test('the limits for one who spends say what is used of them, and when they reset', () => {
  const limit = (scope: Standing['scope'], dollars: number): Standing => ({
    ...{ scope, window: 'day', limit: dollars * DOLLAR, spent: 12 * CENT, reserved: 0 },
  })
  const anew = 'begins anew <t:1795320000:R>'
  // In Halifax it is four hours earlier than in UTC, so the next day begins four hours later.
  expect(ownLimits({ at: NOON, zone: 'America/Halifax' }, [limit('user', 1), limit('story', 0)], en)).toEqual(
    [`- You: **$1.00 a day** · $0.12 of it used · ${anew}`, `- This story: **nothing a day** · ${anew}`],
  )
})

describe('the list of prices', () => {
  const bard = { ...price, model: 'bard', from: 0 }
  const rows = (...[prices, recent]: [Parameters<typeof priceSheet>[0], Cost[]]) =>
    priceSheet(prices, recent, 0, en).content.match(/^- .*$/gmu)

  test('given nothing was set and nothing called, then it says how one is set', () => {
    expect(priceSheet([], [], 0, en)).toEqual({ content: en.price.none, components: [] })
  })

  test('names a model that was called without a price, once', () => {
    expect(rows([{ ...bard, connection: null }], [unknown, unknown, costing()])).toEqual([
      '- **bard**: $5.00 in · $1.00 cached · $10.00 out',
      '- **harp**: unknown',
    ])
  })

  test('says where else a model’s price is unknown, that is known at one connection', () => {
    expect(rows([{ ...bard, connection: 'there' }], [costing({ unpriced: 1 })])).toEqual([
      '- **bard** at there: $5.00 in · $1.00 cached · $10.00 out',
      '- **bard** elsewhere: unknown',
    ])
  })

  test('does not name a model that was called before its price was set', () => {
    expect(rows([{ ...bard, connection: null }], [costing({ unpriced: 1 })])).toHaveLength(1)
  })
})
