import { html, type TemplateResult } from 'lit'
import type { App } from '../app.ts'
import { fullTime, timestampMark } from '../format.ts'
import { parse } from './parse.ts'
import type { Node } from './tree.ts'

type Name = { readonly text: string; readonly mine?: boolean; readonly open?: () => void }

/** What the marks of a text refer to. */
export type Names = {
  readonly user: (id: string) => Name
  readonly channel: (id: string) => Name
  readonly theme: App['ui']['theme']
}

type Content = TemplateResult | string

/** Shows what a spoiler hides; the library's own handler is deaf to a press on the padding. */
const reveal = (event: Event): void => {
  const spoiler = event.currentTarget
  if (spoiler instanceof HTMLElement) Object.assign(spoiler, { activated: true })
}

const revealByKey = (event: KeyboardEvent): void => {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  reveal(event)
}

const mention = (node: Node & { kind: 'mention' }, names: Names): Content => {
  const light = names.theme === 'light'
  if (node.of === 'channel') {
    const { text, open } = names.channel(node.id)
    return html`<button type="button" class="mention" @click=${open} ?disabled=${!open}
      ><discord-mention type="channel" ?light-theme=${light}>${text}</discord-mention></button
    >`
  }
  const type = node.of === 'command' ? 'slash' : node.of
  const name = node.of === 'user' ? names.user(node.id).text : node.of === 'role' ? 'role' : node.id
  return html`<discord-mention .type=${type} ?light-theme=${light}>${name}</discord-mention>`
}

const list = (node: Node & { kind: 'list' }, names: Names): Content => {
  // A nested list stands beside its item, not in it: the library wants it so.
  const items = node.items.map((item) => {
    const nested = item.filter((part) => part.kind === 'list')
    const own = item.filter((part) => part.kind !== 'list')
    return html`<discord-list-item>${renderNodes(own, names)}${renderNodes(nested, names)}</discord-list-item>`
  })
  return node.ordered
    ? html`<discord-ordered-list .start=${node.start}>${items}</discord-ordered-list>`
    : html`<discord-unordered-list>${items}</discord-unordered-list>`
}

const renderNode = (node: Node, names: Names): Content => {
  const light = names.theme === 'light'
  switch (node.kind) {
    case 'text':
      return html`<span class="text">${node.text}</span>`
    // The library's bold and italic put blanks around what they hold; the browser's own do not.
    case 'bold':
      return html`<strong>${renderNodes(node.children, names)}</strong>`
    case 'italic':
      return html`<em>${renderNodes(node.children, names)}</em>`
    case 'underline':
      return html`<u>${renderNodes(node.children, names)}</u>`
    case 'strike':
      return html`<s>${renderNodes(node.children, names)}</s>`
    case 'spoiler':
      return html`<discord-spoiler
        tabindex="0"
        role="button"
        aria-label="Spoiler: press to show"
        ?light-theme=${light}
        @click=${reveal}
        @keydown=${revealByKey}
        >${renderNodes(node.children, names)}</discord-spoiler
      >`
    case 'quote':
      return html`<discord-quote ?light-theme=${light}>${renderNodes(node.children, names)}</discord-quote>`
    case 'subtext':
      return html`<discord-subscript ?light-theme=${light}>${renderNodes(node.children, names)}</discord-subscript>`
    case 'everyone':
      return html`<span class="everyone">${renderNodes(node.children, names)}</span>`
    case 'code':
      return html`<discord-code>${node.text}</discord-code>`
    case 'fence':
      return html`<discord-code multiline>${node.text}</discord-code>`
    case 'link':
      return html`<discord-link href=${node.href} target="_blank" rel="noopener noreferrer"
        >${renderNodes(node.children, names)}</discord-link
      >`
    case 'mention':
      return mention(node, names)
    case 'time':
      return html`<discord-time title=${fullTime(node.seconds * 1_000)}
        >${timestampMark(node.seconds, node.style, Date.now())}</discord-time
      >`
    case 'emoji':
      return html`<span class="text">:${node.name}:</span>`
    case 'heading':
      return html`<discord-header .level=${node.level}>${renderNodes(node.children, names)}</discord-header>`
    case 'list':
      return list(node, names)
  }
}

const renderNodes = (nodes: readonly Node[], names: Names): Content[] =>
  nodes.map((node) => renderNode(node, names))

/** Discord's markdown as elements. What people write reaches the page as text only. */
export const markdown = (source: string, names: Names): Content[] => renderNodes(parse(source), names)

const BLOCKS = new Set<Node['kind']>(['fence', 'quote', 'heading', 'subtext', 'list'])

/** The text without its marks, in one line: for a reply's heading and for reading out. */
export const plain = (source: string, names: Pick<Names, 'user' | 'channel'>): string => {
  const inner = (node: Node): string => {
    if (node.kind === 'text' || node.kind === 'code' || node.kind === 'fence') return node.text
    if (node.kind === 'spoiler') return '▇▇▇'
    if ('children' in node) return node.children.map(text).join('')
    if (node.kind === 'list') return node.items.map((item) => item.map(text).join('')).join(' ')
    if (node.kind === 'time') return timestampMark(node.seconds, node.style, Date.now())
    if (node.kind === 'emoji') return `:${node.name}:`
    if (node.of === 'channel') return `#${names.channel(node.id).text}`
    return node.of === 'user' ? `@${names.user(node.id).text}` : node.of === 'role' ? '@role' : `/${node.id}`
  }
  const text = (node: Node): string => (BLOCKS.has(node.kind) ? ` ${inner(node)} ` : inner(node))
  return parse(source).map(text).join('').replace(/\s+/g, ' ').trim()
}
