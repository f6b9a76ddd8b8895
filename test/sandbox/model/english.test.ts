import { expect, test } from 'vitest'
import { agree } from '../../../src/sandbox/model/compose/english.ts'

test.each([
  ['Ines', 'waits'],
  ['Tomas Reed', 'waits'],
  ['Mira', 'waits'],
  ['The Twins', 'wait'],
  ['the nets', 'wait'],
  ['the glass', 'waits'],
  ['a crowd of sailors', 'waits'],
  ['you', 'wait'],
])('%s %s', (subject, expected) => expect(agree(subject, 'wait')).toBe(expected))
