import { describe, expect, test } from 'vitest'
import { sourceSaid } from '../../commands/memory/add.ts'
import { type MemoryPage, memoryRows } from '../../commands/memory/list.ts'
import { detailsOf, holding, memorySaid } from '../../commands/memory/memory.ts'
import { rowsOf } from '../../commands/memory/page.ts'
import { en } from '../../src/locales/en.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import { pinnedBy } from '../../src/turn/remembered.ts'
import { edited, headAfter, type Step } from './head.ts'

const people: Step[] = ['Mira', 'Jon'].map((name) => edited(createCharacter, () => ({ name })))
const head = headAfter(...people)
const [mira = '', jon = ''] = head.state.cast.characters.map(({ character }) => character)

const remembered = (memory: string, body: string, more: Partial<Remembered> = {}): Remembered => ({
  ...{ memory, body, owner: mira, text: `text of ${memory}`, witnesses: [mira], lines: [] },
  ...{ source: 'direct', toldBy: null, chain: [], reliability: 1, significance: 1 },
  ...{ minutes: 485, scene: null, turn: 3 },
  ...more,
})

/** A head's memories: no others are visible there. */
const seeing = (...seen: readonly Remembered[]) => ({
  memory: async (_: unknown, id: string) => seen.find(({ memory }) => memory === id),
  memoriesOf: async (_: unknown, owner: string) => seen.filter((one) => one.owner === owner),
})

describe('a memory that is named', () => {
  const lamp = remembered('m1', 'The lamp went out.')
  const boat = remembered('m2', 'A boat, without a LAMP.')
  const theirs = remembered('m3', 'He lied.', { owner: jon })
  const said = (typed: string) =>
    memorySaid(head, mira, typed, { memories: seeing(lamp, boat, theirs), texts: en })

  test('is found by its id, or by words that it alone has, in any case', async () => {
    expect(holding([lamp, boat], ' lamp')).toEqual([lamp, boat])
    expect(await said('m2')).toEqual(boat)
    expect(await said('WENT out')).toEqual(lamp)
  })

  test('is refused where several have the words, where none has, and where it is someone else’s', async () => {
    await expect(said('lamp')).rejects.toThrow('More than one memory')
    for (const typed of ['lighthouse', ' ', 'm3', 'He lied'])
      await expect(said(typed)).rejects.toThrow('No such memory is in force here')
  })
})

test('a pin whose memory the head does not see is not shown', async () => {
  const pins = ['m1', 'm2', 'm3'].map((memory) => ({ memory, owner: mira, how: 'manual' as const }))
  const [first, third] = [remembered('m1', 'The lamp.'), remembered('m3', 'A boat.')]
  const pinning = { ...head, state: { ...head.state, pins } }
  expect(await pinnedBy({ memories: seeing(first, third) }, pinning, mira)).toEqual([first, third])
  expect(await pinnedBy({ memories: seeing(first, third) }, pinning, jon)).toEqual([])
})

test('who told it, and only then, belongs to what someone was told', () => {
  expect(sourceSaid(null, null, en)).toEqual({ source: 'direct', toldBy: null })
  expect(sourceSaid(null, jon, en)).toEqual({ source: 'told', toldBy: jon })
  expect(sourceSaid('overheard', null, en)).toEqual({ source: 'overheard', toldBy: null })
  expect(() => sourceSaid('told', null, en)).toThrow('has one who told it')
  expect(() => sourceSaid('direct', jon, en)).toThrow('has one who told it')
})

test('a memory has its turn, its time in the story, where it comes from and how much it matters', () => {
  expect(detailsOf(head, remembered('m', 'x'), en)).toBe('Turn 3 · Day 1, 08:05 · was there · a small thing')
  const hearsay = remembered('m', 'x', { source: 'told', toldBy: jon, significance: 3, minutes: 1440 })
  expect(detailsOf(head, hearsay, en)).toBe('Turn 3 · Day 2, 00:00 · told by Jon · never to be forgotten')
  const rumour = { ...hearsay, chain: [mira, 'gone', jon], reliability: 0.5625 }
  expect(detailsOf(head, rumour, en)).toBe(
    'Turn 3 · Day 2, 00:00 · told by Jon, who had it from Mira, who had it from … · never to be forgotten · 56 % sure',
  )
  expect(detailsOf(head, rumour, en, 9)).toContain(
    'told by Jon, who had it from Mira, who had it from Someone, who had it from Jon · never',
  )
  const stranger = detailsOf(head, { ...hearsay, toldBy: 'gone' }, en)
  expect(stranger).toContain('told by Someone')
})

describe('a page of memories', () => {
  const page = (memories: readonly Remembered[], more: Partial<MemoryPage> = {}): string =>
    memoryRows(
      head,
      { name: 'Mira', memories, pinned: new Set(), page: 0, hasMore: false, isOthers: false, ...more },
      en,
    )

  test('has each with its details, marks the pinned ones, and says how many they are', () => {
    const memories = [remembered('m2', '# A *boat*.'), remembered('m1', 'The lamp\nwent out.')]
    expect(page(memories, { pinned: new Set(['m1', 'm9']) })).toBe(
      [
        '### What Mira remembers',
        '📌 2 pinned',
        '\\# A \\*boat\\*.',
        '-# Turn 3 · Day 1, 08:05 · was there · a small thing',
        '📌 The lamp went out.',
        '-# Turn 3 · Day 1, 08:05 · was there · a small thing',
      ].join('\n'),
    )
  })

  test('says which page it is where there are more, and why one reads what others remember', () => {
    const one = [remembered('m', 'A boat.')]
    expect(page(one, { hasMore: true })).toMatch(/\n-# Page 1$/u)
    expect(page(one, { page: 1, isOthers: true })).toMatch(/\n-# Page 2 · You see this because/u)
  })

  test('fits one message: what is short stays whole beside what is long', () => {
    const hearsay = { source: 'told' as const, toldBy: jon, chain: [mira, jon], reliability: 0.5 }
    const long = Array.from({ length: 7 }, (_, nth) => remembered(`m${nth}`, '*x*'.repeat(1300), hearsay))
    const name = 'M'.repeat(80)
    const rows = page([...long, remembered('short', 'A boat.')], { name, hasMore: true, isOthers: true })
    expect(rows.length).toBeLessThanOrEqual(2000)
    expect(rows).toContain('\nA boat.\n')
    expect(rows.match(/…$/gmu)).toHaveLength(7)
  })

  test('without words between the frames, the frames stand', () => {
    expect(rowsOf('Heading', [{ before: '- ', words: '', after: '' }], '')).toBe('Heading\n- ')
  })
})
