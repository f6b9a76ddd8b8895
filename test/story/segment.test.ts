import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { segment, segmentAll } from '../../src/story/segment.ts'

const kinds = (message: string) => segment(message).map(({ kind, text }) => `${kind}|${text}`)

describe('a message is split by its marks', () => {
  test.each<[string, string[]]>([
    ['I open the door.', ['prose|I open the door.']],
    ['*opens the door*', ['action|*opens the door*']],
    ['_opens the door_', ['action|_opens the door_']],
    ['"Who is there?"', ['dialogue|"Who is there?"']],
    ['“Who is there?”', ['dialogue|“Who is there?”']],
    ['«Qui est là ?»', ['dialogue|«Qui est là ?»']],
    ['*opens the door* "Who is there?"', ['action|*opens the door* ', 'dialogue|"Who is there?"']],
    ['((brb))', ['ooc|((brb))']],
    ['"Wait." ((phone)) *waits*', ['dialogue|"Wait." ', 'ooc|((phone)) ', 'action|*waits*']],
    ['((one)) a ((two))', ['ooc|((one))', 'prose| a ', 'ooc|((two))']],
  ])('%s', (message, expected) => expect(kinds(message)).toEqual(expected))
})

describe('marks within marks', () => {
  test.each<[string, string[]]>([
    ['((a ((b)) c)) d', ['ooc|((a ((b)) c))', 'prose| d']],
    ['((brb (phone))) *waits*', ['ooc|((brb (phone))) ', 'action|*waits*']],
    ['(((triple)))', ['ooc|(((triple)))']],
    ['"I *really* mean it"', ['dialogue|"I *really* mean it"']],
    ['*mutters "fine" and leaves*', ['action|*mutters "fine" and leaves*']],
    ['*opens the **big** door*', ['action|*opens the **big** door*']],
    ['*waves ((lag)) and goes*', ['action|*waves ', 'ooc|((lag))', 'action| and goes*']],
    ['"Hello ((typo)) there"', ['dialogue|"Hello ', 'ooc|((typo))', 'dialogue| there"']],
  ])('%s', (message, expected) => expect(kinds(message)).toEqual(expected))
})

describe('marks that are not closed', () => {
  test.each<[string, string[]]>([
    ['fine ((brb, phone', ['prose|fine ', 'ooc|((brb, phone']],
    ['((a ((b)) c', ['ooc|((a ((b)) c']],
    ['a )) b', ['prose|a )) b']],
    ['"I was saying\nthen silence', ['dialogue|"I was saying', 'prose|\nthen silence']],
    ['*opens the door', ['prose|*opens the door']],
    ['2 * 3 * 4', ['prose|2 * 3 * 4']],
    ['**bold** words', ['prose|**bold** words']],
    ['snake_case_name', ['prose|snake_case_name']],
  ])('%s', (message, expected) => expect(kinds(message)).toEqual(expected))
})

test('the mark is a setting', () => {
  expect(segment('[[brb]] ((hm))', { open: '[[', close: ']]' }).map(({ kind }) => kind)).toEqual([
    'ooc',
    'prose',
  ])
})

test('messages that are taken as one do not reach into each other', () => {
  expect(
    segmentAll([
      { id: 'a', text: '((hm' },
      { id: 'b', text: ' ' },
      { id: 'c', text: '*draws a sword* "Who?"' },
    ]),
  ).toEqual([
    { kind: 'ooc', text: '((hm\n', source: 'a' },
    { kind: 'action', text: '*draws a sword* ', source: 'c' },
    { kind: 'dialogue', text: '"Who?"', source: 'c' },
  ])
})

test('a blank message has no segments', () => expect(segment(' \n ')).toEqual([]))

const messages = fc
  .array(fc.constantFrom('((', '))', '*', '"', '_', ' ', '\n', 'a', 'word', '“', '”', '🧶', '**'), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(''))

test('the segments of any message add up to it, and none is blank', () => {
  fc.assert(
    fc.property(messages, (message) => {
      const segments = segment(message)
      if (message.trim() !== '') expect(segments.map(({ text }) => text).join('')).toBe(message)
      for (const { text } of segments) expect(text.trim()).not.toBe('')
    }),
  )
})

test('nothing after an open out-of-character mark and before its close is put in front of a character', () => {
  fc.assert(
    fc.property(messages, messages, (before, inside) => {
      const said = inside.replaceAll('((', '').replaceAll('))', '')
      const clean = before.replaceAll('((', '').replaceAll('))', '')
      const heard = segment(`${clean} ((SECRET${said})) after`).filter(({ kind }) => kind !== 'ooc')
      expect(heard.map(({ text }) => text).join('')).not.toContain('SECRET')
    }),
  )
})
