import { atMost, type Bench, type Figure, reported } from './figure.ts'
import { type Ratios, speedsAt } from './recall/speed.ts'

const SIZES = [1_000, 10_000, 100_000] as const

const timesOf = ({ skein, plain }: Ratios) => ({
  ...{ p50_ms: skein.p50, p95_ms: skein.p95 },
  ...{ plain_p50_ms: plain.p50, plain_p95_ms: plain.p95 },
})

const inTurn = async (owners: number): Promise<Ratios[]> => {
  const all: Ratios[] = []
  for (const memories of SIZES) all.push(await speedsAt(memories, owners))
  return all
}

/**
 * How long it takes until something comes to mind, over the path that turns take, beside a plain FTS5 search for the top
 * 50 of all owners that is joined with the owner afterwards. Both look for the same words.
 */
export const bench: Bench = async (): Promise<Figure[]> => {
  const many = await inTurn(50)
  const one = await inTurn(1)
  const figureOf = (owners: number, all: readonly Ratios[], bar: number): Figure[] =>
    all.map((ratios, at) => {
      const size = SIZES[at] ?? 0
      const ratio = ratios.skein.p95 / ratios.plain.p95
      return size === 100_000
        ? atMost([`p95_over_fts_${owners}`, ratio, '×', bar], timesOf(ratios))
        : reported([`p95_over_fts_${owners}_at_${size}`, ratio, '×'], timesOf(ratios))
    })
  return [...figureOf(50, many, 0.5).reverse(), ...figureOf(1, one, 1.5).reverse()]
}
