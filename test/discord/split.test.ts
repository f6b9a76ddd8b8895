import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MESSAGE_LIMIT, type Piece, pieces, type Reserved, split } from '../../src/discord/split.ts'

const LIMIT = 120

const word = fc.stringMatching(/^[a-z]{1,9}$/)
const sentence = fc
  .tuple(fc.array(word, { minLength: 1, maxLength: 12 }), fc.constantFrom('.', '!', '?', '…', '."', '.*', ''))
  .map(([words, end]) => words.join(' ') + end)
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((all) => all.join(' '))
const code = fc
  .tuple(
    fc.constantFrom('', 'ts', 'c++', 'objective-c'),
    fc.array(fc.tuple(fc.nat(6), word), { minLength: 1, maxLength: 20 }),
  )
  .map(([language, lines]) => {
    const body = lines.map(([indent, name]) => `${' '.repeat(indent)}${name}()`).join('\n')
    return `\`\`\`${language}\n${body}\n\`\`\``
  })
const prose = fc
  .array(fc.oneof({ weight: 3, arbitrary: paragraph }, { weight: 1, arbitrary: code }), { maxLength: 6 })
  .map((all) => all.join('\n\n'))

/** Letters of every kind that is made of several units, spaces that join on to them, and stray fences. */
const wild = fc
  .array(
    fc.constantFrom(
      ...[
        'a',
        'é',
        'e\u0301',
        '👩‍👩‍👧',
        '🇩🇪',
        '👍🏽',
        '字',
        '。',
        ' ',
        '\n',
        '\r\n',
        '\n\n',
        ' \u0301',
        '\u0600',
      ],
      ...['`', '``', '```', '```js\n', 'क्षि', '\uFEFF', '.', '*', '"', '\t'],
    ),
    { maxLength: 300 },
  )
  .map((all) => all.join(''))
const anything = fc.oneof(prose, wild, fc.string({ unit: 'binary', maxLength: 400 }))

const reserved: fc.Arbitrary<Reserved> = fc.record(
  { first: fc.nat(20), last: fc.nat(30) },
  { requiredKeys: [] },
)
const render = (text: string, piece: Piece): string =>
  piece.open + text.slice(piece.from, piece.to) + piece.close
const isBlank = (text: string): boolean => text.trim() === ''

describe('split', () => {
  it('leaves a short text whole', () => {
    expect(split('The rain had stopped.')).toEqual(['The rain had stopped.'])
    expect(split('a'.repeat(MESSAGE_LIMIT))).toHaveLength(1)
    expect(split('a'.repeat(MESSAGE_LIMIT + 1))).toHaveLength(2)
  })

  it('makes nothing of nothing', () => {
    expect(split('')).toEqual([])
    expect(split(' \n\t\n ')).toEqual([])
  })

  it.each([
    ['paragraph', `${'One. '.repeat(12)}\n\n${'Two. '.repeat(12)}`, `${'One. '.repeat(12).trim()}`],
    ['sentence', `${'word '.repeat(16)}end. ${'more '.repeat(16)}`, `${'word '.repeat(16)}end.`],
    [
      'sentence in a quotation',
      `${'word '.repeat(16)}"end." ${'more '.repeat(16)}`,
      `${'word '.repeat(16)}"end."`,
    ],
    ['wide sentence', `${'字'.repeat(90)}。${'字'.repeat(90)}`, `${'字'.repeat(90)}。`],
    ['line', `${'word '.repeat(16)}end\n${'more '.repeat(16)}`, `${'word '.repeat(16)}end`],
    ['word', 'abcd '.repeat(40), 'abcd '.repeat(23).trim()],
    ['grapheme', '👩‍👩‍👧'.repeat(20), '👩‍👩‍👧'.repeat(14)],
  ])('prefers to cut at the end of a %s', (_kind, text, first) => {
    expect(split(text, LIMIT)[0]).toBe(first)
  })

  it('closes a code block that it cuts, and opens it again with its language', () => {
    const lines = Array.from({ length: 12 }, (_, n) => `  line(${n}) // of code`).join('\n')
    expect(split(`Look:\n\`\`\`ts\n${lines}\n\`\`\`\nDone.`, LIMIT)).toEqual([
      'Look:\n```ts\n  line(0) // of code\n  line(1) // of code\n  line(2) // of code\n  line(3) // of code\n```',
      '```ts\n  line(4) // of code\n  line(5) // of code\n  line(6) // of code\n  line(7) // of code\n  line(8) // of code\n```',
      '```ts\n  line(9) // of code\n  line(10) // of code\n  line(11) // of code\n```\nDone.',
    ])
  })

  it('opens no empty block when the text closes it just at the cut', () => {
    const first = `\`\`\`js\n${'x'.repeat(LIMIT - 11)}\n\`\`\``
    expect(split(`${first}\nAfter the code.`, LIMIT)).toEqual([first, 'After the code.'])
  })

  it('closes a block that is still being written', () => {
    expect(split('Look:\n```ts\nconst a')).toEqual(['Look:\n```ts\nconst a\n```'])
    expect(split('Look:\n```ts')).toEqual(['Look:\n```ts'])
  })

  it('keeps room for what is put before and after', () => {
    const text = 'abcd '.repeat(24).trim()
    expect(text.length).toBe(119)
    expect(split(text, LIMIT)).toHaveLength(1)
    expect(split(text, LIMIT, { first: 10 }).map((part) => part.length)).toEqual([104, 14])
    expect(split(text, LIMIT, { last: 10 }).map((part) => part.length)).toEqual([104, 14])
  })

  it('never goes over the limit, never makes a blank part, never loses more than white space', () => {
    fc.assert(
      fc.property(anything, reserved, (text, room) => {
        const all = pieces(text, LIMIT, room)
        let at = 0
        for (const [index, piece] of all.entries()) {
          const before = index === 0 ? (room.first ?? 0) : 0
          const after = index === all.length - 1 ? (room.last ?? 0) : 0
          expect(before + render(text, piece).length + after).toBeLessThanOrEqual(LIMIT)
          expect(isBlank(text.slice(piece.from, piece.to))).toBe(false)
          expect(isBlank(text.slice(at, piece.from))).toBe(true)
          at = piece.to
        }
        expect(isBlank(text.slice(at))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('cuts between graphemes', () => {
    fc.assert(
      fc.property(fc.oneof(prose, wild), (text) => {
        const starts = new Set(Array.from(new Intl.Segmenter('en').segment(text), (part) => part.index))
        const all = pieces(text, LIMIT)
        for (const piece of all) expect(starts.has(piece.from)).toBe(true)
        for (const piece of all.slice(0, -1)) expect(starts.has(piece.to)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves every part with its fences in pairs', () => {
    fc.assert(
      fc.property(prose, (text) => {
        for (const part of split(text, LIMIT)) expect(part.match(/```/g)?.length ?? 0).toSatisfy(isEven)
      }),
      { numRuns: 2000 },
    )
  })

  it('cuts nothing anew when the text grows', () => {
    fc.assert(
      fc.property(anything, fc.nat(), reserved, (text, seed, { first = 0 }) => {
        const early = split(text.slice(0, seed % (text.length + 1)), LIMIT, { first })
        expect(split(text, LIMIT, { first }).slice(0, Math.max(0, early.length - 1))).toEqual(
          early.slice(0, -1),
        )
      }),
      { numRuns: 5000 },
    )
  })

  it('with room kept after the last part, changes the last two parts at most', () => {
    fc.assert(
      fc.property(anything, fc.nat(30), (text, last) => {
        const plain = split(text, LIMIT)
        const ended = split(text, LIMIT, { last })
        const kept = Math.max(0, plain.length - 2)
        expect(ended.slice(0, kept)).toEqual(plain.slice(0, kept))
        expect(ended.length - plain.length).toBeLessThanOrEqual(1)
      }),
    )
  })
})

const isEven = (count: number): boolean => count % 2 === 0
