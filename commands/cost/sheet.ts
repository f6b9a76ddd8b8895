import { plain, subtext } from '../../src/discord/render.ts'
import type { CostSum } from '../../src/locales/en/money.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Cost } from '../../src/turn/ports/ledger.ts'

/** How much of a model's name is shown. */
export const MODEL_ROOM = 60

/** What calls came to all in all. */
export const sumOf = (costs: readonly Cost[]): CostSum => {
  const sum = (read: (cost: Cost) => number) => costs.reduce((all, cost) => all + read(cost), 0)
  return {
    calls: sum(({ calls }) => calls),
    price: sum(({ price }) => price),
    unpriced: sum(({ unpriced }) => unpriced),
    estimated: sum(({ estimated }) => estimated),
  }
}

/** One row for each role and model. */
export const costRows = (costs: readonly Cost[], { cost: words }: Texts): string[] =>
  costs.map(({ role, model, usage, ...sum }) =>
    words.entry(plain(role, MODEL_ROOM), plain(model, MODEL_ROOM), usage, sum),
  )

/** What must be known of the sums to read them right. Empty where they are simply so. */
export const caveats = (costs: readonly Cost[], { cost: words }: Texts): string => {
  const { unpriced, estimated } = sumOf(costs)
  return subtext(
    [...(unpriced > 0 ? [words.unpriced] : []), ...(estimated > 0 ? [words.estimated] : [])].join('\n'),
  )
}
