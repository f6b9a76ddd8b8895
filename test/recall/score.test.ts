import { describe, expect, test } from 'vitest'
import { alikeAmong } from '../../src/recall/alike.ts'
import { counting, measureFor } from '../../src/recall/corpus.ts'
import { WEIGHTS } from '../../src/recall/score.ts'
import { aRow, aScene, asking, havingOf, idsOf, ranked, signalsFor } from './given.ts'

const LAMP = asking('The lamp?')

describe('the words that a memory shares with what is asked', () => {
  const measure = measureFor(asking('lamp and salt'), {
    ...{ memories: 100, stems: 1000 },
    holding: new Map([
      ['lamp', 50],
      ['salt', 1],
    ]),
  })

  test('count by how rare they are: all of them are about 1 together', () => {
    const [lamp, salt] = [measure.share([1, 0], 10), measure.share([0, 1], 10)]
    expect(lamp).toBeLessThan(salt)
    expect(lamp + salt).toBeCloseTo(1)
    expect(measure.share([1, 1], 10)).toBeCloseTo(1)
    expect(measure.share([0, 0], 10)).toBe(0)
  })

  test('count more where they stand again and again, with less for each, and less in more words', () => {
    const [once, twice, often] = [1, 2, 50].map((count) => measure.share([0, count], 10))
    expect(once).toBeLessThan(twice ?? 0)
    expect(twice).toBeLessThan(often ?? 0)
    expect(often).toBeLessThan(2.2 * (once ?? 0))
    expect(measure.share([0, 1], 40)).toBeLessThan(once ?? 0)
  })

  test('count for next to nothing where all memories have them, and never against one', () => {
    const everywhere = measureFor(LAMP, { memories: 3, stems: 30, holding: new Map([['lamp', 9]]) })
    expect(everywhere.rarity('lamp')).toBeGreaterThanOrEqual(0)
    expect(everywhere.rarity('lamp')).toBeLessThan(0.1)
  })

  test('are counted once for each memory, with how much of it tells and asks', () => {
    const row = counting(measure)(aRow(1, 'Is the lamp lit? The lamp is. Salt. Who?'))
    expect(row.counts).toEqual([2, 1])
    expect([row.length, row.telling, row.asking]).toEqual([9, 4, 0.5])
  })
})

describe('what speaks for a memory', () => {
  test('is what it says of what is asked: the more of it, the more', () => {
    const question = asking('the lamp and the salt')
    const own = (body: string) =>
      signalsFor(question, [aRow(1, body), aRow(2, 'Salt.'), aRow(3, 'A lamp.'), aRow(4, 'Fog.')]).own
    expect(own('Rope.')).toBe(0)
    expect(own('A lamp.')).toBeGreaterThan(0)
    expect(own('A lamp of salt.')).toBeGreaterThan(own('A lamp.'))
  })

  test('is what stands around it in its scene, and nothing of another scene', () => {
    const next = aScene('Rope.', 'The lamp broke.')
    const { around, own, after, before } = signalsFor(LAMP, next)
    expect(own).toBe(0)
    expect(around).toBeGreaterThan(0)
    expect(after).toBeGreaterThan(0)
    expect(before).toBe(0)
    const apart = next.map((row, at) => ({ ...row, scene: `scene ${at}` }))
    expect(signalsFor(LAMP, apart)).toMatchObject({ around: 0, after: 0, before: 0 })
  })

  test('is a question just before it: what answers often has none of its words', () => {
    const answerTo = (body: string) => {
      const [first, second] = aScene(body, 'Jon did.')
      return signalsFor(LAMP, second && first ? [second, first] : []).before
    }
    expect(answerTo('Who lit the lamp?')).toBeCloseTo(2 * answerTo('He lit the lamp.'))
    expect(answerTo('Rope.')).toBe(0)
  })

  test('is the scene that has most of it', () => {
    const rows = [
      aRow(1, 'Rope.', { scene: 'scene 1' }),
      aRow(2, 'The lamp, the lamp!', { scene: 'scene 1' }),
      aRow(3, 'A lamp.', { scene: 'scene 2' }),
      aRow(4, 'Fog.', { scene: 'scene 3' }),
    ]
    const sceneOf = (id: number) =>
      signalsFor(LAMP, [...rows.filter((row) => row.id === id), ...rows.filter((row) => row.id !== id)]).scene
    expect(sceneOf(1)).toBe(1)
    expect(sceneOf(3)).toBeGreaterThan(0)
    expect(sceneOf(3)).toBeLessThan(1)
    expect(sceneOf(4)).toBe(0)
  })

  test('are words side by side, with at most a few between them', () => {
    const question = asking('the red door')
    const phrase = (body: string) => signalsFor(question, [aRow(1, body), aRow(2, 'Fog.')]).phrase
    expect(phrase('A red door.')).toBeGreaterThan(0)
    expect(phrase('A red, old door.')).toBeGreaterThan(0)
    expect(phrase('A door that is red.')).toBe(0)
    expect(phrase('The red lamp hung over the old door.')).toBe(0)
  })

  test('are words that are nearly those of the question, and only where it lacks those', () => {
    const question = asking('the teacher')
    const alike = (body: string) => signalsFor(question, [aRow(1, body), aRow(2, 'Fog.')]).alike
    expect(alike('She teaches.')).toBeGreaterThan(0)
    expect(alike('A teacher, teaching.')).toBe(0)
    expect(alike('A tea.')).toBe(0)
  })

  test('is that it is by someone who is named, the less of several', () => {
    const cast = [
      { entity: 'mira', name: 'Mira' },
      { entity: 'jon', name: 'Jon' },
    ]
    const rows = [aRow(1, 'A lamp.', { speakers: ['jon'] })]
    expect(signalsFor(asking('Jon’s lamp', { cast }), rows).speaker).toBe(1)
    expect(signalsFor(asking('Jon’s and Mira’s lamp', { cast }), rows).speaker).toBe(0.5)
    expect(signalsFor(asking('Mira’s lamp', { cast }), rows).speaker).toBe(0)
  })

  test('is that it has what answers, and that it is of the time that is meant', () => {
    const now = { minutes: 5 * 1440, anchor: undefined }
    const question = asking('When did the lamp break? Yesterday?', { now })
    expect(signalsFor(question, [aRow(1, 'At dawn.', { minutes: 4 * 1440 })])).toMatchObject({
      ...{ answer: 1, time: 1 },
    })
    expect(signalsFor(question, [aRow(1, 'It broke.', { minutes: 0 })])).toMatchObject({ answer: 0, time: 0 })
  })

  test('is how much it says, how little it asks, how much it matters and how new it is', () => {
    const full = signalsFor(LAMP, [
      aRow(
        1,
        'Smugglers buried seven barrels beneath broken stairs behind Harrow chapel, near dead oaks, Tuesday night; twelve riders watched.',
      ),
    ])
    expect(full).toMatchObject({ content: 1, question: 0 })
    const slight = signalsFor(LAMP, [aRow(1, 'What? Why? So.')])
    expect(slight.content).toBe(0)
    expect(slight.question).toBeCloseTo(2 / 3)
    const significance = [0, 3].map((value) =>
      signalsFor(LAMP, [aRow(1, 'A lamp.', { significance: value })]),
    )
    expect(significance.map((signals) => signals.significance)).toEqual([0, 1])
    const recency = [101, 51, 1].map((now) => signalsFor(LAMP, [aRow(1, 'A lamp.')], now).recency)
    expect(recency).toEqual([1 / 3, 1 / 2, 1])
  })

  test('is never a number that is none, and never more than twice all that is asked', () => {
    const rows = aScene('Lamp lamp lamp?', 'Lamp!', 'lamp lamp lamp lamp lamp lamp lamp lamp')
    for (const value of Object.values(signalsFor(LAMP, rows, 0))) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThan(2.5)
    }
  })
})

describe('words that are nearly the same', () => {
  const alike = alikeAmong(['teacher', 'lighthous', 'tea', 'fog'])

  test('begin alike and have most in common', () => {
    expect(alike('teach')).toMatchObject([{ term: 0 }])
    expect(alike('lighthuos')).toMatchObject([{ term: 1 }])
    for (const { dice } of alike('teach')) expect(dice).toBeGreaterThanOrEqual(0.5)
  })

  test('are none that are the same, too short, or begin otherwise', () => {
    for (const stem of ['teacher', 'tea', 'fo', '', 'preacher', 'lime'])
      expect([stem, alike(stem)]).toEqual([stem, []])
  })
})

describe('memories by how well they fit', () => {
  test('have first what shares most with what is asked, with the words that spoke for it', () => {
    const rows = [aRow(1, 'Fog.'), aRow(2, 'Salt and lamps.'), aRow(3, 'The lamp.'), aRow(4, 'Rope.')]
    const all = ranked(asking('lamps and salt'), rows)
    expect(idsOf(all).slice(0, 2)).toEqual([2, 3])
    expect(all.map(({ cues }) => cues).slice(0, 2)).toEqual([['lamp', 'salt'], ['lamp']])
  })

  test('have only those among them that are to be scored: the others are what surrounds these', () => {
    const rows = aScene('Rope.', 'The lamp.')
    const [first] = rows
    expect(idsOf(ranked(LAMP, first ? [first] : []))).toEqual([1])
  })

  test('have the newer one first where nothing else tells them apart, in whatever order they come', () => {
    const rows = Array.from({ length: 9 }, (_, nth) => aRow(nth + 1, 'The lamp.', { scene: 'one' }))
    const newest = [9, 8, 7, 6, 5, 4, 3, 2, 1]
    expect(idsOf(ranked(LAMP, rows))).toEqual(newest)
    expect(idsOf(ranked(LAMP, rows.toReversed()))).toEqual(newest)
  })

  test('have what a further signal speaks for, by its weight', () => {
    const rows = [aRow(1, 'The lamp.'), aRow(2, 'The lamp.'), aRow(3, 'Fog.')]
    const further = (weight: number) => ({ weight, of: new Map([[3, 1]]) })
    expect(idsOf(ranked(LAMP, rows))).toEqual([2, 1, 3])
    expect(idsOf(ranked(LAMP, rows, { further: further(9) }))).toEqual([3, 2, 1])
    expect(idsOf(ranked(LAMP, rows, { further: further(0) }))).toEqual([2, 1, 3])
  })

  test('have a little for what the best of them have in common beside what was asked', () => {
    const company = [aRow(1, 'The lamp, and a raven.'), aRow(2, 'Lamp: a raven, too.')]
    const rows = [...company, aRow(3, 'A raven.'), aRow(4, 'A heron.')]
    const order = idsOf(ranked(LAMP, rows))
    expect(order.indexOf(3)).toBeLessThan(order.indexOf(4))
  })

  test('are none where there are none', () => expect(ranked(LAMP, [])).toEqual([]))

  test('hang on no word that is counted nowhere', () => {
    const rows = [aRow(1, 'The lamp.')]
    const [scored] = ranked(LAMP, rows, { having: { memories: 0, stems: 0, holding: new Map() } })
    expect(scored?.score).toBeGreaterThan(0)
    expect(Number.isFinite(scored?.score)).toBe(true)
  })
})

test('only what asks speaks against a memory', () => {
  const against = Object.entries(WEIGHTS).filter(([, weight]) => weight <= 0)
  expect(against.map(([name]) => name)).toEqual(['question'])
})

test('the same memories count the same for an owner who has all of them ten times as often', () => {
  const rows = [aRow(1, 'Salt.'), aRow(2, 'A lamp.'), aRow(3, 'Fog.')]
  const question = asking('lamp')
  expect(idsOf(ranked(question, rows, { having: havingOf(rows, 10) }))).toEqual(idsOf(ranked(question, rows)))
})
