import { between, chance, type Random } from '../random.ts'
import { type Node, typeOf } from './node.ts'
import type { Spot, Words } from './words.ts'

/** Bounds beyond this say only that a number is a number. */
const FAR = 1e9

const near = (bound: number | undefined): number | undefined =>
  bound !== undefined && Math.abs(bound) < FAR ? bound : undefined

const mostly = (random: Random, usual: number, otherwise: readonly [number, ...number[]]): number =>
  chance(random, 0.7) ? usual : (otherwise[between(random, 0, otherwise.length - 1)] ?? usual)

type Wanted = (spot: Spot, words: Words, random: Random) => number | undefined

/** The line that all of an entry rests on; in a list of lines the next one that is not in it. */
const lineNumber: Wanted = ({ line, beside }, { lines }) =>
  [line, ...lines]
    .map((each) => each?.number)
    .find((number) => number !== undefined && !beside.includes(number))

const feeling =
  (usual: number, otherwise: readonly [number, ...number[]]): Wanted =>
  ({ line }, { retell }, random) =>
    line && retell.isHostile(line) ? between(random, -4, -2) : mostly(random, usual, otherwise)

/** What a number comes to by what it is called, where that says anything. */
const byKey: readonly (readonly [RegExp, Wanted])[] = [
  [/^(from|first|start|begin)(s|_?line)?$/i, (_spot, { lines }) => lines[0]?.number],
  [/^(to|last|end|until)(s|_?line)?$/i, (_spot, { lines }) => lines.at(-1)?.number],
  [/lines?$|^(cites?|cited|evidence|sources?)$/i, lineNumber],
  [/trust|respect|fear/i, feeling(0, [1, -1, 2])],
  [/affinity|shift|delta|feeling|liking|bond/i, feeling(1, [2, -1, 3, -2])],
  [/minutes|elapsed|duration/i, (_spot, _words, random) => between(random, 2, 5)],
  [
    /significance|importance|weight|salience|severity/i,
    (_spot, _words, random) => (chance(random, 0.85) ? between(random, 0, 1) : 2),
  ],
]

/** A number within its bounds, by what its key is called or else as they leave it. */
export const numberFor = (key: string, node: Node, spot: Spot, words: Words, random: Random): number => {
  const whole = typeOf(node) === 'integer'
  const step = node.multipleOf ?? (whole ? 1 : undefined)
  const least = near(node.minimum)
  const above = near(node.exclusiveMinimum)
  const most = near(node.maximum)
  const below = near(node.exclusiveMaximum)
  const low = Math.max(least ?? -FAR, above ?? -FAR)
  const high = Math.min(most ?? FAR, below ?? FAR)
  const inside = (value: number) =>
    value >= (least ?? -Infinity) &&
    value > (above ?? -Infinity) &&
    value <= (most ?? Infinity) &&
    value < (below ?? Infinity)
  const wanted = byKey.find(([pattern]) => pattern.test(key))?.[1](spot, words, random)
  // A scale from 0 to 1 has no room for whole numbers, nor is each of them a step.
  const isRoomy = high - low > 1 && (step === undefined || Number.isInteger(1 / step))
  if (wanted !== undefined && isRoomy && inside(wanted)) return wanted
  const from = low > -FAR ? low : high < FAR ? Math.min(0, high - 10) : 0
  const to = high < FAR ? high : from + 10 * Math.max(1, step ?? 1)
  if (step === undefined) {
    const value = from + (to - from) * (0.2 + 0.6 * random())
    const rounded = Math.round(value * 100) / 100
    return inside(rounded) ? rounded : inside(value) ? value : from
  }
  const multiple = (count: number) => Number((count * step).toPrecision(12))
  let first = Math.ceil(from / step)
  let last = Math.floor(to / step)
  if (!inside(multiple(first))) first += 1
  if (!inside(multiple(last))) last -= 1
  // Whole-number schemas with a fractional step need a multiple that is whole as well.
  const fitting = Array.from({ length: 200 }, () => multiple(between(random, first, Math.max(first, last))))
  return fitting.find((value) => inside(value) && (!whole || Number.isInteger(value))) ?? multiple(first)
}
