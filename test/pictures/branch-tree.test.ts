import { describe, expect, test } from 'vitest'
import { ALT_TEXT_LIMIT, branchTree, type DrawnBranch, treeAltText } from '../../src/pictures/branch-tree.ts'
import { drawGraph } from '../../src/pictures/graph.ts'
import { SIDE_LIMIT } from '../../src/pictures/svg.ts'
import { sizeOf } from './pixels.ts'

const words = {
  turn: (number: number) => `turn ${number}`,
  turns: (count: number) => `${count} turns`,
  here: 'you are here',
  deleted: 'deleted',
}

const branch = (name: string, more: Partial<DrawnBranch> = {}): DrawnBranch => ({
  ...{ id: name, name, parent: null, forkTurn: null, turns: 9 },
  ...{ isHere: false, isDeleted: false, lastActivity: 'today' },
  ...more,
})

const tree = [
  branch('The Lighthouse', { id: 'root', turns: 42 }),
  branch('Mira stays', { parent: 'root', forkTurn: 12, isHere: true }),
  branch('Storm', { parent: 'root', forkTurn: 30, isDeleted: true }),
  branch('Morning', { parent: 'Mira stays', forkTurn: 15 }),
]

describe('a tree of branches', () => {
  const graph = branchTree(tree, words)
  const nodeOf = (id: string) => graph.nodes.find((node) => node.id === id)

  test('leads from each branch to those that left it, and says after which turn', () => {
    expect(graph.shape).toBe('tree')
    expect(graph.edges).toEqual([
      { from: 'root', to: 'Mira stays', label: 'turn 12' },
      { from: 'root', to: 'Storm', label: 'turn 30' },
      { from: 'Mira stays', to: 'Morning', label: 'turn 15' },
    ])
  })

  test('says of each branch how long it is and when it was last told', () => {
    expect(nodeOf('root')).toEqual({
      ...{ id: 'root', title: 'The Lighthouse', notes: ['42 turns · today'], badge: null, tone: 'plain' },
    })
  })

  test('marks where one is, and what is deleted', () => {
    expect(nodeOf('Mira stays')).toMatchObject({ badge: 'you are here', tone: 'accent' })
    expect(nodeOf('Storm')).toMatchObject({ badge: 'deleted', tone: 'faded' })
  })

  test('given one is on a deleted branch, then it says both', () => {
    const [node] = branchTree([branch('x', { isHere: true, isDeleted: true })], words).nodes
    expect(node).toMatchObject({ badge: 'you are here · deleted', tone: 'accent' })
  })

  test('shows names in one row, and long ones with an ellipsis, never cut within a character', () => {
    const titles = branchTree([branch(' two\n rows '), branch('👨‍👩‍👧'.repeat(10))], words).nodes.map(
      ({ title }) => title,
    )
    expect(titles).toEqual(['two rows', `${'👨‍👩‍👧'.repeat(3)}…`])
  })

  test('given 200 branches, then the picture fills its bounds', async () => {
    const many = Array.from({ length: 200 }, (_, at) =>
      branch(`Branch ${at}`, {
        ...{ id: String(at), parent: at === 0 ? null : String(Math.floor((at - 1) / 3)), forkTurn: at },
      }),
    )
    const { width, height } = sizeOf(await drawGraph(branchTree(many, words)))
    expect(height).toBeLessThanOrEqual(SIDE_LIMIT)
    expect(height).toBeGreaterThan(SIDE_LIMIT - 10)
    expect(width).toBeGreaterThan(400)
  })

  test('given 200 branches, each from the last, then the picture is within bounds too', async () => {
    const chain = Array.from({ length: 200 }, (_, at) =>
      branch(`Branch ${at}`, { id: String(at), parent: at === 0 ? null : String(at - 1), forkTurn: at }),
    )
    const { width, height } = sizeOf(await drawGraph(branchTree(chain, words)))
    expect(width).toBeLessThanOrEqual(SIDE_LIMIT)
    expect(height).toBeGreaterThan(0)
  })
})

describe('its description', () => {
  test('is an outline: children under their parent', () => {
    expect(treeAltText(tree, words)).toBe(
      [
        'The Lighthouse (42 turns · today)',
        '– Mira stays (turn 12 · 9 turns · today · you are here)',
        '– – Morning (turn 15 · 9 turns · today)',
        '– Storm (turn 30 · 9 turns · today · deleted)',
      ].join('\n'),
    )
  })

  test('given a branch whose parent is not listed, then it begins a tree of its own', () => {
    const [, , , morning] = tree
    expect(treeAltText(morning ? [morning] : [], words)).toBe('Morning (turn 15 · 9 turns · today)')
  })

  test('is cut after a whole row when it gets too long', () => {
    const many = Array.from({ length: 200 }, (_, at) => branch(`Branch ${at}`))
    const rows = treeAltText(many, words).split('\n')
    expect(rows.join('\n').length).toBeLessThanOrEqual(ALT_TEXT_LIMIT)
    expect(rows.join('\n').length).toBeGreaterThan(ALT_TEXT_LIMIT - 40)
    expect(rows.at(-1)).toBe('…')
    for (const row of rows.slice(0, -1)) expect(row).toMatch(/^Branch \d+ \(9 turns · today\)$/u)
  })
})
