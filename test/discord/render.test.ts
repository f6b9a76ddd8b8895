import { describe, expect, test } from 'vitest'
import { plain, plainLines, renderLine, shorten, subtext } from '../../src/discord/render.ts'

test('a text is shortened at a grapheme, never inside one', () => {
  expect(shorten('abc', 3)).toBe('abc')
  expect(shorten('abcd', 3)).toBe('ab…')
  expect(shorten('👨‍👩‍👧👨‍👩‍👧', 9)).toBe('👨‍👩‍👧…')
})

test('small print marks each of its lines', () => {
  expect(subtext('one\ntwo')).toBe('-# one\n-# two')
})

describe('someone’s words in a list', () => {
  test.each([
    ['# Chapter one', '\\# Chapter one'],
    ['*waits*', '\\*waits\\*'],
    ['one\n\ntwo', 'one two'],
    ['> quoted', '\\> quoted'],
    ['-# small', '\\-# small'],
    ['- one', '\\- one'],
    ['<t:1700000000:R> </story start:123>', '\\<t:1700000000:R> \\</story start:123>'],
  ])('%j stand as they are: %j', (text, expected) => expect(plain(text, 100)).toBe(expected))

  test.each(['```js\ncode', '<@123456789012345678>', '<#123456789012345678>', '<:wave:123456789012345678>'])(
    '%j takes no effect',
    (text) => expect(plain(text, 100)).not.toMatch(/^(?:```|<)/),
  )

  test('never take more room than they are given', () => {
    expect(plain('*'.repeat(80), 60).length).toBeLessThanOrEqual(60)
  })
})

test('prose keeps its lines, and no mark takes effect in any of them', () => {
  expect(plainLines(' one\r\n# two\n> three\n\n*four* <@123456789012345678>')).toBe(
    'one\n\\# two\n\\> three\n\n\\*four\\* \\<@123456789012345678>',
  )
})

test('what was said out of character is small print', () => {
  expect(renderLine({ kind: 'ooc', text: '((brb)) ' }, 100)).toBe('-# ((brb))')
  expect(renderLine({ kind: 'prose', text: ' I wait.' }, 100)).toBe('I wait.')
})
