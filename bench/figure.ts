/** What a bench found. `bar`: what it must hold, `versus`: the same measure of other ways, in the same run. */
export type Figure = {
  readonly id: string
  /** Null where this machine has no way to measure it. */
  readonly value: number | null
  readonly unit: string
  readonly bar: string
  readonly ok: boolean
  readonly versus: Readonly<Record<string, number>>
}

export type BenchOptions = { readonly data: string | undefined }

export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>

const round = (value: number): number => Number(value.toPrecision(4))

const figure = (
  isOk: (value: number, bar: number) => boolean,
  sign: string,
  [id, value, unit, bar]: readonly [id: string, value: number, unit: string, bar: number],
  versus: Readonly<Record<string, number>>,
): Figure => ({
  id,
  value: round(value),
  unit,
  bar: `${sign} ${bar}`,
  ok: isOk(value, bar),
  versus: Object.fromEntries(Object.entries(versus).map(([name, other]) => [name, round(other)])),
})

type Measured = readonly [id: string, value: number, unit: string, bar: number]

export const atMost = (measured: Measured, versus: Readonly<Record<string, number>> = {}): Figure =>
  figure((value, bar) => value <= bar, '≤', measured, versus)

export const atLeast = (measured: Measured, versus: Readonly<Record<string, number>> = {}): Figure =>
  figure((value, bar) => value >= bar, '≥', measured, versus)

export const below = (measured: Measured, versus: Readonly<Record<string, number>> = {}): Figure =>
  figure((value, bar) => value < bar, '<', measured, versus)

export const exactly = (measured: Measured, versus: Readonly<Record<string, number>> = {}): Figure =>
  figure((value, bar) => value === bar, '=', measured, versus)

/** What is told beside the figures that have a bar. */
export const reported = (
  [id, value, unit]: readonly [id: string, value: number, unit: string],
  versus: Readonly<Record<string, number>> = {},
): Figure => ({ ...figure(() => true, '', [id, value, unit, 0], versus), bar: '' })

/** What could not be measured does not hold its bar. */
export const unmeasured = (id: string, unit: string, bar: string): Figure => ({
  ...{ id, unit, bar, value: null, ok: false, versus: {} },
})

/** A table for people. */
export const tableOf = (figures: readonly Figure[]): string => {
  const rows = figures.map(({ id, value, unit, bar, ok, versus }) => [
    id,
    value === null ? '?' : `${value}${unit === '' ? '' : ` ${unit}`}`,
    bar,
    value === null ? 'NOT MEASURED' : ok ? 'ok' : 'MISSED',
    Object.entries(versus)
      .map(([name, other]) => `${name} ${other}`)
      .join(', '),
  ])
  const all = [['figure', 'value', 'bar', '', 'versus'], ...rows]
  const widths = all.reduce(
    (most, row) => row.map((cell, column) => Math.max(cell.length, most[column] ?? 0)),
    [] as number[],
  )
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')
  return all.map((row) => line(row).trimEnd()).join('\n')
}
