import { describe, expect, test } from 'vitest'
import { countTokens } from '../../src/prompt/tokens.ts'
import { viewsOf } from '../../src/roles/chronicler/runs.ts'
import type { Fine } from '../../src/roles/chronicler/view.ts'
import type { Line } from '../../src/story/line.ts'
import { aLine } from '../prompt/line.ts'
import { ada, all, aMemory, jon, mira, requestFor, told } from './chronicler-scene.ts'

describe('a long scene', () => {
  const words =
    'She speaks of the tide, and of the boats that it took, and of the rope that held none of them.'
  const long = (count: number, text = words) =>
    Array.from({ length: count }, (_, nth) =>
      aLine(2 + Math.floor(nth / 2), nth % 2 === 0 ? ada : mira, `Line ${nth}. ${text}`, all),
    )
  const viewsOn = (said: readonly Line[], own: readonly Fine[] = []) =>
    viewsOf(told.head, { owner: mira, lines: said }, own, countTokens)

  test.each([
    [600, words],
    [1500, words],
    [300, '雨が降る。'.repeat(60)],
  ])('of %i lines is told in runs, each of them legible and within the limit', (count, text) => {
    const said = long(count, text)
    const own = said.map(({ id, turn }, nth) => aMemory(`m${nth}`, `${nth} ${words}`, { lines: [id], turn }))
    const views = viewsOn(said, own)
    expect(views.flatMap((each) => each.lines)).toEqual(said)
    for (const each of views) {
      const { messages } = requestFor({ view: each })
      expect(messages.reduce((sum, { content }) => sum + countTokens(content), 0)).toBeLessThanOrEqual(4000)
      const rows = messages[1]?.content.split('\n').filter((row) => row.includes(': Line')) ?? []
      expect(rows).toHaveLength(each.lines.length)
      for (const row of rows) expect(countTokens(row)).toBeGreaterThan(20)
    }
  })

  test('that is not so long is told at once', () => expect(viewsOn(long(40))).toHaveLength(1))

  test('has each memory in the run that it rests on, and where it rests on none, in that of its time', () => {
    const said = long(200)
    const at = (nth: number) => said[nth]?.id ?? ''
    const own = [
      aMemory('first', 'Rain.', { lines: [at(0)], turn: 90 }),
      aMemory('last', 'Sun.', { lines: [at(0), at(199)], turn: 90 }),
      aMemory('by hand', 'Fog.', { lines: [], turn: 2 }),
      aMemory('after it', 'Snow.', { lines: ['old'], turn: 900 }),
    ]
    const views = viewsOn(said, own)
    expect(views.length).toBeGreaterThan(2)
    const named = views.map(({ memories: some }) => some.map(({ memory }) => memory))
    expect([named[0], named.at(-1)]).toEqual([
      ['first', 'by hand'],
      ['last', 'after it'],
    ])
    expect(named.slice(1, -1).flat()).toEqual([])
  })

  test('is asked about each whom they met with the last run in which they did', () => {
    const said = [...long(100), aLine(60, jon, '"Ho."', all), ...long(100)]
    const met = viewsOn(said).map((each) => each.met.map(({ entity }) => entity))
    expect(met.flat().toSorted()).toEqual([jon, ada].toSorted())
    expect(met.at(-1)).toEqual([ada])
  })
})
