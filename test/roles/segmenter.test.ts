import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  needsSegmenter,
  type SegmenterProposal,
  segmenterRequest,
  segmentsFrom,
} from '../../src/roles/segmenter.ts'
import { segment } from '../../src/story/segment.ts'

type Piece = SegmenterProposal['segments'][number]
const piece = (kind: Piece['kind'], text: string): Piece => ({ kind, text })

describe('a model is asked', () => {
  test.each([
    ['I open the door and ask who is there.', true],
    ['I open the door. "Who is there?"', false],
    ['*opens the door*', false],
    ['I open the door. ((brb))', false],
    ['', false],
  ])('about %j: %s', (message, asked) => expect(needsSegmenter(segment(message))).toBe(asked))

  test('with room for the whole message in its answer', () => {
    const text = '他走进厨房。'.repeat(100)
    const request = segmenterRequest(text, 'Split it.', 'Lines: none.')
    expect(request.messages.map(({ content }) => content)).toEqual(['Split it.\n\nLines: none.', text])
    expect(request.maxTokens).toBeGreaterThan(text.length)
  })

  test('and can never call anything out of character', () => {
    const { schema } = segmenterRequest('Hm', '', '')
    expect(schema.safeParse({ segments: [{ kind: 'prose', text: 'Hm' }] }).success).toBe(true)
    expect(schema.safeParse({ segments: [{ kind: 'ooc', text: 'Hm' }] }).success).toBe(false)
  })
})

describe('the pieces', () => {
  const message = '\nI open the door,  carefully.\nWho is there, I ask.\n'

  test('get the blanks of the message back', () =>
    expect(
      segmentsFrom(
        {
          segments: [
            piece('action', 'I open the door, carefully. '),
            piece('dialogue', 'Who is there, I ask.'),
          ],
        },
        message,
      ),
    ).toEqual([
      { kind: 'action', text: '\nI open the door,  carefully.\n' },
      { kind: 'dialogue', text: 'Who is there, I ask.\n' },
    ]))

  test('are one where neighbours are of one kind', () =>
    expect(
      segmentsFrom(
        { segments: [piece('action', 'I open '), piece('prose', ' '), piece('action', 'it.')] },
        'I open it.',
      ),
    ).toEqual([{ kind: 'action', text: 'I open it.' }]))

  test.each<[string, Piece[]]>([
    ['something is missing', [piece('action', 'I open the door, carefully.')]],
    ['something is added', [piece('action', `${message} And wait.`)]],
    ['a letter is changed', [piece('action', message.replace('door', 'Door'))]],
    ['marks are added', [piece('dialogue', `"${message}"`)]],
    [
      'their order is another',
      [piece('action', 'Who is there, I ask.'), piece('prose', 'I open the door, carefully.')],
    ],
    ['there are none', []],
  ])('do not count where %s', (_what, segments) =>
    expect(segmentsFrom({ segments }, message)).toBeUndefined(),
  )

  test('do not count where a letter is torn apart', () =>
    expect(
      segmentsFrom({ segments: [piece('action', '\ud83e'), piece('prose', '\udde4')] }, '\ud83e\udde4'),
    ).toBeUndefined())

  test('of any message, cut anywhere, add up to it, and none is blank', () => {
    const texts = fc.array(fc.constantFrom(' ', '\n', 'a', 'word', '🧶', '。', '\u00a0'), { minLength: 1 })
    const cuts = fc.array(fc.tuple(texts, fc.constantFrom('dialogue', 'action', 'prose')), { minLength: 1 })
    fc.assert(
      fc.property(cuts, (pieces) => {
        const text = pieces.map(([some]) => some.join('')).join('')
        fc.pre(text.trim() !== '')
        const proposed = pieces.map(([some, kind]) => piece(kind, some.join('').trim()))
        const segments = segmentsFrom({ segments: proposed }, text) ?? []
        expect(segments.map((each) => each.text).join('')).toBe(text)
        for (const each of segments) expect(each.text.trim()).not.toBe('')
      }),
    )
  })
})
