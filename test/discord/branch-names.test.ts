import { describe, expect, test } from 'vitest'
import { branchNamed, freeBranchName, knownBranches, shownBranch } from '../../src/discord/branch-names.ts'
import { en } from '../../src/locales/en.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import type { Branch } from '../../src/turn/ports/timeline.ts'
import { aBranch } from '../doubles/branch.ts'

const root = aBranch(ROOT_BRANCH, { name: undefined })
const storm = aBranch('b1', { name: 'Storm' })
const deleted = aBranch('b2', { name: 'Fog', isDeleted: true })
const free = (name: string, branches: readonly Branch[] = [root, storm, deleted], keeper?: string) =>
  freeBranchName(branches, name, keeper, en)

describe('what a branch is called', () => {
  test('the first one is Main until someone names it; two of one name are told apart', () => {
    const again = aBranch('b3', { name: 'Storm' })
    const erased = aBranch('b4', { name: undefined })
    expect(knownBranches([root, storm, again, erased], en).map(({ label }) => label)).toEqual([
      'Main',
      'Storm',
      'Storm (2)',
      'Nameless',
    ])
    expect(knownBranches([{ ...root, name: 'As it was' }], en)[0]?.label).toBe('As it was')
  })

  test('marks in a name take no effect where it is shown', () => {
    expect(shownBranch([aBranch('b5', { name: '**@everyone**' })], aBranch('b5').ref, en)).toBe(
      '\\*\\*@everyone\\*\\*',
    )
  })

  test('a name means a branch that is there, in any case and by its beginning', () => {
    expect(branchNamed([root, storm, deleted], ' sTo', en)).toBe(storm)
    expect(branchNamed([root, storm, deleted], 'main', en)).toBe(root)
    expect(() => branchNamed([root, storm, deleted], 'Fog', en)).toThrow('of this story: Main, Storm.')
  })
})

describe('a name for a branch', () => {
  test('is taken without surplus blanks', () => {
    expect(free('  Mira \n stays ')).toBe('Mira stays')
  })

  test('has 1 to 60 characters', () => {
    expect(free('x'.repeat(60))).toHaveLength(60)
    expect(() => free('x'.repeat(61))).toThrow('1 to 60 characters')
    expect(() => free(' \n ')).toThrow('1 to 60 characters')
  })

  test('is one that no other branch has, in any case; that of a deleted one is free', () => {
    expect(() => free('STORM')).toThrow('a branch **STORM** already')
    expect(() => free('main')).toThrow('already')
    expect(free('Fog')).toBe('Fog')
    expect(free('storm', [root, storm], 'b1')).toBe('storm')
    expect(free('Main', [{ ...root, name: 'As it was' }])).toBe('Main')
  })
})
