import { describe, expect, test } from 'vitest'
import { assemble } from '../../src/prompt/assemble.ts'
import { TURNS_KEPT } from '../../src/prompt/history.ts'
import { DEFAULT_BUDGET, type Part, type PlacedPart } from '../../src/prompt/part.ts'
import { emptyState } from '../../src/story/state.ts'
import { noTurn } from '../../src/story/turn.ts'
import { joining, leaving, type Stretch, summariesFor } from '../../src/turn/past.ts'
import type { KeptSummary } from '../../src/turn/ports/records.ts'
import { kept } from './kept.ts'

const { soft } = DEFAULT_BUDGET
const headAt = (number: number, left: number) => ({
  state: { ...emptyState, turn: { ...noTurn, number }, past: { left } },
})

/** A prompt for turn `now`, with turns of a length from the one after `left` on, beside what else there is. */
const promptOf = (now: number, left: number, length: number, beside: number, limit = soft) => {
  const turns = Array.from({ length: now - left - 1 }, (_, nth) => left + 1 + nth)
  const parts = turns.map(
    (turn): PlacedPart => ({
      ...{ section: 'history', tier: 'nice', text: '', audience: 'everyone', turn },
      ...{ tokens: length, isKept: true },
    }),
  )
  return { parts, tokens: beside + length * turns.length, soft: limit }
}

describe('which turns leave prompts', () => {
  test('none while there is room', () =>
    expect(leaving(headAt(12, 0), promptOf(12, 0, 300, 2000), DEFAULT_BUDGET)).toBeUndefined())

  test('the oldest when it gets tight: so many that the next ones find room', () => {
    expect(leaving(headAt(13, 0), promptOf(13, 0, 300, 1800), DEFAULT_BUDGET)).toEqual({ from: 1, to: 7 })
    expect(leaving(headAt(33, 20), promptOf(33, 20, 300, 1800), DEFAULT_BUDGET)).toEqual({ from: 21, to: 27 })
  })

  test('at most ten at once', () =>
    expect(leaving(headAt(60, 0), promptOf(60, 0, 90, 500), DEFAULT_BUDGET)).toEqual({ from: 1, to: 10 }))

  test('up to the end of a scene, where one ended among them', () => {
    const tight = promptOf(13, 0, 300, 1800)
    expect(leaving(headAt(13, 0), tight, DEFAULT_BUDGET, [2, 4, 6, 9])).toEqual({ from: 1, to: 6 })
    expect(leaving(headAt(13, 0), tight, DEFAULT_BUDGET, [2, 9])).toEqual({ from: 1, to: 7 })
  })

  test('never the last four, nor so few that it would be the same each time', () => {
    expect(leaving(headAt(9, 0), promptOf(9, 0, 900, 0), DEFAULT_BUDGET)).toEqual({ from: 1, to: 5 })
    expect(leaving(headAt(7, 0), promptOf(7, 0, 1200, 3000), DEFAULT_BUDGET)).toEqual({ from: 1, to: 3 })
    expect(leaving(headAt(6, 0), promptOf(6, 0, 1200, 3000), DEFAULT_BUDGET)).toBeUndefined()
  })

  test('when some were trimmed already, however short the rest is', () => {
    const prompt = promptOf(14, 0, 300, 500)
    const parts = prompt.parts.map((part, nth) => ({ ...part, isKept: nth > 2 }))
    expect(leaving(headAt(14, 0), { ...prompt, parts, tokens: 3500 }, DEFAULT_BUDGET)).toEqual({
      from: 1,
      to: 4,
    })
  })

  test('a model with less room counts by its own', () => {
    const prompt = promptOf(14, 0, 100, 700, 2000)
    expect(leaving(headAt(14, 0), prompt, DEFAULT_BUDGET)).toEqual({ from: 1, to: 9 })
    expect(leaving(headAt(14, 0), { ...prompt, soft }, DEFAULT_BUDGET)).toBeUndefined()
  })
})

/** A story that is played for so long, without a model: what its prompts were like, and when turns left them. */
const longStory = (turns: number, length: (turn: number) => number) => {
  const words = (count: number) => 'word'.repeat(count)
  const count = (text: string) => Math.ceil(text.length / 4)
  let summaries: KeptSummary[] = []
  const left: (Stretch & { readonly at: number })[] = []
  const sizes: number[] = []
  let trimmed = 0
  for (let now = 1; now <= turns; now += 1) {
    const since = (left.at(-1)?.to ?? 0) + 1
    const parts: Part[] = [
      { section: 'rules', tier: 'must', text: words(1100), audience: 'everyone' },
      { section: 'scene', tier: 'must', text: words(500), audience: 'everyone' },
      ...summariesFor(summaries, ['mira']).map(
        ({ body }): Part => ({ section: 'summary', tier: 'should', text: body, audience: ['mira'] }),
      ),
      ...Array.from({ length: now - since + 1 }, (_, nth): Part => {
        const turn = since + nth
        const tier = turn > now - TURNS_KEPT ? 'must' : 'nice'
        const section = turn === now ? 'line' : 'history'
        return { section, tier, turn, text: words(length(turn)), audience: 'everyone' }
      }),
    ]
    const prompt = assemble(parts, DEFAULT_BUDGET, count)
    sizes.push(prompt.tokens)
    if (prompt.parts.some(({ isKept }) => !isKept)) trimmed += 1
    const stretch = leaving(headAt(now, since - 1), prompt, DEFAULT_BUDGET)
    if (!stretch) continue
    for (const { rows } of joining(summaries)) {
      const [some = []] = rows
      const one = kept('mira', some[0]?.from ?? 0, some.at(-1)?.to ?? 0, `joined at ${now}`, 1)
      summaries = [...summaries.filter((row) => !some.includes(row)), { ...one, body: words(160) }]
    }
    summaries.push({ ...kept('mira', stretch.from, stretch.to, `at ${now}`), body: words(160) })
    summaries.sort((one, other) => one.from - other.from)
    left.push({ ...stretch, at: now })
  }
  const gaps = left.slice(1).map(({ at }, nth) => at - (left[nth]?.at ?? 0))
  const meanFrom = (from: number, to: number) =>
    sizes.slice(from, to).reduce((sum, size) => sum + size, 0) / (to - from)
  return { left, sizes, trimmed, gaps, summaries, meanFrom }
}

describe('a story of a thousand turns', () => {
  const story = longStory(1000, (turn) => 200 + ((turn * 7919) % 200))

  test('never has a prompt over its limit, and none of its turns is trimmed without a summary', () => {
    expect(Math.max(...story.sizes)).toBeLessThanOrEqual(soft)
    expect(story.trimmed).toBe(0)
  })

  test('has its prompts begin anew only every few turns', () => {
    expect(Math.min(...story.gaps)).toBeGreaterThanOrEqual(4)
    for (const { from, to, at } of story.left) {
      expect(to - from + 1).toBeLessThanOrEqual(10)
      expect(to).toBeLessThanOrEqual(at - TURNS_KEPT)
    }
  })

  test('leaves no turn out and none twice', () => {
    for (const [nth, { from }] of story.left.entries()) expect(from).toBe((story.left[nth - 1]?.to ?? 0) + 1)
    const tos = story.summaries.map(({ to }) => to)
    expect(story.summaries.map(({ from }) => from)).toEqual([1, ...tos.slice(0, -1).map((to) => to + 1)])
  })

  test('has few summaries, and prompts as long as those of a short one', () => {
    expect(story.summaries.length).toBeLessThanOrEqual(8)
    expect(story.meanFrom(900, 1000) / story.meanFrom(40, 100)).toBeLessThan(1.05)
  })
})

test('a story of long turns still begins anew only every third turn', () =>
  expect(Math.min(...longStory(200, () => 800).gaps)).toBe(3))
