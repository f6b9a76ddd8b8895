import { type Line, layOut, type Point, type Shape, type Size } from './layout.ts'
import { type Face, svgDocument, textElement, toPng, widthOf } from './svg.ts'

/** `accent`: the one that matters. `faded`: of the past. */
export type Tone = 'plain' | 'accent' | 'faded'

/** A box: a title, rows of small print under it, and a badge on its upper edge. */
export type GraphNode = {
  readonly id: string
  readonly title: string
  readonly notes: readonly string[]
  readonly badge: string | null
  readonly tone: Tone
}

/** How an arrow differs from others. `width`: in pixels of a drawing that is not scaled. */
export type Stroke = {
  readonly colour: 'plain' | 'warm' | 'cold'
  readonly width: number
  readonly isDashed: boolean
}

/** An arrow. One that begins or ends at no node of the graph is not drawn. */
export type GraphEdge = {
  readonly from: string
  readonly to: string
  readonly label: string | null
  readonly stroke?: Stroke
}

/** A drawing to be. Its texts are anyone's words: each is drawn in one row, as it stands. */
export type Graph = {
  readonly shape: Shape
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
}

type Colours = {
  readonly box: string
  readonly border: string
  readonly title: string
  readonly note: string
  readonly badge: string
  readonly badgeText: string
}

// Discord's dark theme.
const GROUND = '#2b2d31'
const STROKES: Readonly<Record<Stroke['colour'], string>> = {
  plain: '#6d6f78',
  warm: '#3ba55d',
  cold: '#ed4245',
}
const PLAIN: Stroke = { colour: 'plain', width: 1.5, isDashed: false }
const LABEL = '#b5bac1'
const TONES: Readonly<Record<Tone, Colours>> = {
  plain: {
    ...{ box: '#383a40', border: '#4e5058', title: '#f2f3f5', note: '#b5bac1' },
    ...{ badge: '#4e5058', badgeText: '#f2f3f5' },
  },
  accent: {
    ...{ box: '#5865f2', border: '#8891f7', title: '#ffffff', note: '#e3e5ff' },
    ...{ badge: '#f2f3f5', badgeText: '#4752c4' },
  },
  faded: {
    ...{ box: GROUND, border: '#4e5058', title: '#949ba4', note: '#949ba4' },
    ...{ badge: '#4e5058', badgeText: '#dbdee1' },
  },
}

const TITLE: Face = { size: 15, weight: 600 }
const NOTE: Face = { size: 12, weight: 400 }
const BADGE: Face = { size: 11, weight: 600 }
const TITLE_ROW = 20
const NOTE_ROW = 17
const PADDING = { x: 18, y: 11 }
/** What a badge takes of the room above the title. */
const BADGE_ROOM = 5
const RADIUS = 10
const MARGIN = 28

const widest = (texts: readonly string[], face: Face): number =>
  Math.max(0, ...texts.map((text) => widthOf(text, face)))

/** A text's own ground, with round ends. */
const pillSize = (text: string, face: Face): Size => ({
  width: widthOf(text, face) + 16,
  height: face.size + 7,
})

/** Boxes are as wide as the widest of them, so that generations stand in columns. */
const sizesOf = (nodes: readonly GraphNode[]): Size[] => {
  const width =
    2 * PADDING.x +
    Math.max(
      ...nodes.map(({ title, notes, badge }) =>
        Math.max(widest([title], TITLE), widest(notes, NOTE), badge === null ? 0 : widest([badge], BADGE)),
      ),
    )
  return nodes.map(({ notes, badge }) => ({
    width,
    height: 2 * PADDING.y + (badge === null ? 0 : BADGE_ROOM) + TITLE_ROW + notes.length * NOTE_ROW,
  }))
}

const rectangle = ({ x, y }: Point, { width, height }: Size, look: string): string =>
  `<rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" ${look}/>`

// A baseline is about a third of the letters' size below their middle.
const row = (text: string, face: Face, { x, y }: Point, fill: string): string =>
  textElement(text, face, { x, y: y + face.size * 0.36, fill })

const pill = (text: string, face: Face, middle: Point, ground: string, fill: string): string => {
  const size = pillSize(text, face)
  return rectangle(middle, size, `rx="${size.height / 2}" fill="${ground}"`) + row(text, face, middle, fill)
}

const drawNode = ({ title, notes, badge, tone }: GraphNode, size: Size, { x, y }: Point): string => {
  const colours = TONES[tone]
  const dashes = tone === 'faded' ? ' stroke-dasharray="5 4"' : ''
  const top = y - size.height / 2
  const firstNote = y + size.height / 2 - PADDING.y - notes.length * NOTE_ROW
  return [
    rectangle(
      { x, y },
      size,
      `rx="${RADIUS}" fill="${colours.box}" stroke="${colours.border}" stroke-width="1.5"${dashes}`,
    ),
    row(title, TITLE, { x, y: firstNote - TITLE_ROW / 2 }, colours.title),
    ...notes.map((note, at) => row(note, NOTE, { x, y: firstNote + (at + 0.5) * NOTE_ROW }, colours.note)),
    badge === null ? '' : pill(badge, BADGE, { x, y: top }, colours.badge, colours.badgeText),
  ].join('')
}

const pairs = (points: readonly Point[]): string => points.map(({ x, y }) => `${x},${y}`).join(' ')

// The arrow's head is a triangle, from where the curve ends to the tip; a thick line has a broader one.
const drawLine = ({ curve, tip }: Line, { colour, width, isDashed }: Stroke): string => {
  const end = curve.at(-1) ?? tip
  const breadth = 0.45 * Math.max(1, width / 3)
  const [across, along] = [(end.y - tip.y) * breadth, (tip.x - end.x) * breadth]
  const head = [tip, { x: end.x + across, y: end.y + along }, { x: end.x - across, y: end.y - along }]
  const dashes = isDashed ? ' stroke-dasharray="7 5"' : ''
  return (
    `<path d="M${pairs(curve.slice(0, 1))} C${pairs(curve.slice(1))}" fill="none" stroke="${STROKES[colour]}" ` +
    `stroke-width="${width}"${dashes}/><polygon points="${pairs(head)}" fill="${STROKES[colour]}"/>`
  )
}

/** The graph as an SVG document. */
export const graphToSvg = async ({ shape, nodes, edges }: Graph): Promise<string> => {
  const position = new Map(nodes.map(({ id }, at) => [id, at]))
  const drawn = edges.flatMap(({ from, to, label, stroke = PLAIN }) => {
    const [tail, head] = [position.get(from), position.get(to)]
    return tail === undefined || head === undefined ? [] : [{ from: tail, to: head, label, stroke }]
  })
  const sizes = sizesOf(nodes)
  const layout = await layOut({
    shape,
    boxes: sizes,
    lines: drawn.map((edge) => ({ ...edge, label: edge.label === null ? null : pillSize(edge.label, NOTE) })),
  })
  const size = {
    width: Math.ceil(layout.width) + 2 * MARGIN,
    height: Math.ceil(layout.height) + 2 * MARGIN,
  }
  const lines = layout.lines.map((line, at) => drawLine(line, drawn[at]?.stroke ?? PLAIN))
  const labels = layout.lines.map(({ label: at }, line) => {
    const label = drawn[line]?.label ?? null
    return label === null ? '' : pill(label, NOTE, at, GROUND, LABEL)
  })
  const boxes = nodes.map((node, at) => drawNode(node, sizes[at] ?? size, layout.boxes[at] ?? { x: 0, y: 0 }))
  return svgDocument(
    size,
    `<rect width="100%" height="100%" fill="${GROUND}"/><g transform="translate(${MARGIN} ${MARGIN})">` +
      `${[...lines, ...labels, ...boxes].join('')}</g>`,
  )
}

/** Draws a graph as PNG, of at most `SIDE_LIMIT` pixels on a side, however many nodes it has. */
export const drawGraph = async (graph: Graph): Promise<Uint8Array> => toPng(await graphToSvg(graph))
