import { describe, expect, it } from 'vitest'
import { parse } from '../../../src/sandbox/page/client/markdown/parse.ts'
import type { Node } from '../../../src/sandbox/page/client/markdown/tree.ts'

/** The tree in one line, so that cases read as a table. */
const brief = (node: Node): string => {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'code':
      return `code(${node.text})`
    case 'fence':
      return `fence[${node.language}](${node.text})`
    case 'link':
      return `link[${node.href}](${node.children.map(brief).join('')})`
    case 'mention':
      return `${node.of}(${node.id})`
    case 'time':
      return `time[${node.style}](${node.seconds})`
    case 'emoji':
      return `emoji(${node.name})`
    case 'heading':
      return `h${node.level}(${node.children.map(brief).join('')})`
    case 'list':
      return `${node.ordered ? `ol${node.start}` : 'ul'}(${node.items.map((item) => item.map(brief).join('')).join('|')})`
    default:
      return `${node.kind}(${node.children.map(brief).join('')})`
  }
}

const read = (source: string): string => parse(source).map(brief).join('')

const ID = '123456789012345678'

describe('marks within a line', () => {
  it.each([
    ['**bold** and *italic*', 'bold(bold) and italic(italic)'],
    ['__under__ _italic_ ~~gone~~', 'underline(under) italic(italic) strike(gone)'],
    ['~~**a** b\nc~~ d', 'strike(bold(a) b\nc) d'],
    ['***both***', 'bold(italic(both))'],
    ['**bold *inner* bold**', 'bold(bold italic(inner) bold)'],
    ['*walks in* "Hello," she said. *sits*', 'italic(walks in) "Hello," she said. italic(sits)'],
    ['||a **secret**||', 'spoiler(a bold(secret))'],
    ['`a * b` and ``x ` y``', 'code(a * b) and code(x ` y)'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['\\*not italic\\*', '*not italic*'],
    ['**unclosed and *open', '**unclosed and *open'],
    ['**over\ntwo lines**', 'bold(over\ntwo lines)'],
    ['((out of character))', '((out of character))'],
    [`<@${ID}> <@!${ID}> <#${ID}> <@&${ID}>`, `user(${ID}) user(${ID}) channel(${ID}) role(${ID})`],
    [`</story start:${ID}>`, 'command(story start)'],
    ['<t:1700000000> <t:1700000000:R>', 'time[f](1700000000) time[R](1700000000)'],
    [`<:wave:${ID}>`, 'emoji(wave)'],
    ['@everyone come', 'everyone(@everyone) come'],
  ])('%s', (source, tree) => expect(read(source)).toBe(tree))
})

describe('links', () => {
  it.each([
    ['see https://example.com/a_b_c.', 'see link[https://example.com/a_b_c](https://example.com/a_b_c).'],
    ['<https://example.com>', 'link[https://example.com/](https://example.com)'],
    ['[name](https://example.com)', 'link[https://example.com/](name)'],
    ['[name](javascript:alert(1))', '[name](javascript:alert(1))'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
  ])('%s', (source, tree) => expect(read(source)).toBe(tree))
})

describe('blocks', () => {
  it.each([
    ['# One\n## Two\n### Three\n#No', 'h1(One)h2(Two)h3(Three)#No'],
    ['-# small *print*\nnext', 'subtext(small italic(print))next'],
    ['-# ~~old~~ new', 'subtext(strike(old) new)'],
    ['> -# small\n> ~~gone~~', 'quote(subtext(small)strike(gone))'],
    ['before\n> a\n> *b*\nafter', 'beforequote(a\nitalic(b))after'],
    ['>>> all\nof it', 'quote(all\nof it)'],
    ['> one\n>>> two', 'quote(one)quote(two)'],
    ['- a\n- b\n  - c\n- d', 'ul(a|bul(c)|d)'],
    ['3. a\n4. b', 'ol3(a|b)'],
    ['- a\n1. b', 'ul(a)ol1(b)'],
    ['```js\nlet a = 1\n```', 'fence[js](let a = 1)'],
    ['```\n**as it is**\n```', 'fence[](**as it is**)'],
    ['text ```inline``` more', 'text fence[](inline) more'],
    ['> ```\n> code\n> ```', 'quote(fence[](code))'],
    ['``` ```', '``` ```'],
    ['```open', '```open'],
    ['a\n\nb', 'a\n\nb'],
  ])('%s', (source, tree) => expect(read(source)).toBe(tree))
})

it('reads hostile text in a moment', () => {
  const hostile = ['*', '_', '**', '__', '||', '`', '[', '~~', '> ', '- ', '<', '\\', '*a', '_a ', '**a*']
  const started = performance.now()
  for (const piece of hostile) read(piece.repeat(Math.ceil(4_000 / piece.length)).slice(0, 4_000))
  expect(performance.now() - started).toBeLessThan(2_000)
})
