import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Account,
  accountsOf,
  type Budget,
  limitOf,
  mayReserve,
  type Standing,
} from '../../src/ledger/budget.ts'
import { dayAt, WINDOWS } from '../../src/ledger/window.ts'

const NOON = Date.parse('2026-11-21T12:00:00Z')
const TOMORROW = Date.parse('2026-11-22T00:00:00Z')
const NEXT_MONTH = Date.parse('2026-12-01T00:00:00Z')

const payer = { guild: '9', player: '1001', story: 'story1' }
const standing = (change: Partial<Standing> = {}): Standing => ({
  ...{ scope: 'server', window: 'day', limit: 100, spent: 0, reserved: 0 },
  ...change,
})
const asking = (estimate: number | null, ...standings: Standing[]) =>
  mayReserve(standings, estimate, NOON, 'UTC')

describe('the accounts of a call', () => {
  test('are its server’s, its player’s and its story’s, for the day and for the month', () => {
    const accounts = accountsOf(payer, '2026-11-21')
    expect(accounts.map(({ scope, subject, period }) => `${scope} ${subject} ${period}`)).toEqual([
      'server 9 2026-11-21',
      'server 9 2026-11',
      'user 1001 2026-11-21',
      'user 1001 2026-11',
      'story story1 2026-11-21',
      'story story1 2026-11',
    ])
  })

  test('are the server’s alone where no player and no story asked for it', () => {
    const accounts = accountsOf({ guild: '9', player: null, story: null }, '2026-11-21')
    expect(accounts.map(({ scope }) => scope)).toEqual(['server', 'server'])
  })
})

describe('the limit of an account', () => {
  const account: Account = { scope: 'user', subject: '1001', window: 'day', period: '2026-11-21' }
  const budget = (change: Partial<Budget>): Budget => ({
    ...{ guild: '9', scope: 'user', subject: null, window: 'day', limit: 100 },
    ...change,
  })

  test('is its own before that of each', () => {
    const own = budget({ subject: '1001', limit: 500 })
    expect(limitOf([budget({}), own], account)).toBe(500)
    expect(limitOf([own, budget({})], { ...account, subject: '1002' })).toBe(100)
  })

  test('is not that of another scope or window', () => {
    expect(limitOf([budget({ window: 'month' }), budget({ scope: 'story' })], account)).toBeUndefined()
  })
})

describe('whether a call may be reserved', () => {
  test('it may, up to the limit and not one nano-dollar further', () => {
    expect(asking(40, standing({ spent: 35, reserved: 25 }))).toBe('ok')
    expect(asking(41, standing({ spent: 35, reserved: 25 }))).toMatchObject({ refused: 'spent' })
  })

  test('it may where there is no limit, whatever it costs', () => {
    expect(asking(1_000_000)).toBe('ok')
    expect(asking(null)).toBe('ok')
  })

  test('the refusal says which limit, and when it resets', () => {
    expect(asking(50, standing(), standing({ scope: 'user', spent: 60 }))).toEqual({
      ...{ refused: 'spent', scope: 'user', window: 'day', limit: 100, resetsAt: TOMORROW },
    })
  })

  test('of two limits in its way it says the one that resets later', () => {
    const day = standing({ scope: 'user', spent: 60 })
    const month = standing({ scope: 'story', window: 'month', spent: 60 })
    expect(asking(50, day, month)).toMatchObject({ scope: 'story', resetsAt: NEXT_MONTH })
    expect(asking(50, month, day)).toMatchObject({ scope: 'story', resetsAt: NEXT_MONTH })
  })

  test('a call that alone is over the limit is not told to wait', () => {
    const refused = asking(101, standing({ window: 'month', limit: 200, spent: 200 }), standing())
    expect(refused).toEqual({ refused: 'too_small', scope: 'server', window: 'day', limit: 100 })
  })

  test('a call of unknown price may not be made under a limit: nobody could hold it', () => {
    expect(asking(null, standing())).toEqual({
      ...{ refused: 'unpriced', scope: 'server', window: 'day', limit: 100 },
    })
  })

  test('what is free may be had after the limit too', () => {
    expect(asking(0, standing({ spent: 120 }))).toBe('ok')
  })
})

type Act =
  | { readonly kind: 'ask'; readonly estimate: number; readonly player: string; readonly story: string }
  | { readonly kind: 'settle'; readonly pick: number; readonly share: number }
  | { readonly kind: 'wait'; readonly hours: number }
  | { readonly kind: 'move'; readonly zone: string }

const ask = fc.record({
  kind: fc.constant('ask' as const),
  estimate: fc.integer({ min: 1, max: 40 }),
  player: fc.constantFrom('1001', '1002'),
  story: fc.constantFrom('story1', 'story2'),
})
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: ask },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('settle' as const),
      pick: fc.nat(),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 60 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      zone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Kiritimati'),
    }),
  },
)
const limits = fc.array(
  fc.record({
    guild: fc.constant('9'),
    scope: fc.constantFrom('server' as const, 'user' as const, 'story' as const),
    subject: fc.constant(null),
    window: fc.constantFrom(...WINDOWS),
    limit: fc.integer({ min: 0, max: 150 }),
  }),
  { maxLength: 6 },
)

type Open = { readonly estimate: number; readonly accounts: readonly Account[] }

/** Plays acts over a plain list of what was granted, and tells every sum that ever stood in an account. */
const play = (budgets: readonly Budget[], acts: readonly Act[]) => {
  const entries: { amount: number; open: boolean; readonly call: Open }[] = []
  const sums: { readonly account: Account; readonly sum: number }[] = []
  let refused = 0
  // The night before clocks go back in Europe, and days before a month ends.
  let at = Date.parse('2026-10-24T12:00:00Z')
  let zone = 'UTC'
  const isIn = (account: Account) => (entry: { readonly call: Open }) =>
    entry.call.accounts.some(
      (other) =>
        other.scope === account.scope && other.subject === account.subject && other.period === account.period,
    )
  const sumIn = (account: Account, open: boolean) =>
    entries
      .filter((entry) => entry.open === open)
      .filter(isIn(account))
      .reduce((sum, { amount }) => sum + amount, 0)
  const takeIn = ({ estimate, player, story }: Extract<Act, { kind: 'ask' }>) => {
    const accounts = accountsOf({ guild: '9', player, story }, dayAt(at, zone))
    const standings = accounts.flatMap((account): Standing[] => {
      const limit = limitOf(budgets, account)
      const sums = { spent: sumIn(account, false), reserved: sumIn(account, true) }
      return limit === undefined ? [] : [{ ...account, limit, ...sums }]
    })
    if (mayReserve(standings, estimate, at, zone) === 'ok')
      entries.push({ amount: estimate, open: true, call: { estimate, accounts } })
    else refused += 1
    for (const account of accounts) sums.push({ account, sum: sumIn(account, false) + sumIn(account, true) })
  }
  for (const step of acts) {
    if (step.kind === 'ask') takeIn(step)
    if (step.kind === 'wait') at += step.hours * 3_600_000
    if (step.kind === 'move') zone = step.zone
    if (step.kind === 'settle') {
      const open = entries.filter((entry) => entry.open)
      const settled = open[step.pick % (open.length || 1)]
      if (settled) Object.assign(settled, { open: false, amount: Math.floor(settled.amount * step.share) })
    }
  }
  return { sums, granted: entries.length, refused }
}

test('no day and no month passes its limit, in whatever order calls come, end, wait and move', () => {
  let granted = 0
  let refused = 0
  fc.assert(
    fc.property(limits, fc.array(act, { minLength: 20, maxLength: 60 }), (budgets, acts) => {
      const played = play(budgets, acts)
      granted += played.granted
      refused += played.refused
      for (const { account, sum } of played.sums)
        expect(sum).toBeLessThanOrEqual(limitOf(budgets, account) ?? Number.POSITIVE_INFINITY)
    }),
  )
  expect(granted).toBeGreaterThan(100)
  expect(refused).toBeGreaterThan(100)
})
