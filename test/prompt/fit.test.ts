import { expect, test } from 'vitest'
import { cutMiddle } from '../../src/prompt/fit.ts'

test('what is cut in its middle keeps whole words around the cut', () => {
  expect(cutMiddle('The weed hangs on the rope without breaking.', 30)).toBe('The weed hangs … breaking.')
  expect(cutMiddle('one two', 7)).toBe('one two')
})

test('a word that is longer than the room stays in part', () => {
  expect(cutMiddle('x'.repeat(50), 10)).toBe('xxxxx … xxxxx')
})
