import { describe, expect, test } from 'vitest'
import { assemble } from '../../src/prompt/assemble.ts'
import type { Part, Section } from '../../src/prompt/part.ts'

/** Two tokens for each time. */
const words = (times: number) => 'the tide '.repeat(times).trim()
const must = (section: Section, text: string, turn?: number): Part => ({
  ...{ section, text, tier: 'must', audience: 'everyone' },
  ...(turn === undefined ? {} : { turn }),
})
const rules = must('rules', 'Tell.')
const said = (turn: number, times: number) => must('history', `Turn ${turn}: ${words(times)}, ${turn}.`, turn)
const line = (name: string, times: number) => must('line', `${name}: ${words(times)}, said ${name}.`, 9)

const within = (hard: number, ...parts: readonly Part[]) => assemble([rules, ...parts], { soft: hard, hard })
const placed = (...of: Parameters<typeof within>) =>
  within(...of)
    .parts.slice(1)
    .map(({ text, isKept, why }) => [/^[\w ]+/u.exec(text)?.[0], isKept ? (why ?? 'whole') : 'left out'])

describe('where all that must stand in a prompt is too long', () => {
  const turns = [6, 7, 8].map((turn) => said(turn, 100))

  test('the older turns need not stand, the oldest first and no more than it takes', () => {
    expect(placed(600, ...turns, line('Ada', 60))).toEqual([
      ['Turn 6', 'left out'],
      ['Turn 7', 'whole'],
      ['Turn 8', 'whole'],
      ['Ada', 'whole'],
    ])
    expect(placed(390, ...turns, line('Ada', 60))).toEqual([
      ['Turn 6', 'left out'],
      ['Turn 7', 'left out'],
      ['Turn 8', 'whole'],
      ['Ada', 'whole'],
    ])
  })

  test('then what was said is cut in its middle, the oldest first; what was said last stands whole', () => {
    const spoken = [said(8, 100), line('Ada', 200), line('Ben', 200), line('Cid', 200)]
    expect(placed(1100, ...spoken)).toEqual([
      ['Turn 8', 'cut to fit'],
      ['Ada', 'cut to fit'],
      ['Ben', 'whole'],
      ['Cid', 'whole'],
    ])
    const [, , ada, ...others] = within(1100, ...spoken).messages
    expect(ada?.content).toMatch(/^Ada: the tide .* … .* tide, said Ada\.$/u)
    expect(others.map(({ content }) => content)).toEqual(spoken.slice(2).map(({ text }) => text))
    expect(within(1100, ...spoken).tokens).toBeGreaterThan(1050)
  })

  test('then these need not stand either, the newest of them longest', () => {
    const many = Array.from({ length: 40 }, (_, nth) => line(`Voice ${nth}`, 100))
    const prompt = within(800, said(8, 100), ...many)
    const kept = prompt.parts.filter(({ isKept }) => isKept).map(({ text }) => /\d+/u.exec(text)?.[0])
    expect(kept.slice(-3)).toEqual(['37', '38', '39'])
    expect(kept).not.toContain('0')
    expect(prompt.messages.at(-1)?.content).toBe(many.at(-1)?.text)
    expect(prompt.tokens).toBeLessThanOrEqual(800)
  })

  test('what was said last is never cut, and what is no line never gives way: that is refused', () => {
    const refused = expect.objectContaining({ code: 'prompt_too_long' })
    expect(() => within(300, said(8, 100), line('Ada', 200))).toThrow(refused)
    expect(() => within(300, must('story', words(200)), line('Ada', 5))).toThrow(refused)
  })

  test('four people with long messages in each of four turns are answered', () => {
    const post = `“${'The tide comes in and the harbour master counts the boats again, one by one. '.repeat(24)}”`
    const round = (turn: number, section: Section) =>
      ['Ada', 'Ben', 'Cid', 'Dee'].map((name) => must(section, `${name}: ${post}`, turn))
    const parts = [6, 7, 8].flatMap((turn) => round(turn, 'history'))
    const { messages, tokens } = assemble([rules, ...parts, ...parts, ...round(9, 'line')])
    expect(messages.slice(-4).map(({ content }) => content)).toEqual(
      ['Ada', 'Ben', 'Cid', 'Dee'].map((name) => `${name}: ${post}`),
    )
    expect(tokens).toBeLessThanOrEqual(8000)
  })
})

test('where it is not, nothing gives way', () => {
  const parts = [6, 7, 8].map((turn) => said(turn, 100))
  expect(placed(5000, ...parts).map(([, how]) => how)).toEqual(['whole', 'whole', 'whole'])
})
