import { parseInline } from './inline.ts'
import type { Node } from './tree.ts'

const FENCE = /```(?:([\w+#.-]+)\n)?\n?([\s\S]*?)\n?```\n?/y
const REST_QUOTE = />>> ([\s\S]+)/y
const QUOTE = /(?:> [^\n]*(?:\n|$))+/y
const HEADING = /(#{1,3}) +([^\n]+)(?:\n|$)/y
const SUBTEXT = /-# +([^\n]+)(?:\n|$)/y
const LIST = /(?: {0,8}(?:[-*]|\d{1,9}\.) +[^\n]+(?:\n|$))+/y
const LINE = /[^\n]*(?:\n|$)/y

type Block = { readonly node: Node; readonly end: number }
type Context = { readonly source: string; readonly inQuote: boolean }

const exec = (pattern: RegExp, source: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(source)
}

const fenceAt = (source: string, at: number): Block | undefined => {
  const match = exec(FENCE, source, at)
  const text = match?.[2]
  if (!match || !text?.trim()) return undefined
  return { node: { kind: 'fence', language: match[1] ?? '', text }, end: at + match[0].length }
}

const quoteAt = ({ source, inQuote }: Context, at: number): Block | undefined => {
  if (inQuote) return undefined
  const rest = exec(REST_QUOTE, source, at)
  if (rest) {
    return { node: { kind: 'quote', children: parse(rest[1] ?? '', true) }, end: source.length }
  }
  const match = exec(QUOTE, source, at)
  if (!match) return undefined
  const text = match[0].replace(/^> /gm, '').replace(/\n$/, '')
  return { node: { kind: 'quote', children: parse(text, true) }, end: at + match[0].length }
}

const headingAt = (source: string, at: number): Block | undefined => {
  const match = exec(HEADING, source, at)
  if (!match) return undefined
  const marks = match[1]?.length
  const level = marks === 1 ? 1 : marks === 2 ? 2 : 3
  return {
    node: { kind: 'heading', level, children: parseInline(match[2] ?? '') },
    end: at + match[0].length,
  }
}

const subtextAt = (source: string, at: number): Block | undefined => {
  const match = exec(SUBTEXT, source, at)
  if (!match) return undefined
  return { node: { kind: 'subtext', children: parseInline(match[1] ?? '') }, end: at + match[0].length }
}

const ITEM = /^( *)(?:([-*])|(\d+)\.) +(.*)$/

const indentOf = (line: string): number => ITEM.exec(line)?.[1]?.length ?? 0
const isOrdered = (line: string): boolean => ITEM.exec(line)?.[3] !== undefined

const listAt = (source: string, at: number): Block | undefined => {
  const match = exec(LIST, source, at)
  if (!match) return undefined
  const lines = match[0].replace(/\n$/, '').split('\n')
  const [first = ''] = lines
  // Another kind of mark at the same depth begins another list.
  const other = lines.findIndex(
    (line) => indentOf(line) <= indentOf(first) && isOrdered(line) !== isOrdered(first),
  )
  const own = other === -1 ? lines : lines.slice(0, other)
  const length = other === -1 ? match[0].length : own.join('\n').length + 1
  return { node: listOf(own), end: at + length }
}

/** Lines that stand deeper than the first belong to the item above them. */
const listOf = (lines: readonly string[]): Node => {
  const head = ITEM.exec(lines[0] ?? '')
  const indent = indentOf(lines[0] ?? '')
  const items: { text: string; nested: string[] }[] = []
  for (const line of lines) {
    const item = ITEM.exec(line)
    const last = items.at(-1)
    if (last && indentOf(line) > indent) last.nested.push(line)
    else items.push({ text: item?.[4] ?? line.trim(), nested: [] })
  }
  return {
    kind: 'list',
    ordered: head?.[3] !== undefined,
    start: Number(head?.[3] ?? 1),
    items: items.map(({ text, nested }) => [
      ...parseInline(text),
      ...(nested.length > 0 ? [listOf(nested)] : []),
    ]),
  }
}

/** Reads a whole message. Blocks begin at a line; a fence may begin anywhere. */
export const parse = (source: string, inQuote = false): Node[] => {
  const context = { source, inQuote }
  const nodes: Node[] = []
  let paragraph = ''
  let at = 0
  const flush = (): void => {
    if (paragraph !== '') nodes.push(...parseInline(paragraph))
    paragraph = ''
  }
  while (at < source.length) {
    const block =
      fenceAt(source, at) ??
      quoteAt(context, at) ??
      headingAt(source, at) ??
      subtextAt(source, at) ??
      listAt(source, at)
    if (block) {
      // The line break before a block is the block's own.
      paragraph = paragraph.replace(/\n$/, '')
      flush()
      nodes.push(block.node)
      at = block.end
      continue
    }
    const line = exec(LINE, source, at)?.[0] ?? ''
    const fence = line.indexOf('```')
    const length = fence > 0 && fenceAt(source, at + fence) ? fence : line.length
    paragraph += source.slice(at, at + length)
    at += length
  }
  flush()
  return nodes
}
