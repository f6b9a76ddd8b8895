import { shorten } from '../kit/text.ts'
import type { Graph, GraphNode } from './graph.ts'

/** A branch as it is drawn. `forkTurn`: the turn of its parent after which it goes its own way. */
export type DrawnBranch = {
  readonly id: string
  readonly name: string
  readonly parent: string | null
  readonly forkTurn: number | null
  readonly turns: number
  readonly isHere: boolean
  readonly isDeleted: boolean
  /** When something last happened on it, in words. */
  readonly lastActivity: string
}

/** What the drawing says beside names. */
export type TreeWords = {
  readonly turn: (number: number) => string
  readonly turns: (count: number) => string
  readonly here: string
  readonly deleted: string
}

/** The longest name that a box shows. */
const NAME_LIMIT = 28
/** What Discord takes of a picture's description. */
export const ALT_TEXT_LIMIT = 1024

const shown = (name: string): string => shorten(name.replace(/\s+/gu, ' ').trim(), NAME_LIMIT)

const length = ({ turns, lastActivity }: DrawnBranch, words: TreeWords): string =>
  [words.turns(turns), lastActivity].filter((part) => part !== '').join(' · ')

const marks = ({ isHere, isDeleted }: DrawnBranch, words: TreeWords): string[] => [
  ...(isHere ? [words.here] : []),
  ...(isDeleted ? [words.deleted] : []),
]

const toneOf = ({ isHere, isDeleted }: DrawnBranch): GraphNode['tone'] =>
  isHere ? 'accent' : isDeleted ? 'faded' : 'plain'

/** A story's branches as a graph from left to right, each after the one that it left. */
export const branchTree = (branches: readonly DrawnBranch[], words: TreeWords): Graph => ({
  shape: 'tree',
  nodes: branches.map((branch) => ({
    id: branch.id,
    title: shown(branch.name),
    notes: [length(branch, words)],
    badge: marks(branch, words).join(' · ') || null,
    tone: toneOf(branch),
  })),
  edges: branches.flatMap(({ id, parent, forkTurn }) =>
    parent === null ? [] : [{ from: parent, to: id, label: forkTurn === null ? null : words.turn(forkTurn) }],
  ),
})

/** Branches in the order of an outline, each with how deep it stands. Those whose parent is not listed come first. */
const outline = (branches: readonly DrawnBranch[]): { branch: DrawnBranch; depth: number }[] => {
  const known = new Set(branches.map(({ id }) => id))
  const parentOf = ({ parent }: DrawnBranch) => (parent !== null && known.has(parent) ? parent : null)
  const childrenOf = Map.groupBy(branches, parentOf)
  const rows: { branch: DrawnBranch; depth: number }[] = []
  const waiting = (childrenOf.get(null) ?? []).map((branch) => ({ branch, depth: 0 })).reverse()
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    rows.push(row)
    const depth = row.depth + 1
    waiting.push(...(childrenOf.get(row.branch.id) ?? []).map((branch) => ({ branch, depth })).reverse())
  }
  return rows
}

const CUT = '\n…'

/** The same tree in words, a row for each branch, for those who do not see the picture. */
export const treeAltText = (branches: readonly DrawnBranch[], words: TreeWords): string => {
  const rows = outline(branches).map(({ branch, depth }) => {
    const from = branch.forkTurn === null ? [] : [words.turn(branch.forkTurn)]
    const about = [...from, length(branch, words), ...marks(branch, words)].join(' · ')
    return `${'– '.repeat(depth)}${shown(branch.name)} (${about})`
  })
  const whole = rows.join('\n')
  if (whole.length <= ALT_TEXT_LIMIT) return whole
  const kept: string[] = []
  let room = ALT_TEXT_LIMIT - CUT.length
  for (const row of rows) {
    room -= row.length + 1
    if (room < 0) break
    kept.push(row)
  }
  return kept.join('\n') + CUT
}
