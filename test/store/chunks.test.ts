import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chunksOf } from '../../src/store/chunks.ts'

test('chunks add up to what was cut, and none is empty or too long for one statement', () => {
  fc.assert(
    fc.property(fc.nat(2600), (length) => {
      const all = Array.from({ length }, (_, nth) => nth)
      const chunks = chunksOf(all)
      expect(chunks.flat()).toEqual(all)
      expect(chunks.every((some) => some.length > 0 && some.length <= 500)).toBe(true)
    }),
  )
})
