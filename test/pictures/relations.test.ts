import { describe, expect, test } from 'vitest'
import { ALT_TEXT_LIMIT } from '../../src/pictures/branch-tree.ts'
import { drawGraph, graphToSvg } from '../../src/pictures/graph.ts'
import {
  DRAWN,
  type DrawnFeeling,
  type DrawnPerson,
  relationWeb,
  strongest,
  webAltText,
} from '../../src/pictures/relations.ts'
import { SIDE_LIMIT } from '../../src/pictures/svg.ts'
import { countOf, pixelsOf, sizeOf } from './pixels.ts'

const words = {
  mark: (affinity: number, trust: number) => `${affinity} / ${trust}`,
  felt: (from: string, to: string, affinity: number, trust: number) =>
    `${from} to ${to}: ${affinity}, ${trust}`,
  away: 'away',
  you: 'you',
}
const person = (name: string, more: Partial<DrawnPerson> = {}): DrawnPerson => ({
  ...{ id: name, name, isAway: false, isReader: false },
  ...more,
})
const feeling = (from: string, to: string, affinity: number, trust = 50): DrawnFeeling => ({
  ...{ from, to, affinity, trust },
  strength: Math.abs(affinity - 50) + Math.abs(trust - 50),
})

const people = [
  person('Mira', { isReader: true }),
  person('Jon'),
  person('Eli', { isAway: true }),
  person('Ada'),
]
const love = feeling('Mira', 'Jon', 95, 90)
const hate = feeling('Jon', 'Mira', 10, 20)
const doubt = feeling('Eli', 'Mira', 50, 40)
const neutral = feeling('Ada', 'Jon', 50)

describe('what is drawn', () => {
  test('is each feeling with those at its ends, the strongest first, and who else is present', () => {
    const drawn = strongest(people, [doubt, neutral, love, hate])
    expect(drawn).toEqual({ people, feelings: [love, hate, doubt], leftOut: 0 })
  })

  test('leaves out what is neutral, and those who are away and of whom nothing is felt', () => {
    const { people: kept, feelings } = strongest([...people, person('Nell', { isAway: true })], [neutral])
    expect(feelings).toEqual([])
    expect(kept.map(({ name }) => name)).toEqual(['Mira', 'Jon', 'Ada'])
  })

  test('given more than anybody reads, then it is the strongest, and how many are missing is said', () => {
    const crowd = Array.from({ length: 30 }, (_, at) => person(`P${at}`))
    const all = crowd.flatMap(({ id }, at) =>
      crowd
        .slice(0, 10)
        .flatMap((other, nth) => (other.id === id ? [] : [feeling(id, other.id, 51 + ((at + nth) % 40))])),
    )
    const { people: kept, feelings, leftOut } = strongest(crowd, all)
    expect(kept.length).toBeLessThanOrEqual(DRAWN.people)
    expect(feelings).toHaveLength(DRAWN.feelings)
    expect(leftOut).toBe(all.length - DRAWN.feelings)
    const names = new Set(kept.map(({ id }) => id))
    for (const { from, to } of feelings) expect(names.has(from) && names.has(to)).toBe(true)
  })
})

describe('the web', () => {
  const graph = relationWeb(people, [love, hate, doubt], words)
  const strokeOf = (from: string) => graph.edges.find((edge) => edge.from === from)?.stroke

  test('has an arrow from each who feels to whom they feel it about, with how much', () => {
    expect(graph.shape).toBe('net')
    expect(graph.edges.map(({ from, to, label }) => [from, to, label])).toEqual([
      ['Mira', 'Jon', '95 / 90'],
      ['Jon', 'Mira', '10 / 20'],
      ['Eli', 'Mira', '50 / 40'],
    ])
  })

  test('tells liking from dislike by colour, distrust by dashes, and strength by width', () => {
    expect(strokeOf('Mira')).toMatchObject({ colour: 'warm', isDashed: false })
    expect(strokeOf('Jon')).toMatchObject({ colour: 'cold', isDashed: true })
    expect(strokeOf('Eli')).toMatchObject({ colour: 'plain', isDashed: true })
    expect(strokeOf('Mira')?.width).toBeGreaterThan(strokeOf('Jon')?.width ?? 0)
    expect(strokeOf('Jon')?.width).toBeGreaterThan(strokeOf('Eli')?.width ?? 0)
  })

  test('marks the reader’s own, and those who are away', () => {
    expect(graph.nodes).toMatchObject([
      { id: 'Mira', badge: null, tone: 'accent', notes: ['you'] },
      { id: 'Jon', badge: null, tone: 'plain' },
      { id: 'Eli', notes: ['away'], tone: 'faded' },
      { id: 'Ada' },
    ])
  })

  test('is drawn so: green and red lines, of which one is dashed', async () => {
    const svg = await graphToSvg(relationWeb(people, [love, hate], words))
    expect(svg.match(/<path /gu)).toHaveLength(2)
    expect(svg.match(/<path [^>]*stroke-dasharray/gu)).toHaveLength(1)
    const pixels = pixelsOf(await drawGraph(relationWeb(people, [love, hate], words)))
    expect(countOf(pixels, [0x3b, 0xa5, 0x5d])).toBeGreaterThan(200)
    expect(countOf(pixels, [0xed, 0x42, 0x45])).toBeGreaterThan(200)
  })

  test('given as many as are ever drawn, then the picture is within its bounds', async () => {
    const crowd = Array.from({ length: DRAWN.people }, (_, at) => person(`Person number ${at} of the cast`))
    const all = crowd
      .flatMap(({ id }) => crowd.map((other) => feeling(id, other.id, 90)))
      .slice(0, DRAWN.feelings)
    const { width, height } = sizeOf(await drawGraph(relationWeb(crowd, all, words)))
    expect(Math.max(width, height)).toBeLessThanOrEqual(SIDE_LIMIT)
  })
})

describe('its description', () => {
  test('says the strongest feelings first', () => {
    expect(webAltText(people, [doubt, hate, love], words)).toBe(
      ['Mira to Jon: 95, 90', 'Jon to Mira: 10, 20', 'Eli to Mira: 50, 40'].join('\n'),
    )
  })

  test('is cut after a whole row when it gets too long', () => {
    const crowd = Array.from({ length: 12 }, (_, at) => person(`Person ${at}`))
    const all = crowd.flatMap(({ id }) => crowd.map((other) => feeling(id, other.id, 90)))
    const rows = webAltText(crowd, all, words).split('\n')
    expect(rows.join('\n').length).toBeLessThanOrEqual(ALT_TEXT_LIMIT)
    expect(rows.join('\n').length).toBeGreaterThan(ALT_TEXT_LIMIT - 40)
    expect(rows.at(-1)).toBe('…')
    for (const row of rows.slice(0, -1)) expect(row).toMatch(/^Person \d+ to Person \d+: 90, 50$/u)
  })
})
