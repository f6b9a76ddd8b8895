import { describe, expect, test } from 'vitest'
import { branchPage } from '../../../commands/branch/list.ts'
import { DRAWN, drawnBranches } from '../../../commands/branch/tree.ts'
import { MESSAGE_LIMIT } from '../../../src/discord/split.ts'
import { en } from '../../../src/locales/en.ts'
import { ROOT_BRANCH } from '../../../src/story/ref.ts'
import type { Branch } from '../../../src/turn/ports/timeline.ts'
import { aBranch } from '../../doubles/branch.ts'

const HOUR = 3_600_000
const root = aBranch(ROOT_BRANCH)
const left = (parent: string, forkTurn: number, more: Partial<Branch> = {}) => ({ parent, forkTurn, ...more })
const draw = (branches: readonly Branch[], here = root) => drawnBranches(branches, here.ref, 50 * HOUR, en)

describe('the tree of branches', () => {
  test('shows each with its length, when it was told last, and which one this is', () => {
    const storm = aBranch('storm', left(ROOT_BRANCH, 2, { updatedAt: 47 * HOUR, turns: 1 }))
    expect(draw([root, storm], storm)).toEqual({
      leftOut: 0,
      drawn: [
        {
          ...{ id: ROOT_BRANCH, name: 'root', parent: null, forkTurn: null, turns: 3 },
          ...{ isHere: false, isDeleted: false, lastActivity: '2 days ago' },
        },
        {
          ...{ id: 'storm', name: 'storm', parent: ROOT_BRANCH, forkTurn: 2, turns: 1 },
          ...{ isHere: true, isDeleted: false, lastActivity: '3 h ago' },
        },
      ],
    })
  })

  test('a branch whose parent is deleted leaves the one before it, where both of them did', () => {
    const gone = aBranch('gone', left(ROOT_BRANCH, 2, { isDeleted: true }))
    const late = aBranch('late', left('gone', 7))
    const early = aBranch('early', left('gone', 1))
    const { drawn, leftOut } = draw([root, gone, late, early])
    expect(drawn.map(({ id, parent, forkTurn }) => [id, parent, forkTurn])).toEqual([
      [ROOT_BRANCH, null, null],
      ['late', ROOT_BRANCH, 2],
      ['early', ROOT_BRANCH, 1],
    ])
    expect(leftOut).toBe(0)
  })

  test('of many it keeps this one, those that it came from, and the newest', () => {
    const many = Array.from({ length: 80 }, (_, nth) =>
      aBranch(`b${nth}`, left(nth === 1 ? 'b0' : ROOT_BRANCH, 1, { createdAt: nth + 1 })),
    )
    const { drawn, leftOut } = draw([root, ...many], many[1])
    const kept = drawn.map(({ id }) => id)
    expect(kept).toHaveLength(DRAWN)
    expect(kept.slice(0, 4)).toEqual([ROOT_BRANCH, 'b0', 'b1', 'b23'])
    expect(kept.at(-1)).toBe('b79')
    expect(leftOut).toBe(81 - DRAWN)
  })
})

describe('the list of branches', () => {
  const labels = ({ components = [] }: ReturnType<typeof branchPage>) => JSON.stringify(components)

  test('has those told last first, and its pages stay within a message', () => {
    const many = Array.from({ length: 21 }, (_, nth) =>
      aBranch(`b${nth}`, {
        name: `${nth} ${'*'.repeat(56)}`,
        description: '_'.repeat(300),
        updatedAt: nth * 1000,
        thread: '1573619208569225216',
      }),
    )
    const [first, last] = [branchPage(many, root.ref, 0, en), branchPage(many, root.ref, 9, en)]
    expect(first.content).toMatch(/^\*\*21 branches\*\*\n\*\*20 /u)
    expect(first.content?.length).toBeLessThanOrEqual(MESSAGE_LIMIT)
    expect(last.content).toMatch(/^\*\*21 branches\*\*\n\*\*0 /u)
    expect(labels(first)).toContain('"disabled":true')
  })

  test('hides what is deleted, and says where each is told', () => {
    const gone = aBranch('gone', { isDeleted: true })
    const { content, components } = branchPage([root, gone, aBranch('fog')], root.ref, 0, en)
    expect(content).toBe(
      '**2 branches**\n**root** · 3 turns · <t:0:R> · this thread\n**fog** · 3 turns · <t:0:R> · in no thread',
    )
    expect(components).toEqual([])
  })
})
