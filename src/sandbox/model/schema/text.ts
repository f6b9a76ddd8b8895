import type { Random } from '../random.ts'
import type { Node } from './node.ts'
import { sample } from './pattern.ts'
import type { Spot, Words } from './words.ts'

const FORMATS: Readonly<Record<string, string>> = {
  'date-time': '2001-02-03T04:05:06Z',
  date: '2001-02-03',
  time: '04:05:06Z',
  duration: 'PT15M',
  email: 'someone@example.com',
  'idn-email': 'someone@example.com',
  hostname: 'example.com',
  ipv4: '127.0.0.1',
  ipv6: '::1',
  uri: 'https://example.com/',
  'uri-reference': '/story',
  uuid: '6f2a1c3e-8b4d-4e5f-9a6b-7c8d9e0f1a2b',
  'json-pointer': '/story',
  regex: '.*',
}

// JSON schema counts characters, not UTF-16 units.
const lengthOf = (text: string): number => [...text].length

const fits = (text: string, { minLength = 0, maxLength, pattern }: Node): boolean => {
  const length = lengthOf(text)
  if (length < minLength || (maxLength !== undefined && length > maxLength)) return false
  return pattern === undefined || new RegExp(pattern, 'u').test(text)
}

/** Cut at the end of a word where there is one. */
const cut = (text: string, limit: number): string => {
  const letters = [...text]
  if (letters.length <= limit) return text
  const short = letters.slice(0, limit).join('')
  const word = short.replace(/\s+\S*$/u, '').replace(/[\s,;:–—-]+$/u, '')
  return word === '' ? short : word
}

const sized = (
  text: string,
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Node,
  words: Words,
): string => {
  let long = text
  while (lengthOf(long) < minLength) long = `${long} ${words.more()}`
  const short = cut(long, maxLength)
  return lengthOf(short) >= minLength ? short : [...long].slice(0, maxLength).join('')
}

const TRIES = 40

/** A string for a key, within its bounds. Where it has a pattern, a word of the prompt that fits is preferred. */
export const textFor = (key: string, node: Node, spot: Spot, words: Words, random: Random): string => {
  const format = node.format === undefined ? undefined : FORMATS[node.format]
  if (format !== undefined && fits(format, node)) return format
  const { pattern } = node
  const text = sized(words.forKey(key, spot), node, words)
  if (pattern === undefined || fits(text, node)) return text
  const quoted = words.prompt.split(/[\s"'“”()[\]{},;]+/u).find((word) => word !== '' && fits(word, node))
  if (quoted !== undefined) return quoted
  const made = Array.from({ length: TRIES }, () => sample(pattern, random))
  return made.find((each) => fits(each, node)) ?? made[0] ?? ''
}
