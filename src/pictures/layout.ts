import { type Graph, instance } from '@viz-js/viz'
import { z } from 'zod'

export type Point = { readonly x: number; readonly y: number }
export type Size = { readonly width: number; readonly height: number }

/** `tree`: from left to right, children in their order. `net`: from top to bottom, as it crosses least. */
export type Shape = 'tree' | 'net'

/** What is to be placed: sizes, and lines between boxes that are named by their position in the list. */
export type Plan = {
  readonly shape: Shape
  readonly boxes: readonly Size[]
  readonly lines: readonly { readonly from: number; readonly to: number; readonly label: Size | null }[]
}

/** A cubic Bézier curve, and the tip of the arrow at its end. `label`: where the middle of its label is. */
export type Line = { readonly curve: readonly Point[]; readonly tip: Point; readonly label: Point }

/** Boxes are given by their centres. */
export type Layout = Size & { readonly boxes: readonly Point[]; readonly lines: readonly Line[] }

const POINTS_PER_INCH = 72
const ORIGIN: Point = { x: 0, y: 0 }
/** What stays free around a label. */
const CLEARANCE = 6
const inches = (points: number): number => points / POINTS_PER_INCH

/** Room for a label that is drawn by us. To Graphviz, only a table can have a size without words. */
const room = ({ width, height }: Size) => ({
  html:
    `<TABLE BORDER="0" CELLPADDING="0" CELLSPACING="0" FIXEDSIZE="TRUE" WIDTH="${Math.ceil(width + CLEARANCE)}" ` +
    `HEIGHT="${Math.ceil(height + CLEARANCE)}"><TR><TD></TD></TR></TABLE>`,
})

// A tree's labels stand on their lines, side by side between two generations; a net's get places of their own.
const styleOf = ({ shape, lines }: Plan) => {
  const widestLabel = Math.max(0, ...lines.map(({ label }) => label?.width ?? 0))
  return shape === 'tree'
    ? {
        graph: { rankdir: 'LR', ordering: 'out', nodesep: inches(22), ranksep: inches(widestLabel + 64) },
        edge: { tailport: 'e', headport: 'w' },
      }
    : { graph: { rankdir: 'TB', nodesep: inches(36), ranksep: inches(36) }, edge: {} }
}

const toGraph = (plan: Plan): Graph => {
  const style = styleOf(plan)
  return {
    directed: true,
    graphAttributes: style.graph,
    nodeAttributes: { shape: 'box', fixedsize: true, label: '' },
    edgeAttributes: { ...style.edge, arrowsize: 0.7 },
    nodes: plan.boxes.map(({ width, height }, at) => ({
      name: String(at),
      attributes: { width: inches(width), height: inches(height) },
    })),
    edges: plan.lines.map(({ from, to, label }, at) => ({
      tail: String(from),
      head: String(to),
      attributes: { id: String(at), ...(label && plan.shape === 'net' ? { label: room(label) } : {}) },
    })),
  }
}

const Placed = z.object({
  bb: z.string(),
  objects: z.array(z.object({ name: z.string(), pos: z.string() })).default([]),
  edges: z.array(z.object({ id: z.string(), pos: z.string(), lp: z.string().optional() })).default([]),
})

const toPoint = (pair: string): Point => {
  const [x = 0, y = 0] = pair.split(',').map(Number)
  return { x, y }
}

const middleOf = (curve: readonly Point[]): Point => {
  const pieces = (curve.length - 1) / 3
  const first = 3 * Math.floor(pieces / 2)
  if (pieces % 2 === 0) return curve[first] ?? ORIGIN
  const [a = ORIGIN, b = ORIGIN, c = ORIGIN, d = ORIGIN] = curve.slice(first, first + 4)
  return { x: (a.x + 3 * b.x + 3 * c.x + d.x) / 8, y: (a.y + 3 * b.y + 3 * c.y + d.y) / 8 }
}

/** Graphviz writes a curve as `e,x,y x,y x,y …`: the arrow's tip, then the points. */
const toLine = ({ pos, lp }: { readonly pos: string; readonly lp?: string | undefined }): Line => {
  const [tip = ORIGIN, ...curve] = pos.replace(/^e,/u, '').split(' ').map(toPoint)
  return { curve, tip, label: lp === undefined ? middleOf(curve) : toPoint(lp) }
}

/** Places boxes and the lines between them, by Graphviz. It sees numbers alone: nobody's words reach it. */
export const layOut = async (plan: Plan): Promise<Layout> => {
  const graphviz = await instance()
  const json = graphviz.renderString(toGraph(plan), { format: 'json0', yInvert: true })
  const { bb, objects, edges } = Placed.parse(JSON.parse(json))
  const [left = 0, bottom = 0, right = 0, top = 0] = bb.split(',').map(Number)
  const boxes = new Map(objects.map(({ name, pos }) => [name, toPoint(pos)]))
  const lines = new Map(edges.map((edge) => [edge.id, edge]))
  return {
    width: Math.abs(right - left),
    height: Math.abs(top - bottom),
    boxes: plan.boxes.map((_, at) => boxes.get(String(at)) ?? ORIGIN),
    lines: plan.lines.map((_, at) => toLine(lines.get(String(at)) ?? { pos: '' })),
  }
}
