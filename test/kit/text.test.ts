import { expect, test } from 'vitest'
import { listed } from '../../src/kit/text.ts'

test.each([
  [[], undefined, ''],
  [['Ada'], undefined, 'Ada'],
  [['Ada', 'Mira', 'Eli'], undefined, 'Ada, Mira and Eli'],
  [['Ada', 'Mira', 'Eli'], 3, 'Ada, Mira and Eli'],
  [['Ada', 'Mira', 'Eli', 'Jon'], 2, 'Ada, Mira and 2 more'],
])('%j, of which at most %s are named, read “%s”', (names, most, expected) =>
  expect(listed(names, most)).toBe(expected),
)
