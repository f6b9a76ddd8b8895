import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Account, accountsOf, type Payer, type Sum } from '../../src/ledger/budget.ts'
import { type Books, openBooks } from './books.ts'
import { CENT, settlement, usage } from './call.ts'

type Act = {
  readonly kind: 'ask' | 'settle' | 'lose' | 'wait'
  readonly player: string
  readonly story: string | null
  /** Tokens of output, at most as many as were reserved; null: nobody tells. */
  readonly used: number | null
}

const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('ask', 'ask', 'ask', 'settle', 'settle', 'lose', 'wait'),
  player: fc.constantFrom('1001', '1002'),
  story: fc.constantFrom('story1', 'story2', null),
  used: fc.option(fc.nat({ max: usage.output })),
})

const LIMITS = [
  { scope: 'server', window: 'month', limit: 9 },
  { scope: 'user', window: 'day', limit: 4 },
  { scope: 'story', window: 'day', limit: 3 },
] as const

const NINE_HOURS = 9 * 3_600_000

const nameOf = ({ scope, subject, period }: Omit<Account, 'window'>) => `${scope} ${subject} ${period}`

/** The sum of each account, counted from the calls and the reservations themselves. */
const counted = async ({ db, calls }: Books) => {
  const sums = new Map<string, Sum>()
  const count = (row: Payer & { readonly day: string }, { spent, reserved }: Sum) => {
    for (const name of accountsOf(row, row.day).map(nameOf)) {
      const sum = sums.get(name) ?? { spent: 0, reserved: 0 }
      sums.set(name, { spent: sum.spent + spent, reserved: sum.reserved + reserved })
    }
  }
  for (const call of await calls()) count(call, { spent: call.price ?? 0, reserved: 0 })
  for (const call of await db.selectFrom('reservations').selectAll().execute())
    count(call, { spent: 0, reserved: call.amount ?? 0 })
  return sums
}

const kept = async ({ db }: Books) => {
  const rows = await db.selectFrom('totals').selectAll().execute()
  return new Map(rows.map(({ spent, reserved, ...row }) => [nameOf(row), { spent, reserved }]))
}

/** Plays acts, and tells how many calls were refused. */
const play = async ({ ledger, asking, clock }: Books, acts: readonly Act[]): Promise<number> => {
  const open: string[] = []
  let refused = 0
  for (const { kind, player, story, used } of acts) {
    if (kind === 'ask') {
      const outcome = await asking({ player, story })
      if ('id' in outcome) open.push(outcome.id)
      else refused += 1
    }
    const next = kind === 'settle' ? open.shift() : undefined
    if (next !== undefined) {
      const told = used === null ? undefined : { ...usage, output: used }
      await ledger.settle(next, { ...settlement, usage: told })
    }
    if (kind === 'lose') await ledger.abandonOpen()
    if (kind === 'wait') clock.at += NINE_HOURS
  }
  return refused
}

test('sums are what their calls come to, and no limit is passed, whatever happens in whatever order', async () => {
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 40 }), async (acts) => {
      const books = await openBooks()
      try {
        await books.priced()
        for (const { limit, ...change } of LIMITS) await books.limit(limit, { ...change })
        refused += await play(books, acts)
        const sums = await kept(books)
        expect(sums).toEqual(await counted(books))
        for (const [name, { spent, reserved }] of sums)
          for (const { scope, window, limit } of LIMITS)
            if (name.startsWith(scope) && /-\d\d-\d\d$/u.test(name) === (window === 'day'))
              expect(spent + reserved).toBeLessThanOrEqual(limit * CENT)
      } finally {
        await books.close()
      }
    }),
    { numRuns: 40 },
  )
  expect(refused).toBeGreaterThan(20)
})
