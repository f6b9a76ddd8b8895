import { describe, expect, test } from 'vitest'
import { assemble } from '../../src/prompt/assemble.ts'
import { historyFor, type TurnMessages } from '../../src/prompt/history.ts'
import { tokensInMessage } from '../../src/prompt/tokens.ts'
import type { Line } from '../../src/story/line.ts'

const turnOf = (turn: number, words: number): TurnMessages => ({
  turn,
  messages: [{ role: 'user', content: Array.from({ length: words }, () => 'word').join(' ') }],
})
const turns = (count: number, words: number) =>
  Array.from({ length: count }, (_, index) => turnOf(index + 1, words))
const cost = (messages: readonly { content: string }[]) =>
  messages.reduce((sum, message) => sum + tokensInMessage(message), 0)

describe('a prompt', () => {
  test('holds the system message, the history and the closing, in this order', () => {
    const prompt = assemble('You are.', turns(2, 1), [{ role: 'user', content: 'Begin.' }])
    expect(prompt.map(({ content }) => content)).toEqual(['You are.', 'word', 'word', 'Begin.'])
  })

  test('drops the oldest turns first, and stays within the soft budget', () => {
    const history = turns(30, 100).map(({ turn }) => ({
      turn,
      messages: [{ role: 'user', content: `${turn} ${'word '.repeat(100)}` } as const],
    }))
    const prompt = assemble('You are.', history, [], { soft: 1000, hard: 2000 })
    expect(cost(prompt)).toBeLessThanOrEqual(1000)
    expect(prompt.at(-1)?.content).toMatch(/^30 /)
    const kept = prompt.slice(1).map(({ content }) => Number.parseInt(content, 10))
    expect(kept).toEqual(kept.toSorted((a, b) => a - b))
  })

  test('keeps the last four turns even over the soft budget', () => {
    const prompt = assemble('You are.', turns(10, 100), [], { soft: 50, hard: 2000 })
    expect(prompt).toHaveLength(5)
  })

  test('is refused when what it must hold is over the hard budget, naming what to shorten', () => {
    expect(() => assemble('You are.', turns(4, 1000), [], { soft: 50, hard: 500 })).toThrow(
      expect.objectContaining({
        code: 'prompt_too_long',
        details: expect.objectContaining({ longest: 'newest_turns' }),
      }),
    )
    expect(() => assemble('word '.repeat(1000), turns(1, 1), [], { soft: 50, hard: 500 })).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ longest: 'premise_and_cast' }) }),
    )
  })
})

describe('the history of one entity', () => {
  const line = (turn: number, speaker: string, text: string, witnesses: string[]): Line => ({
    id: text,
    turn,
    place: 0,
    source: null,
    speaker,
    kind: 'prose',
    text,
    witnesses,
  })
  const lines = [
    line(1, 'narrator', 'Rain.', ['narrator', 'mira', 'ada']),
    line(2, 'ada', '*knocks* ', ['narrator', 'mira', 'ada']),
    line(2, 'ada', '"Mira?"', ['narrator', 'mira', 'ada']),
    line(2, 'mira', '"Go away."', ['narrator', 'mira', 'ada']),
    line(3, 'ada', '*hides the key*', ['narrator', 'ada']),
    line(3, 'narrator', 'Nobody sees.', ['narrator', 'ada']),
  ]
  const names: Record<string, string> = { narrator: 'Narrator', mira: 'Mira', ada: 'Ada' }
  const history = (entity: string) =>
    historyFor(entity, lines, (id) => names[id] ?? '').map(({ turn, messages }) => [
      turn,
      ...messages.map(({ role, content }) => `${role}: ${content}`),
    ])

  test('has its own lines as the assistant’s and all others’ under their names', () => {
    expect(history('mira').slice(0, 2)).toEqual([
      [1, 'user: Narrator: Rain.'],
      [2, 'user: Ada: *knocks* "Mira?"', 'assistant: "Go away."'],
    ])
  })

  test('holds nothing that the entity did not witness', () => {
    expect(JSON.stringify(history('mira'))).not.toMatch(/key|Nobody/)
    expect(history('narrator')).toHaveLength(3)
  })
})
