import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answerFilter } from '../../src/model/reasoning.ts'

const read = (...pieces: string[]): string => {
  const filter = answerFilter()
  return pieces.map(filter).join('')
}

/** Cuts a text at any places. */
const cut = (text: string, at: readonly number[]): string[] => {
  const places = [0, ...at.map((each) => each % (text.length + 1)), text.length].sort((a, b) => a - b)
  return places.slice(1).map((end, index) => text.slice(places[index], end))
}

describe('what of a stream is answer', () => {
  const cases: [name: string, pieces: string[], answer: string][] = [
    ['text without tags', ['The door', ' opens.'], 'The door opens.'],
    ['a block before the text', ['<think>Who?</think>The door.'], 'The door.'],
    ['white space before the block and the text', ['\n <think>\nWho?\n</think>\n\nThe door.\n'], 'The door.'],
    ['tags split over pieces', ['<th', 'ink>no</th', 'ink>', 'Yes.'], 'Yes.'],
    ['two blocks', ['<think>a</think><think>b</think>Yes.'], 'Yes.'],
    ['another name', ['<thinking>a</thinking>Yes.'], 'Yes.'],
    ['capitals', ['<THINK>a</Think>Yes.'], 'Yes.'],
    ['a block that is never closed', ['<think>The door', ' opens.'], ''],
    ['half an opening tag at the end', ['<thi'], ''],
    ['a tag later on is text', ['Yes. <think>no</think>'], 'Yes. <think>no</think>'],
    ['an angle bracket at the start is text', ['<3 Ada'], '<3 Ada'],
    ['a word that begins like a tag', ['<thinking about it>'], '<thinking about it>'],
    ['only white space', [' \n', '\n'], ''],
    ['white space between words', ['a ', ' ', ' b'], 'a   b'],
  ]
  for (const [name, pieces, answer] of cases) {
    test(name, () => expect(read(...pieces)).toBe(answer))
  }

  test('does not depend on where the stream is cut', () => {
    const inside = fc.string().filter((text) => !/<\/?th/i.test(text))
    const tag = fc.constantFrom('think', 'thinking', 'reasoning')
    fc.assert(
      fc.property(tag, inside, fc.string(), fc.array(fc.nat()), (name, thought, text, at) => {
        const answer = `.${text}`
        const stream = `\n<${name}>${thought}</${name}>\n${answer}`
        expect(read(...cut(stream, at))).toBe(answer.trim())
      }),
    )
  })

  test('text without an opening tag is kept as it is, but for its ends', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.nat()), (text, at) => {
        fc.pre(!text.trimStart().startsWith('<'))
        expect(read(...cut(text, at))).toBe(text.trim())
      }),
    )
  })
})
