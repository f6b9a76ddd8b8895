import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { declines, readings } from '../../src/model/json-text.ts'

describe('what a text can be read as', () => {
  test('is its JSON first, whatever stands around it', () => {
    const noBrackets = fc.string().filter((text) => !/[{}[\]]/.test(text))
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), noBrackets, noBrackets, (value, one, other) => {
        const json = JSON.stringify(value)
        expect(readings(`${one}${json}${other}`, false)[0]).toEqual(JSON.parse(json))
      }),
    )
  })
  test('is nothing where there are no brackets', () => expect(readings('The door opens.', true)).toEqual([]))
  test('is mended only when it is whole', () => {
    expect(readings('{"a": "b', true)).toEqual([{ a: 'b' }])
    expect(readings('{"a": "b', false)).toEqual([])
  })
  test('is no list out of an object that was cut off', () => {
    expect(readings('{"a": [], "b": [{"c": 1}], "d": [', false)).toEqual([])
    expect(readings('{"a": ["b"], "c": "d', true)).toEqual([{ a: ['b'], c: 'd' }])
    expect(readings('{curly} and then [1, 2]', false)).toEqual([[1, 2]])
  })
  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,\\ a1`\n') }), fc.boolean(), (text, whole) => {
        expect(Array.isArray(readings(text, whole))).toBe(true)
      }),
    )
  })
})

describe('a text that declines', () => {
  const no = [
    "I'm sorry, but I can't help with that.",
    'I am really sorry, this is too much.',
    'I cannot continue this scene.',
    'We won’t write this.',
    'As an AI, I keep away from that.',
    'That is against our guidelines.',
  ]
  for (const text of no) test(text, () => expect(declines(text)).toBe(true))
  const yes = ['The miller is sorry.', 'The place is the mill.', 'Ada can open the door.']
  for (const text of yes) test(`not: ${text}`, () => expect(declines(text)).toBe(false))
})
