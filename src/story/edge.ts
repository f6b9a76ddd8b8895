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
  /** `affinity` and `trust` are differences; `line` is what they rest on, and `reason` says it in a few words. */
  'edge.shifted': Ends.extend({
    affinity: Shift,
    trust: Shift,
    line: LineId,
    reason: TextId.nullable().default(null),
  }),
  'edge.set': Ends.extend({ affinity: Feeling, trust: Feeling, before: Feelings }),
  /** `lines`: what it rests on, beside the summary that it takes the place of. */
  'edge.summarised': Ends.extend({
    summary: TextId.nullable(),
    before: TextId.nullable(),
    lines: z.array(LineId).default([]),
  }),
}

type Shifted = z.infer<(typeof edgeEvents)['edge.shifted']>
type EdgeSet = z.infer<(typeof edgeEvents)['edge.set']>
type Summarised = z.infer<(typeof edgeEvents)['edge.summarised']>

/** How `from` stands to `to`. `lastTurn`: the newest turn that shifted it, and `reason` why it did. */
export type Edge = {
  readonly from: EntityId
  readonly to: EntityId
  readonly affinity: number
  readonly trust: number
  readonly summary: TextId | null
  readonly lastTurn: number | null
  readonly reason: TextId | null
}

/** Those that something has changed. All others stand as `edgeBetween` says. */
export type Edges = readonly Edge[]

/** What one feels for whom one does not know. */
export const NEUTRAL = 50

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
    reason: null,
  }

const putEdge = (edges: Edges, edge: Edge): Edges =>
  put(edges, edge, ({ from, to }) => from === edge.from && to === edge.to)

export const shiftEdge = (edges: Edges, shifted: Shifted, turn: number): Edges => {
  const { from, to, affinity, trust, reason } = shifted
  const edge = edgeBetween(edges, from, to)
  return putEdge(edges, {
    ...edge,
    reason,
    affinity: clampFeeling(edge.affinity + affinity),
    trust: clampFeeling(edge.trust + trust),
    lastTurn: turn,
  })
}

export const setEdge = (edges: Edges, { from, to, affinity, trust }: EdgeSet): Edges =>
  putEdge(edges, { ...edgeBetween(edges, from, to), affinity, trust, reason: null })

export const summariseEdge = (edges: Edges, { from, to, summary }: Summarised): Edges =>
  putEdge(edges, { ...edgeBetween(edges, from, to), summary })

/** Without what one feels. What others feel for them stays. */
export const dropEdgesFrom = (edges: Edges, entity: EntityId): Edges =>
  edges.filter(({ from }) => from !== entity)

/** Without what one feels, and what others feel for them. */
export const dropEdgesOf = (edges: Edges, entity: EntityId): Edges =>
  edges.filter(({ from, to }) => from !== entity && to !== entity)
