import { between, chance, type Random } from '../random.ts'
import { choose } from './choice.ts'
import { allowsNull, type Node, resolve, type Schema, typeOf } from './node.ts'
import { numberFor } from './number.ts'
import { plainly } from './plainly.ts'
import { textFor } from './text.ts'
import type { Spot, Words } from './words.ts'

export type Filling = { readonly words: Words; readonly random: Random }

type Inside = Filling & { readonly root: Schema; readonly spot: Spot }

/** From here on, what may be left out is left out: a schema can refer to itself. */
const DEEP = 4

/** What seldom happens: it is null where it can be. */
const SELDOM =
  /(^|[\s_])(end|ends|ended|until|stop|status|closed?|closes|leaves?|exit|avoid|by)\b|(End|By)$|relocat|moved?_?to|new_?(scene|place)|hold/i
const WANTED =
  /reason|summary|text|speaker|memory|quote|title|label|action|lines?$|plan|beat|body|name|place/i

const staysNull = (key: string, { spot, random }: Inside): boolean => {
  if (SELDOM.test(`${spot.inside} ${key}`)) return true
  return chance(random, WANTED.test(key) ? 0.1 : 0.7)
}

/** How many entries a list gets, by what it is called: most turns of a story change little. */
const countFor = (key: string, { words, random }: Inside): number => {
  // Where nobody did anything, there is nothing to remember of it.
  if (/memor|fact|shift|activit/i.test(key) && words.lines.length > 0 && words.notable.length === 0) return 0
  if (/fact|lore|promise|secret|correct|contradict|arriv|depart|event/i.test(key))
    return chance(random, 0.15) ? 1 : 0
  if (/shift|relation|activit|change|move/i.test(key)) return chance(random, 0.45) ? 1 : 0
  if (/memor|speaker|respond|lines?$|cite|source|evidence|segment|piece/i.test(key)) return 1
  return between(random, 1, 2)
}

/** Of memories there is one for each who perceived the newest line of note, first for those whom nobody plays. */
const entriesFor = (key: string, items: Schema, { words, root }: Inside): Pick<Spot, 'line' | 'whose'>[] => {
  const { properties = {} } = resolve(items, root)
  const names = resolve(properties.who ?? properties.owner ?? false, root).enum ?? []
  const [line] = words.notable
  if (!/memor/i.test(key) || line === undefined) return []
  const isPlayed = (name: string) => words.cast.some((member) => member.played && member.name === name)
  return line.heardBy
    .filter((name) => names.includes(name))
    .toSorted((one, other) => Number(isPlayed(one)) - Number(isPlayed(other)))
    .map((whose) => ({ line, whose }))
}

const optionFor = (key: string, options: readonly Schema[], filling: Inside, depth: number): Schema => {
  const nullable = options.find((option) => allowsNull(option, filling.root))
  if (nullable !== undefined && (depth >= DEEP || staysNull(key, filling))) return nullable
  if (depth >= DEEP) {
    const plain = options.find((option) => !/object|array/.test(typeOf(resolve(option, filling.root))))
    return plain ?? options[0] ?? true
  }
  const real = options.filter((option) => resolve(option, filling.root).type !== 'null')
  const from = real.length > 0 ? real : options
  return from[between(filling.random, 0, from.length - 1)] ?? true
}

const arrayFor = (key: string, node: Node, filling: Inside, depth: number): unknown[] => {
  const first = node.prefixItems ?? []
  const { items = true, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = node
  const most = items === false ? first.length : maxItems
  const entries = entriesFor(key, items, filling)
  const count = Math.max(countFor(key, filling), entries.length)
  const wanted = depth >= DEEP ? minItems : Math.max(minItems, first.length, count)
  const length = Math.max(minItems, Math.min(most, wanted))
  const { spot, words } = filling
  const values = first.slice(0, length).map((schema) => valueIn(key, schema, filling, depth + 1))
  for (let tries = 0; values.length < length && tries < 50 + length * 4; tries += 1) {
    // Entries that are objects rest on a line each, the newest first.
    const isEntry = typeOf(resolve(items, filling.root)) === 'object'
    const line = isEntry ? (words.notable[values.length] ?? spot.line) : spot.line
    const at = entries[values.length] ?? { line, whose: undefined }
    const value = valueIn(key, items, { ...filling, spot: { ...spot, ...at, beside: values } }, depth + 1)
    const seen =
      node.uniqueItems === true && values.some((each) => JSON.stringify(each) === JSON.stringify(value))
    if (!seen) values.push(value)
  }
  return values
}

const objectFor = (key: string, node: Node, filling: Inside, depth: number): Record<string, unknown> => {
  const {
    properties = {},
    required = [],
    additionalProperties: others = true,
    propertyNames,
    minProperties = 0,
  } = node
  const value: Record<string, unknown> = {}
  const within = (): Inside => ({
    ...filling,
    spot: { ...filling.spot, inside: key, beside: Object.values(value) },
  })
  // In the order of the schema: what a model writes first, what comes later may rest on.
  for (const [name, schema] of Object.entries(properties)) {
    if (required.includes(name) || (depth < DEEP && chance(filling.random, 0.8)))
      value[name] = valueIn(name, schema, within(), depth + 1)
  }
  for (const name of required) if (!(name in value)) value[name] = valueIn(name, others, within(), depth + 1)
  const isRecord =
    Object.keys(properties).length === 0 && node.additionalProperties !== undefined && others !== false
  const wanted = Math.max(minProperties, isRecord && depth < DEEP && required.length === 0 ? 2 : 0)
  for (let tries = 0; Object.keys(value).length < wanted && tries < 50; tries += 1) {
    const left = Object.entries(properties).find(([name]) => !(name in value))
    if (left === undefined && others === false) break
    const name =
      left?.[0] ?? String(valueIn('name', propertyNames ?? { type: 'string' }, within(), depth + 1))
    // A name that comes again is told apart by its number, unless names are limited.
    const free = name in value && propertyNames === undefined ? `${name} ${tries}` : name
    value[free] = valueIn(left ? free : key, left?.[1] ?? others, within(), depth + 1)
  }
  return value
}

const valueIn = (key: string, schema: Schema, filling: Inside, depth: number): unknown => {
  const node = resolve(schema, filling.root)
  const { spot, words, random } = filling
  if ('const' in node) return node.const
  const plain = depth < DEEP ? plainly(key, node, words, filling.root) : undefined
  if (plain !== undefined) return plain
  if (node.enum) return choose(key, node.enum, spot, words, random)
  const options = node.anyOf ?? node.oneOf
  if (options) {
    const { anyOf: _any, oneOf: _one, ...rest } = node
    return valueIn(key, { allOf: [rest, optionFor(key, options, filling, depth)] }, filling, depth)
  }
  if (Array.isArray(node.type) && node.type.includes('null') && staysNull(key, filling)) return null
  switch (typeOf(node)) {
    case 'null':
      return null
    case 'boolean':
      return chance(random, 0.2) && !SELDOM.test(key)
    case 'integer':
    case 'number':
      return numberFor(key, node, spot, words, random)
    case 'array':
      return arrayFor(key, node, filling, depth)
    case 'object':
      return objectFor(key, node, filling, depth)
    default:
      return textFor(key, node, spot, words, random)
  }
}

/** A value that fits a schema, made sensible by what its keys are called and what stands in the prompt. */
export const valueFor = (schema: Schema, filling: Filling): unknown => {
  const spot = { inside: '', beside: [], line: filling.words.lines.at(-1), whose: undefined }
  return valueIn('', schema, { ...filling, root: schema, spot }, 0)
}
