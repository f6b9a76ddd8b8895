import fc from 'fast-check'
import type { KyselyPlugin } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { exportStory, importStory } from '../../src/store/bundle.ts'
import { recallStore } from '../../src/store/search-memories.ts'
import { positionOf } from '../../src/story/head.ts'
import { type Playing, recallOtherwise, remembering, startAnew } from '../timeline/play.ts'
import { bodiesOf, form, lineOf, openRecalling, recallAt, resetOf } from './recalling.ts'

const STORY = 'story1'

let story: Awaited<ReturnType<typeof openRecalling>>
let root: Playing
let mira: string

beforeEach(async () => {
  story = await openRecalling()
  ;({ root, mira } = story)
})
afterEach(() => story.stores.close())

type More = {
  readonly on?: Playing
  readonly owner?: string
  readonly limit?: number
  readonly until?: number
}
const found = async (words: string, { on = root, owner = mira, ...more }: More = {}) =>
  recallAt(story.stores, await on.head(), owner, words, more)
const bodies = async (words: string, more: More = {}) => bodiesOf(await found(words, more))

describe('words bring up', () => {
  test('memories that have them in another form, the best first, with why', async () => {
    await form(root, mira, ['Rope.', 'Ada stole the lamps.', 'A lamp burnt.', 'Fog over the harbour.'])
    const [first, ...others] = await found('Who steals a lamp?')
    expect(first).toMatchObject({ body: 'Ada stole the lamps.', owner: mira, cues: ['steal', 'lamp'] })
    expect(others[0]).toMatchObject({ body: 'A lamp burnt.', cues: ['lamp'] })
    expect(await bodies('HARBORS')).toContain('Fog over the harbour.')
  })

  test('memories with a word that nobody used, and one that begins like it', async () => {
    await form(root, mira, ['The smuggler waits.'])
    expect(await bodies('Was it smuggled?')).toEqual(['The smuggler waits.'])
    expect(await bodies('smugglesome')).toEqual(['The smuggler waits.'])
    expect(await bodies('smoke')).toEqual([])
  })

  test('as many as are asked for', async () => {
    await form(
      root,
      mira,
      Array.from({ length: 30 }, (_, nth) => `Lamp ${nth}.`),
    )
    expect(await bodies('lamp', { limit: 3 })).toHaveLength(3)
    expect(await bodies('lamp', { limit: 0 })).toEqual([])
    expect(await bodies('lamp', { limit: 100 })).toHaveLength(30)
  })

  test('what one rare word among many others means, though it is said last', async () => {
    await form(root, mira, ['The astrolabe is hers.'])
    await form(
      root,
      mira,
      Array.from({ length: 40 }, (_, nth) => `Common${letters(nth)} thing.`),
    )
    const long = Array.from({ length: 40 }, (_, nth) => `common${letters(nth)}`).join(' ')
    expect(await bodies(`${long} astrolabe`, { limit: 1000 })).toContain('The astrolabe is hers.')
    const unknown = Array.from({ length: 40 }, (_, nth) => `strange${letters(nth)}`).join(' ')
    expect(await bodies(`${unknown} astrolabe`)).toContain('The astrolabe is hers.')
  })

  test('nothing where they are none, or none that tell anything', async () => {
    await form(root, mira, ['The lamp of Jon.', 'NEAR the "lamp"*.', '🔥🔥🔥', ''])
    const nothing = ['', ' ', '🔥', 'And what was it?', '* ^ "', '()', '\u0000', '\ud800', '…']
    for (const words of nothing) expect([words, await bodies(words)]).toEqual([words, []])
  })

  test('whoever is named, where nothing but their name is said', async () => {
    await form(root, mira, ['The lamp of Jon.', 'Rope.'])
    expect((await bodies('What of Jon?'))[0]).toBe('The lamp of Jon.')
  })

  test('the same, whatever else of a query’s signs stands among them', async () => {
    await form(root, mira, ['A lamp.', 'Rope.'])
    for (const words of [
      '"lamp',
      'lamp*',
      'NEAR(lamp)',
      'stems: lamp',
      '-lamp',
      '"lamp" AND',
      'lamp\u0000',
      '🔥lamp',
    ])
      expect([words, await bodies(words)]).toEqual([words, expect.arrayContaining(['A lamp.'])])
    for (const words of ['lamp '.repeat(50_000), 'x'.repeat(200_000), '灯台'.repeat(5000)])
      await expect(found(words)).resolves.toBeDefined()
  })

  test('nothing in one who has no memory, or is not of the story', async () => {
    await form(root, mira, ['A lamp.'])
    expect(await bodies('lamp', { owner: story.jon })).toEqual([])
    expect(await bodies('lamp', { owner: 'nobody' })).toEqual([])
  })
})

const letters = (nth: number) => String.fromCharCode(97 + Math.floor(nth / 26), 97 + (nth % 26))

describe('up to a turn', () => {
  beforeEach(async () => {
    for (const nth of [2, 3, 4]) {
      await root.turn(`"Turn ${nth}."`, 'Yes.')
      await form(root, mira, [`A lamp, ${nth}.`], {
        lines: [await lineOf(story.stores, root, `"Turn ${nth}."`)],
      })
    }
  })

  test('only what rests on it or those before it counts', async () => {
    expect((await bodies('lamp', { until: 3 })).toSorted()).toEqual(['A lamp, 2.', 'A lamp, 3.'])
    expect(await bodies('lamp', { until: 1 })).toEqual([])
    expect(await bodies('lamp', { until: -5 })).toEqual([])
    expect(await bodies('lamp')).toHaveLength(3)
  })

  test('what rests on no line counts always: no prompt holds it otherwise', async () => {
    await form(root, mira, ['A lamp of old.'])
    for (const until of [3, 0, -5]) expect(await bodies('lamp', { until })).toContain('A lamp of old.')
  })

  test('what was worded anew later rests on what it did', async () => {
    const [old] = (await story.stores.memories.memoriesOf(await root.head(), mira, 0, 9)).slice(-1)
    await form(root, mira, ['A lamp, worded anew.'], { lines: old?.lines ?? [] })
    expect(await bodies('lamp', { until: 2 })).toEqual(
      expect.arrayContaining(['A lamp, 2.', 'A lamp, worded anew.']),
    )
    expect(await bodies('lamp', { until: 1 })).toEqual([])
  })

  test('what is old is found below any number of newer ones', async () => {
    await root.turn('"More."', 'Yes.')
    const line = await lineOf(story.stores, root, '"More."')
    await form(
      root,
      mira,
      Array.from({ length: 400 }, (_, nth) => `Lamp lamp, ${nth}.`),
      { lines: [line] },
    )
    expect((await bodies('lamp', { until: 4, limit: 9 })).toSorted()).toEqual([
      ...['A lamp, 2.', 'A lamp, 3.', 'A lamp, 4.'],
    ])
  })
})

describe('what another remembers', () => {
  const WORDS = ['The lamp broke.', 'Salt and rope in the hold.', 'Ada lit a lamp with salt.', 'Fog.']
  const ASKED = 'the lamp, the salt and the fog'

  test('changes nothing either where more has those words than is looked at closely', async () => {
    const words = 'lamp salt fog rope boat tower key door net oil'.split(' ')
    const random = fc.tuple(fc.nat(9), fc.nat(9)).map(([one, other]) => words[Math.min(one, other)])
    const bodies = fc.array(random, { minLength: 3, maxLength: 14 }).map((some) => some.join(' '))
    await form(root, mira, fc.sample(bodies, { seed: 1, numRuns: 1500 }))
    const asked = ['door key tower', 'boat rope fog lamp']
    const all = () => Promise.all(asked.map((each) => found(each)))
    const before = await all()
    await form(root, story.jon, Array(1500).fill('Wind, wind. '.repeat(20)))
    expect(await all()).toEqual(before)
  })

  test('with the same words, changes neither order nor score', async () => {
    await form(root, mira, WORDS)
    const before = await found(ASKED)
    expect(before.length).toBeGreaterThanOrEqual(3)
    const same = Array.from({ length: 300 }, (_, nth) => WORDS[nth % WORDS.length] ?? '')
    await form(root, story.jon, same)
    expect(await found(ASKED)).toEqual(before)
    expect(bodiesOf(await found(ASKED, { owner: story.jon, limit: 400 }))).toHaveLength(300)
  })

  test('in another story of the same database, changes nothing either, by whatever ids', async () => {
    await form(root, mira, WORDS)
    const before = await found(ASKED)
    const bundle = await exportStory(story.stores.db, STORY)
    if (!bundle) throw new Error('no story')
    await importStory(story.stores.db, bundle, { story: 'story2', guild: '9', at: 0 })
    expect(await found(ASKED)).toEqual(before)
    const there = await story.stores.store.load({ ...root.ref, story: 'story2' })
    if (!there) throw new Error('no story')
    expect(await recallAt(story.stores, there, mira, ASKED)).toEqual(before)
  })
})

test('as much is asked of the database, however much is remembered', async () => {
  const asked = async () => {
    let queries = 0
    const counting: KyselyPlugin = {
      transformQuery: ({ node }) => {
        queries += 1
        return node
      },
      transformResult: async ({ result }) => result,
    }
    const recollections = recallStore(story.stores.db.withPlugin(counting))
    const found = await recallAt({ recollections }, await root.head(), mira, 'the lamp')
    return { queries, found: found.length }
  }
  await form(root, mira, ['A lamp.'])
  const { queries } = await asked()
  for (let nth = 0; nth < 5; nth += 1) await form(root, mira, Array(60).fill(`Lamp ${nth}.`))
  expect(await asked()).toEqual({ queries, found: 24 })
})

describe('a head brings up only what it has', () => {
  test('a branch its own, and what was before it', async () => {
    await form(root, mira, ['An old lamp.'])
    const other = await root.branchAt(positionOf(await root.head()), 'other')
    await form(root, mira, ['A lamp here.'])
    await form(other, mira, ['A lamp there.'])
    expect((await bodies('lamp')).toSorted()).toEqual(['A lamp here.', 'An old lamp.'])
    expect((await bodies('lamp', { on: other })).toSorted()).toEqual(['A lamp there.', 'An old lamp.'])
  })

  test('nothing that a rewind took, and all of it again once that is undone', async () => {
    await root.turn('"Hello?"', 'Nobody.')
    await form(root, mira, ['A lamp.'])
    await root.turn('"Hello!"', 'Nobody.')
    await root.rewindTo(1)
    expect(await bodies('lamp')).toEqual([])
    await form(root, mira, ['Another lamp.'])
    expect(await bodies('lamp')).toEqual(['Another lamp.'])
    await root.undo()
    expect(await bodies('lamp')).toEqual(['A lamp.'])
  })

  test('what took the place of another, and nothing of what is forgotten', async () => {
    await form(root, mira, ['A brass lamp.'])
    await recallOtherwise(story.stores, root, mira, 'A tin lamp.')
    expect(await bodies('lamp')).toEqual(['A tin lamp.'])
    expect(await bodies('brass')).toEqual([])
    await recallOtherwise(story.stores, root, mira, null)
    expect(await bodies('lamp')).toEqual([])
  })

  test('of the answers to a turn what belongs to the one in force', async () => {
    await root.turn('"Hello?"', 'Warm.')
    await root.effect(remembering(root, mira, 'A warm lamp.'))
    await root.another('Cold.')
    await root.effect(remembering(root, mira, 'A cold lamp.'))
    expect(await bodies('lamp')).toEqual(['A cold lamp.'])
    await root.swipeTo(0)
    expect(await bodies('lamp')).toEqual(['A warm lamp.'])
    await root.turn('"On."', 'Yes.')
    expect(await bodies('lamp')).toEqual(['A warm lamp.'])
  })

  test('nothing from before a reset: of the one, or of all', async () => {
    await form(root, mira, ['A lamp.'])
    await form(root, story.jon, ['Jon’s own lamp.'])
    await root.append(resetOf(root, mira))
    expect(await bodies('lamp')).toEqual([])
    expect(await bodies('lamp', { owner: story.jon })).toEqual(['Jon’s own lamp.'])
    await form(root, mira, ['A new lamp.'])
    expect(await bodies('lamp')).toEqual(['A new lamp.'])
    await root.append(startAnew(root))
    expect(await bodies('lamp')).toEqual([])
  })

  test('also where a way that was left has five hundred others with the same words', async () => {
    await form(root, mira, ['A lamp of old.'])
    await root.turn('"Hello?"', 'Nobody.')
    await form(
      root,
      mira,
      Array.from({ length: 500 }, (_, nth) => `Lamp, lamp: ${nth}.`),
    )
    await root.turn('"Hello!"', 'Nobody.')
    await root.rewindTo(1)
    await root.turn('"Who?"', 'Nobody.')
    await form(root, mira, ['A lamp since.'])
    expect((await bodies('lamp')).toSorted()).toEqual(['A lamp of old.', 'A lamp since.'])
  })

  test('at a look back, as it was then', async () => {
    await form(root, mira, ['A lamp.'])
    await root.turn('"Hello?"', 'Nobody.')
    await form(root, mira, ['A lamp since.'])
    const [head, end] = [await root.head(), await root.endOf(1)]
    const state = await story.stores.past.stateAt(STORY, end)
    const then = { ...head, strand: end.strand, seq: end.seq, state }
    expect(bodiesOf(await recallAt(story.stores, then, mira, 'lamp'))).toEqual(['A lamp.'])
  })
})
