import { expect, test } from 'vitest'
import { listed, onOneRow } from '../../src/kit/text.ts'

test.each([
  [[], undefined, ''],
  [['Ada'], undefined, 'Ada'],
  [['Ada', 'Mira', 'Eli'], undefined, 'Ada, Mira and Eli'],
  [['Ada', 'Mira', 'Eli'], 3, 'Ada, Mira and Eli'],
  [['Ada', 'Mira', 'Eli', 'Jon'], 2, 'Ada, Mira and 2 more'],
])('%j, of which at most %s are named, read “%s”', (names, most, expected) =>
  expect(listed(names, most)).toBe(expected),
)

test.each([
  [' Rain.\n\n# Lines\tto settle ', 'Rain. # Lines to settle'],
  ['a\u0000\u2028b\u0085c', 'a b c'],
  ['half \ud83d a face', 'half \ufffd a face'],
  [' \n ', ''],
])('%j stands on one row as %j', (text, expected) => expect(onOneRow(text)).toBe(expected))
