import { expect, test } from 'vitest'
import { shares, sheet } from '../../src/discord/sheet.ts'

test('what is short stays whole, and what is long shares the rest', () => {
  expect(shares([10, 500, 500], 210)).toEqual([10, 100, 100])
  expect(shares([10, 20], 100)).toEqual([10, 20])
  expect(shares([10], -5)).toEqual([0])
})

test('each field stands under its label, and empty ones are left out', () => {
  const fields = [
    { label: 'Who', words: 'A ferryman.\nOld.' },
    { label: 'Why', words: ' ' },
  ]
  expect(sheet('### Eli', fields, '-# so')).toBe('### Eli\n\n**Who**\nA ferryman.\nOld.\n\n-# so')
})

test('however much there is to say, it fits one message', () => {
  const words = `${'*_`> # <@123456789012345678> 👨‍👩‍👧'.repeat(200)}`.slice(0, 4000)
  const fields = ['a', 'b', 'c', 'd', 'e', 'f'].map((label) => ({ label, words }))
  const content = sheet('### Eli', fields, '-# so')
  expect(content.length).toBeLessThanOrEqual(2000)
  expect(content.length).toBeGreaterThan(1800)
  expect(content.match(/^\*\*[a-f]\*\*$/gmu)).toHaveLength(6)
  expect(content).not.toMatch(/(?<!\\)<@/u)
})
