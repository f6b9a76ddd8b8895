import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawGraph, type Graph, type GraphNode, graphToSvg } from '../../src/pictures/graph.ts'
import { SIDE_LIMIT } from '../../src/pictures/svg.ts'
import { countOf, difference, pixelsOf, sizeOf, withoutFonts } from './pixels.ts'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const node = (title: string, more: Partial<GraphNode> = {}): GraphNode => ({
  ...{ id: title, title, notes: [], badge: null, tone: 'plain' },
  ...more,
})
const alone = (title: string, more: Partial<GraphNode> = {}): Graph => ({
  shape: 'tree',
  nodes: [node(title, more)],
  edges: [],
})

/** The texts of an SVG document as someone reads them. */
const textsIn = (svg: string): string[] =>
  [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/gsu)].map(([, content = '']) =>
    content
      .replace(/<\/?tspan[^>]*>/gu, '')
      .replace(/&lt;|&gt;|&quot;|&amp;/gu, (name) =>
        name === '&lt;' ? '<' : name === '&gt;' ? '>' : name === '&quot;' ? '"' : '&',
      ),
  )

describe('a graph', () => {
  test('is drawn as a PNG', async () => {
    const png = await drawGraph(alone('Mira'))
    expect([...png.subarray(0, 8)]).toEqual(SIGNATURE)
    const { width, height } = sizeOf(png)
    expect(width).toBeGreaterThan(height)
    expect(height).toBeGreaterThan(100)
  })

  test('of nothing is an empty picture', async () => {
    const png = await drawGraph({ shape: 'net', nodes: [], edges: [] })
    expect([...png.subarray(0, 8)]).toEqual(SIGNATURE)
  })

  test('shows its words: with fonts, there are glyphs in the box and nowhere else', async () => {
    const svg = await graphToSvg(alone('Lighthouse'))
    const drawn = pixelsOf(await drawGraph(alone('Lighthouse')))
    const blank = withoutFonts(svg, 2)
    expect([drawn.width, drawn.height]).toEqual([blank.width, blank.height])
    const glyphs = difference(drawn, blank)
    expect(glyphs.length).toBeGreaterThan(300)
    const [xs, ys] = [glyphs.map(({ x }) => x), glyphs.map(({ y }) => y)]
    const inset = 2 * 28
    expect(Math.min(...xs)).toBeGreaterThan(inset)
    expect(Math.max(...xs)).toBeLessThan(drawn.width - inset)
    expect(Math.min(...ys)).toBeGreaterThan(inset)
    expect(Math.max(...ys)).toBeLessThan(drawn.height - inset)
  })

  test.each(['Mira', 'Δάφνη', 'Мира', 'Đặng Thị', '🔥', '👨‍👩‍👧'])(
    '%s is drawn with glyphs of its own',
    async (name) => {
      // A private character has no glyph in any font: it shows as what stands for a missing one.
      const missing = [...name].map(() => '\u{F0000}').join('')
      const width = async (title: string) => sizeOf(await drawGraph(alone(title))).width
      expect(await width(name)).not.toBe(await width(missing))
    },
  )

  test('a box is as wide as its words, whatever their script', async () => {
    const width = async (title: string) => sizeOf(await drawGraph(alone(title))).width
    expect(await width('ШШШШШШШШШШ')).toBeGreaterThan(await width('іііііііііі'))
  })

  test('arrows lead from node to node, with their labels; one to nowhere is left out', async () => {
    const nodes = [node('a'), node('b')]
    const svg = await graphToSvg({
      shape: 'net',
      nodes,
      edges: [
        { from: 'a', to: 'b', label: 'there' },
        { from: 'b', to: 'a', label: 'and back' },
        { from: 'a', to: 'a', label: null },
        { from: 'a', to: 'nobody', label: 'lost' },
      ],
    })
    expect(svg.match(/<path /gu)).toHaveLength(3)
    expect(textsIn(svg)).toEqual(['there', 'and back', 'a', 'b'])
    expect(svg).not.toContain('NaN')
  })

  test('what matters most stands out in colour', async () => {
    const blurple = [0x58, 0x65, 0xf2] as const
    const of = async (tone: GraphNode['tone']) =>
      countOf(pixelsOf(await drawGraph(alone('Mira', { tone }))), blurple)
    expect(await of('accent')).toBeGreaterThan(4000)
    expect(await of('plain')).toBe(0)
  })
})

describe('anyone’s words', () => {
  const hostile = [
    'say "no" \'quietly\'',
    'back\\slash \\N \\G \\E \\T \\l \\n end',
    '<b>bold</b> & &amp; &#65; &lt;',
    '</text><script>alert(1)</script>',
    ']]> <!-- <![CDATA[ <?xml ?> %1',
    '"] ; digraph { a -> b } //',
    'עברית and العربية',
    '日本語',
    '👩‍🚀🏴‍☠️👍🏽🇩🇪',
    'a\u202eb\u2066c',
    'word'.repeat(125),
  ]

  test.each(hostile)('%j is drawn as it stands, wherever it is', async (words) => {
    const graph: Graph = {
      shape: 'tree',
      nodes: [
        { id: words, title: words, notes: [words], badge: words, tone: 'accent' },
        node('other', { id: '\\N' }),
      ],
      edges: [{ from: words, to: '\\N', label: words }],
    }
    expect(textsIn(await graphToSvg(graph))).toEqual([words, words, words, words, 'other'])
    const { width, height } = sizeOf(await drawGraph(graph))
    expect(Math.max(width, height)).toBeLessThanOrEqual(SIDE_LIMIT)
  })

  test('what no picture can hold is left out', async () => {
    expect(textsIn(await graphToSvg(alone('a\u0000b\u0008c\ud800d\ufffee')))).toEqual(['abcde'])
  })

  test('whatever they are, a picture comes of them', async () => {
    const title = fc.string({ unit: 'binary', maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(title, title, async (one, other) => {
        const png = await drawGraph({
          shape: 'net',
          nodes: [node(one, { id: '1' }), node(other, { id: '2' })],
          edges: [{ from: '1', to: '2', label: one }],
        })
        expect([...png.subarray(0, 8)]).toEqual(SIGNATURE)
      }),
      { numRuns: 60 },
    )
  })
})
