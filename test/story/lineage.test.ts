import { describe, expect, test } from 'vitest'
import { forkOf, NO_END, spansAt } from '../../src/story/lineage.ts'

// Strand 1, left at 10 by strand 2, which was left at 14 by strand 3.
const lineage = [
  { strand: 1, upto: 10 },
  { strand: 2, upto: 14 },
  { strand: 3, upto: NO_END },
]

describe('what a head sees', () => {
  test('given a head on a strand, then its ancestors count up to where it left them, and itself up to the head', () => {
    expect(spansAt(lineage, 20)).toEqual([
      { strand: 1, upto: 10 },
      { strand: 2, upto: 14 },
      { strand: 3, upto: 20 },
    ])
  })
})

describe('where two heads part', () => {
  const other = [
    { strand: 1, upto: 10 },
    { strand: 2, upto: 12 },
    { strand: 4, upto: NO_END },
  ]

  test('given two strands of one parent, then at the earlier of the points where they left it', () => {
    expect(forkOf(spansAt(lineage, 20), spansAt(other, 30))).toEqual({ strand: 2, upto: 12 })
  })

  test('given two heads on one strand, then at the earlier of them', () => {
    expect(forkOf(spansAt(lineage, 18), spansAt(lineage, 22))).toEqual({ strand: 3, upto: 18 })
  })

  test('given a head and its own ancestor, then at the ancestor’s head', () => {
    expect(forkOf(spansAt(lineage, 20), [{ strand: 1, upto: 7 }])).toEqual({ strand: 1, upto: 7 })
  })
})
