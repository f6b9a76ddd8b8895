import type { Node, Style } from './tree.ts'

/** Nesting beyond this is shown as typed: a page should not overflow its stack for a row of asterisks. */
const MAX_DEPTH = 12

type Rule = {
  /** The characters that the rule can begin with, to skip its pattern elsewhere. */
  readonly first: string
  /** Sticky: it is tried exactly at the cursor. */
  readonly pattern: RegExp
  readonly node: (match: RegExpExecArray, inside: (text: string) => Node[]) => Node | undefined
}

const wrap =
  (kind: Style) =>
  (match: RegExpExecArray, inside: (text: string) => Node[]): Node => ({
    kind,
    children: inside(match[1] ?? ''),
  })

const mention =
  (of: 'user' | 'role' | 'channel') =>
  (match: RegExpExecArray): Node => ({ kind: 'mention', of, id: match[1] ?? '' })

/** Only the web's own schemes become links; anything else stays text. */
const webAddress = (text: string): string | undefined => {
  if (!URL.canParse(text)) return undefined
  const { protocol, href } = new URL(text)
  return protocol === 'http:' || protocol === 'https:' ? href : undefined
}

const autoLink = (match: RegExpExecArray): Node | undefined => {
  const text = match[1] ?? match[0]
  const href = webAddress(text)
  return href === undefined ? undefined : { kind: 'link', href, children: [{ kind: 'text', text }] }
}

/** In Discord's order of precedence. */
const RULES: readonly Rule[] = [
  { first: '\\', pattern: /\\([^0-9A-Za-z\s])/y, node: (match) => ({ kind: 'text', text: match[1] ?? '' }) },
  {
    first: '`',
    pattern: /(`{1,2})([^`](?:[^`]|`(?!\1))*?)\1(?!`)/y,
    node: (match) => ({ kind: 'code', text: match[2] ?? '' }),
  },
  { first: '<', pattern: /<@!?(\d{17,19})>/y, node: mention('user') },
  { first: '<', pattern: /<@&(\d{17,19})>/y, node: mention('role') },
  { first: '<', pattern: /<#(\d{17,19})>/y, node: mention('channel') },
  {
    first: '<',
    pattern: /<\/([-\p{L}\p{N}_ ]{1,96}):\d{17,19}>/uy,
    node: (match) => ({ kind: 'mention', of: 'command', id: match[1] ?? '' }),
  },
  {
    first: '<',
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    node: (match) => ({ kind: 'time', seconds: Number(match[1]), style: match[2] ?? 'f' }),
  },
  {
    first: '<',
    pattern: /<a?:(\w{2,32}):\d{17,19}>/y,
    node: (match) => ({ kind: 'emoji', name: match[1] ?? '' }),
  },
  { first: '<', pattern: /<(https?:\/\/[^\s>]+)>/y, node: autoLink },
  { first: 'h', pattern: /(?<!\w)https?:\/\/[^\s<]*[^\s<.,:;"')\]*_~|]/y, node: autoLink },
  {
    first: '[',
    pattern: /\[([^[\]\n]+)\]\(<?(https?:\/\/[^\s()<>]+)>?\)/y,
    node: (match, inside) => {
      const href = webAddress(match[2] ?? '')
      return href === undefined ? undefined : { kind: 'link', href, children: inside(match[1] ?? '') }
    },
  },
  { first: '*', pattern: /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/y, node: wrap('bold') },
  { first: '_', pattern: /__((?:\\[\s\S]|[^\\])+?)__(?!_)/y, node: wrap('underline') },
  {
    first: '*',
    pattern: /\*(?![\s*])((?:\*\*|\\[\s\S]|[^\\*])*?(?:\*\*|\\[\s\S]|[^\\*\s]))\*(?!\*)/y,
    node: wrap('italic'),
  },
  { first: '_', pattern: /(?<!\w)_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)/y, node: wrap('italic') },
  { first: '~', pattern: /~~(?!~)((?:\\[\s\S]|[^\\])+?)~~/y, node: wrap('strike') },
  { first: '|', pattern: /\|\|([\s\S]+?)\|\|/y, node: wrap('spoiler') },
  {
    first: '@',
    pattern: /@(everyone|here)\b/y,
    node: (match) => ({ kind: 'everyone', children: [{ kind: 'text', text: match[0] }] }),
  },
]

const MARKS = new Set(RULES.map((rule) => rule.first))

/** Adds text, joining it with text that already stands at the end. */
const pushText = (nodes: Node[], text: string): void => {
  const last = nodes.at(-1)
  if (last?.kind === 'text') nodes[nodes.length - 1] = { kind: 'text', text: last.text + text }
  else if (text !== '') nodes.push({ kind: 'text', text })
}

/** Reads the marks within a line or paragraph. Every input has a reading: what is no mark is text. */
export const parseInline = (source: string, depth = 0): Node[] => {
  const nodes: Node[] = []
  if (depth > MAX_DEPTH) return [{ kind: 'text', text: source }]
  let plainFrom = 0
  let at = 0
  while (at < source.length) {
    const found = MARKS.has(source.charAt(at)) ? matchAt(source, at, depth) : undefined
    if (!found) {
      at += 1
      continue
    }
    pushText(nodes, source.slice(plainFrom, at))
    if (found.node.kind === 'text') pushText(nodes, found.node.text)
    else nodes.push(found.node)
    at = found.end
    plainFrom = at
  }
  pushText(nodes, source.slice(plainFrom))
  return nodes
}

const matchAt = (source: string, at: number, depth: number): { node: Node; end: number } | undefined => {
  const first = source.charAt(at)
  for (const rule of RULES) {
    if (rule.first !== first) continue
    rule.pattern.lastIndex = at
    const match = rule.pattern.exec(source)
    if (!match) continue
    // The pattern's position is shared: read where it ended before the children use it.
    const end = at + match[0].length
    const node = rule.node(match, (text) => parseInline(text, depth + 1))
    if (node) return { node, end }
  }
  return undefined
}
