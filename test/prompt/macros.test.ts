import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockValues, expand } from '../../src/prompt/macros.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { emptyState } from '../../src/story/state.ts'

const values = { char: 'Mira', user: 'Ada', persona: 'a smuggler', scenario: '', time: '18:05' }

describe('a macro becomes its value', () => {
  test.each([
    ['You are {{char}}; {{user}} is {{persona}}.', 'You are Mira; Ada is a smuggler.'],
    ['{{Char}} {{ CHAR }} {{bot}}', 'Mira Mira Mira'],
    ['<USER>, <BOT>, <char>', 'Ada, Mira, Mira'],
    ['[{{scenario}}]', '[]'],
    ['It is {{time}}.', 'It is 18:05.'],
    ['a{{newline}}b{{space}}c{{noop}}d', 'a\nb cd'],
    ['a{{// not {for} the model\nnor this }}b{{comment: nor that}}c', 'abc'],
    ['a\n\n{{trim}}\n\r\nb', 'ab'],
    ['{{trim}}\na\n{{trim}}', 'a'],
    ['{{user}}\n{{trim}}\n{{char}}', 'AdaMira'],
    ['built in {{original}}', 'built in '],
  ])('%j becomes %j', (template, text) => expect(expand(template, values)).toBe(text))
})

describe('what means nothing to us stays as it is written', () => {
  test.each([
    '{{lastMessage}}',
    '{{weather}}',
    '{{constructor}}',
    '{{char',
    'char}}',
    '{{}}',
    '{{if char}}',
    '{{user: x}}',
    '{{random}}',
    '{{roll:0d6}}',
    '{{roll:999d6}}',
    '{{roll:many}}',
    '<em>',
    '<GROUP>',
  ])('%s', (template) => expect(expand(template, values)).toBe(template))
})

describe('a value is never expanded', () => {
  test('so a name that is a macro stays a name', () => {
    expect(expand('{{char}} and {{user}}', { char: '{{user}}', user: '<CHAR>' })).toBe('{{user}} and <CHAR>')
  })

  test('nor can two values make a macro together', () => {
    expect(expand('{{char}}{{user}}', { char: '{{ti', user: 'me}}', time: 'now' })).toBe('{{time}}')
  })

  test('nor does a macro within another count', () => {
    expect(expand('{{random:{{char}}}}', values)).toBe('{{random:Mira}}')
  })

  test('and trimming takes nothing of it', () => {
    expect(expand('{{char}}{{trim}}{{user}}', { char: 'a\n', user: '\nb' })).toBe('a\n\nb')
  })
})

describe('chance', () => {
  const ofMany = (template: string) =>
    new Set(Array.from({ length: 200 }, (_, seed) => expand(template, values, `story ${seed}`)))

  test('follows from the seed and the place, so a prompt stays the same from turn to turn', () => {
    const template = '{{random:a,b,c,d}}{{pick:a,b,c,d}}{{roll:3d6}}{{random:a,b,c,d}}'
    expect(expand(template, values, 'story 7')).toBe(expand(template, values, 'story 7'))
    expect(ofMany(template).size).toBeGreaterThan(50)
  })

  test('two places choose each on its own', () => {
    expect(ofMany('{{pick:a,b}}{{pick:a,b}}')).toEqual(new Set(['aa', 'ab', 'ba', 'bb']))
  })

  test.each([
    ['{{random:a, b ,c}}', ['a', 'b', 'c']],
    ['{{pick::a,b::c}}', ['a,b', 'c']],
    ['{{random:one\\, two,three}}', ['one, two', 'three']],
    ['{{roll:d4}}', ['1', '2', '3', '4']],
    ['{{roll 2d2+10}}', ['12', '13', '14']],
    ['{{roll:3}}', ['1', '2', '3']],
  ])('%s is each of %j in some story', (template, outcomes) =>
    expect([...ofMany(template)].sort()).toEqual(outcomes.sort()),
  )
})

test('a text without braces and brackets is unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const plain = text.replaceAll('{{', '').replaceAll('<', '')
      expect(expand(plain, values)).toBe(plain)
    }),
  )
})

test('values come out as they are, whatever they hold', () => {
  const awkward = fc.array(fc.constantFrom('{{', '}}', 'char', 'user', '<USER>', '$&', '\\', '\n', '🧶', 'a'))
  fc.assert(
    fc.property(awkward, awkward, (one, other) => {
      const [char, user] = [one.join(''), other.join('')]
      expect(expand('a{{char}}b{{user}}c{{char}}', { char, user })).toBe(`a${char}b${user}c${char}`)
    }),
  )
})

test('a template that is made to be slow is not', () => {
  const hostile = ['{{', '{', '{ {', '{{random:', '{{trim}}\n', '\n', '{{// ', '<user', '}}{{']
  for (const piece of hostile) {
    const template = piece.repeat(50_000)
    const begun = performance.now()
    expand(template, values)
    expect(performance.now() - begun).toBeLessThan(2_000)
  }
})

test('times and dates are those of the story', () => {
  const head = {
    ...{ ref: { story: 's', branch: ROOT_BRANCH }, strand: 1, seq: 1 },
    state: { ...emptyState, clock: { minutes: 1440 + 18 * 60 + 5, anchor: 'a', weather: 'rain' } },
    words: new Map([['a', 'Midsummer']]),
  }
  expect(expand('{{date}}, {{time}}, {{weather}}', clockValues(head))).toBe(
    'day 2 (day 1: Midsummer), 18:05, rain',
  )
})
