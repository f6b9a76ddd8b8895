import { z } from 'zod'
import { put } from './list.ts'
import { EntityId, LineId, TextId } from './ref.ts'

/** How someone feels, from 0 to 100. */
export const Feeling = z.int().min(0).max(100)

const Feelings = z.object({ affinity: Feeling, trust: Feeling })
const Shift = z.int().min(-100).max(100)
const Ends = z.object({ from: EntityId, to: EntityId })

/** Between characters and personas only: never about the people who play, never the narrator. */
export const edgeEvents = {
  /** `affinity` and `trust` are differences; `line` is what they rest on. */
  'edge.shifted': Ends.extend({ affinity: Shift, trust: Shift, line: LineId }),
  'edge.set': Ends.extend({ affinity: Feeling, trust: Feeling, before: Feelings }),
  'edge.summarised': Ends.extend({ summary: TextId.nullable(), before: TextId.nullable() }),
}

type Shifted = z.infer<(typeof edgeEvents)['edge.shifted']>
type EdgeSet = z.infer<(typeof edgeEvents)['edge.set']>
type Summarised = z.infer<(typeof edgeEvents)['edge.summarised']>

/** How `from` stands to `to`. `lastTurn`: the newest turn that shifted it. */
export type Edge = {
  readonly from: EntityId
  readonly to: EntityId
  readonly affinity: number
  readonly trust: number
  readonly summary: TextId | null
  readonly lastTurn: number | null
}

/** Those that something has changed. All others stand as `edgeBetween` says. */
export type Edges = readonly Edge[]

const NEUTRAL = 50

/** The most that one line changes a feeling. */
export const SHIFT_LIMIT = 15

/** A whole step that one line may cause, for whatever number was proposed. */
export const clampShift = (proposed: number): number =>
  Math.min(SHIFT_LIMIT, Math.max(-SHIFT_LIMIT, Math.round(proposed))) || 0

const clampFeeling = (feeling: number): number => Math.min(100, Math.max(0, feeling))

export const edgeBetween = (edges: Edges, from: EntityId, to: EntityId): Edge =>
  edges.find((edge) => edge.from === from && edge.to === to) ?? {
    from,
    to,
    affinity: NEUTRAL,
    trust: NEUTRAL,
    summary: null,
    lastTurn: null,
  }

const putEdge = (edges: Edges, edge: Edge): Edges =>
  put(edges, edge, ({ from, to }) => from === edge.from && to === edge.to)

export const shiftEdge = (edges: Edges, { from, to, affinity, trust }: Shifted, turn: number): Edges => {
  const edge = edgeBetween(edges, from, to)
  return putEdge(edges, {
    ...edge,
    affinity: clampFeeling(edge.affinity + affinity),
    trust: clampFeeling(edge.trust + trust),
    lastTurn: turn,
  })
}

export const setEdge = (edges: Edges, { from, to, affinity, trust }: EdgeSet): Edges =>
  putEdge(edges, { ...edgeBetween(edges, from, to), affinity, trust })

export const summariseEdge = (edges: Edges, { from, to, summary }: Summarised): Edges =>
  putEdge(edges, { ...edgeBetween(edges, from, to), summary })

/** Without what one feels. What others feel for them stays. */
export const dropEdgesFrom = (edges: Edges, entity: EntityId): Edges =>
  edges.filter(({ from }) => from !== entity)

/** Without what one feels, and what others feel for them. */
export const dropEdgesOf = (edges: Edges, entity: EntityId): Edges =>
  edges.filter(({ from, to }) => from !== entity && to !== entity)
