import { between, chance, type Random } from '../random.ts'
import { allowsNull, type Node, resolve, type Schema, typeOf } from './node.ts'
import { textFor } from './text.ts'
import type { Words } from './words.ts'

export type Filling = { readonly root: Schema; readonly words: Words; readonly random: Random }

/** From here on, what may be left out is left out: a schema can refer to itself. */
const DEEP = 4
/** Bounds beyond this say only that a number is a number. */
const FAR = 1e9

const near = (bound: number | undefined): number | undefined =>
  bound !== undefined && Math.abs(bound) < FAR ? bound : undefined

const numberFor = (node: Node, random: Random): number => {
  const whole = typeOf(node) === 'integer'
  const step = node.multipleOf ?? (whole ? 1 : undefined)
  const least = near(node.minimum)
  const above = near(node.exclusiveMinimum)
  const most = near(node.maximum)
  const below = near(node.exclusiveMaximum)
  const low = Math.max(least ?? -FAR, above ?? -FAR)
  const high = Math.min(most ?? FAR, below ?? FAR)
  const from = low > -FAR ? low : high < FAR ? Math.min(0, high - 10) : 0
  const to = high < FAR ? high : from + 10 * Math.max(1, step ?? 1)
  const inside = (value: number) =>
    value >= (least ?? -Infinity) &&
    value > (above ?? -Infinity) &&
    value <= (most ?? Infinity) &&
    value < (below ?? Infinity)
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

const choose = (values: readonly unknown[], { words, random }: Filling): unknown => {
  const last = words.prompt.slice(-2000).toLowerCase()
  const named = values.filter(
    (value) => typeof value === 'string' && value !== '' && last.includes(value.toLowerCase()),
  )
  const from = named.length > 0 ? named : values
  return from[between(random, 0, from.length - 1)]
}

const optionFor = (options: readonly Schema[], filling: Filling, depth: number): Schema => {
  const nullable = options.find((option) => allowsNull(option, filling.root))
  if (depth >= DEEP) {
    const plain = options.find((option) => !/object|array/.test(typeOf(resolve(option, filling.root))))
    return nullable ?? plain ?? options[0] ?? true
  }
  const real = options.filter((option) => resolve(option, filling.root).type !== 'null')
  const from = real.length > 0 && (nullable === undefined || chance(filling.random, 0.8)) ? real : options
  return from[between(filling.random, 0, from.length - 1)] ?? true
}

const arrayFor = (key: string, node: Node, filling: Filling, depth: number): unknown[] => {
  const first = node.prefixItems ?? []
  const { items = true, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = node
  const most = items === false ? first.length : maxItems
  const wanted = depth >= DEEP ? minItems : Math.max(minItems, first.length, between(filling.random, 1, 3))
  const length = Math.max(minItems, Math.min(most, wanted))
  const values = first.slice(0, length).map((schema) => valueFor(key, schema, filling, depth + 1))
  for (let tries = 0; values.length < length && tries < 50 + length * 4; tries += 1) {
    const value = valueFor(key, items, filling, depth + 1)
    const seen =
      node.uniqueItems === true && values.some((each) => JSON.stringify(each) === JSON.stringify(value))
    if (!seen) values.push(value)
  }
  return values
}

const objectFor = (key: string, node: Node, filling: Filling, depth: number): Record<string, unknown> => {
  const {
    properties = {},
    required = [],
    additionalProperties: others = true,
    propertyNames,
    minProperties = 0,
  } = node
  const value: Record<string, unknown> = {}
  // In the order of the schema: what a model writes first, what comes later may rest on.
  for (const [name, schema] of Object.entries(properties)) {
    if (required.includes(name) || (depth < DEEP && chance(filling.random, 0.8)))
      value[name] = valueFor(name, schema, filling, depth + 1)
  }
  for (const name of required) if (!(name in value)) value[name] = valueFor(name, others, filling, depth + 1)
  const isRecord =
    Object.keys(properties).length === 0 && node.additionalProperties !== undefined && others !== false
  const wanted = Math.max(minProperties, isRecord && depth < DEEP && required.length === 0 ? 2 : 0)
  for (let tries = 0; Object.keys(value).length < wanted && tries < 50; tries += 1) {
    const left = Object.entries(properties).find(([name]) => !(name in value))
    if (left === undefined && others === false) break
    const name =
      left?.[0] ?? String(valueFor('name', propertyNames ?? { type: 'string' }, filling, depth + 1))
    // A name that comes again is told apart by its number, unless names are limited.
    const free = name in value && propertyNames === undefined ? `${name} ${tries}` : name
    value[free] = valueFor(left ? free : key, left?.[1] ?? others, filling, depth + 1)
  }
  return value
}

/** A value that fits a schema, made sensible by what the key is called and what stands in the prompt. */
export const valueFor = (key: string, schema: Schema, filling: Filling, depth = 0): unknown => {
  const node = resolve(schema, filling.root)
  if ('const' in node) return node.const
  if (node.enum) return choose(node.enum, filling)
  const options = node.anyOf ?? node.oneOf
  if (options) {
    const { anyOf: _any, oneOf: _one, ...rest } = node
    return valueFor(key, { allOf: [rest, optionFor(options, filling, depth)] }, filling, depth)
  }
  switch (typeOf(node)) {
    case 'null':
      return null
    case 'boolean':
      return chance(filling.random, 0.5)
    case 'integer':
    case 'number':
      return numberFor(node, filling.random)
    case 'array':
      return arrayFor(key, node, filling, depth)
    case 'object':
      return objectFor(key, node, filling, depth)
    default:
      return textFor(key, node, filling.words, filling.random)
  }
}
