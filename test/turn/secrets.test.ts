import { describe, expect, test } from 'vitest'
import { exportStory, importStory } from '../../src/store/bundle.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { positionOf } from '../../src/story/head.ts'
import { createEngine } from '../../src/turn/engine.ts'
import { recordingStages } from '../doubles/stage.ts'
import { openStores } from '../doubles/store.ts'
import { engineDeps } from '../doubles/turn.ts'
import { whispers, wordsOf } from './chronicled.ts'
import { called, edited, headNow, rewind, type Workshop } from './given.ts'
import {
  alone,
  type Betrayers,
  holding,
  knowing,
  OTHER,
  sceneOf,
  sentFor,
  talk,
  tellSecret,
  WORD,
} from './secretive.ts'
import { ada, newId, ref, stores } from './table.ts'

const whoKnows = async (word = WORD) => knowing(stores, await headNow(), word)

/** How many prompts of someone hold a word, and how many do not, from a request on. */
const split = (models: Betrayers, name: string, word: string, since = 0) => {
  const all = sentFor(models, name, since)
  const held = holding(all, word).length
  return { with: held, without: all.length - held }
}

/** Ada tells Mira, and then all are together again. */
const told = async () => {
  const { world, models } = await alone()
  await tellSecret(world, models)
  await sceneOf(world, 'Mira', 'Jon', 'Bela', 'Ada')
  return { world, models, since: models.sent.length }
}
type Told = Awaited<ReturnType<typeof told>>

/** Each of them is asked what they know. */
const askAll = async (
  { world, models }: Pick<Told, 'models'> & { readonly world: Pick<Workshop, 'engine'> },
  at = ref,
) => {
  for (const name of ['Jon', 'Bela', 'Mira'])
    await talk(world, models, `"${name}, what is the word that opens the chest?"`, name, '"Hm."', at)
}

/** Mira tells Jon of it while Bela is elsewhere, and then all are together again. */
const toldOn = async ({ world, models }: Pick<Told, 'world' | 'models'>) => {
  await sceneOf(world, 'Mira', 'Jon', 'Ada')
  await talk(world, models, '"Tell Jon, Mira."', 'Mira', `"Jon, the word is ${WORD}."`)
  await talk(world, models, '"Jon?"', 'Jon')
  await sceneOf(world, 'Mira', 'Jon', 'Bela', 'Ada')
}

describe('what was said in someone’s absence', () => {
  test('is in no prompt of theirs and in nothing that is kept of them, whatever models make of it', async () => {
    const { world, models } = await told()
    expect(await whoKnows()).toEqual(['Ada', 'Mira'])
    await askAll({ world, models })
    expect(await whoKnows()).toEqual(['Ada', 'Mira'])
    for (const name of ['Jon', 'Bela'])
      for (const word of [WORD, OTHER]) expect(split(models, name, word)).toMatchObject({ with: 0 })
    expect(sentFor(models, 'Jon').length).toBeGreaterThanOrEqual(1)
    expect(split(models, 'Mira', WORD).with).toBeGreaterThanOrEqual(3)
  })

  test('is kept by those who heard it, in their own words: of the scene, as facts and as a reason', async () => {
    const { world, models } = await told()
    await askAll({ world, models })
    const roles = holding(sentFor(models, 'Mira'), WORD).map(({ role }) => role)
    expect(new Set(roles)).toEqual(new Set(['writer', 'chronicler']))
    const bodies = await wordsOf('Mira')
    expect(bodies).toContain(`It was of ${WORD} and ${OTHER}.`)
    expect(sentFor(models, 'Mira').at(-1)?.text).toMatch(
      /Close over quillfeather and mandragora\.[\s\S]*# What you know\n- Mira knows quillfeather/u,
    )
  })

  test('is in no plan while they are there', async () => {
    const { world, models, since } = await told()
    await askAll({ world, models })
    const planners = models.sent.slice(since).filter(({ role }) => role === 'planner')
    expect(planners.length).toBeGreaterThanOrEqual(3)
    expect(holding(planners, WORD)).toEqual([])
    expect(
      holding(
        models.sent.slice(0, since).filter(({ role }) => role === 'planner'),
        WORD,
      ),
    ).not.toEqual([])
  })
})

describe('what someone was told of it later', () => {
  test('is theirs from then on, and nothing else of it', async () => {
    const story = await told()
    const { models } = story
    const before = models.sent.length
    await toldOn(story)
    await askAll(story)
    expect(split(models, 'Jon', WORD, before).with).toBeGreaterThanOrEqual(1)
    expect(holding(sentFor({ ...models, sent: models.sent.slice(0, before) }, 'Jon'), WORD)).toEqual([])
    expect(await whoKnows()).toEqual(['Ada', 'Jon', 'Mira'])
    expect(split(models, 'Jon', OTHER)).toMatchObject({ with: 0 })
    expect(await whoKnows(OTHER)).toEqual(['Ada', 'Mira'])
    expect(split(models, 'Bela', WORD)).toMatchObject({ with: 0 })
  })

  test('is nobody’s after a rewind to before it', async () => {
    const story = await told()
    const { world, models } = story
    const { number } = (await headNow()).state.turn
    await toldOn(story)
    await rewind(world, number, 'r1')
    const since = models.sent.length
    await askAll(story)
    expect(await whoKnows()).toEqual(['Ada', 'Mira'])
    expect(split(models, 'Jon', WORD, since)).toMatchObject({ with: 0 })
    expect(split(models, 'Jon', WORD, since).without).toBeGreaterThanOrEqual(1)
    expect(split(models, 'Mira', WORD, since).with).toBeGreaterThanOrEqual(1)
  })

  test('is nobody’s on a branch from before it, while it stays theirs here', async () => {
    const story = await told()
    const { models } = story
    const head = await headNow()
    const other = { ...ref, branch: 'other' }
    const named = { id: 'other', author: ada.id, name: 'Other', description: null }
    await stores.branches.create(head, positionOf(head), named, { ids: ['b1'], channel: null })
    await toldOn(story)
    const since = models.sent.length
    await askAll(story, other)
    expect(split(models, 'Jon', WORD, since)).toMatchObject({ with: 0 })
    const there = await stores.store.load(other)
    expect(there && (await knowing(stores, there, WORD))).toEqual(['Ada', 'Mira'])
    const back = models.sent.length
    await askAll(story)
    expect(split(models, 'Jon', WORD, back).with).toBeGreaterThanOrEqual(1)
  })
})

describe('who knew of it', () => {
  test('and was reset, knows nothing of it, and those who heard it from them still do', async () => {
    const story = await told()
    const { world, models } = story
    await toldOn(story)
    await edited(world, resetStory, { scope: 'character', character: await called('Mira') })
    await sceneOf(world, 'Mira', 'Jon', 'Bela', 'Ada')
    const since = models.sent.length
    await askAll(story)
    expect(split(models, 'Mira', WORD, since)).toMatchObject({ with: 0 })
    expect(split(models, 'Mira', WORD, since).without).toBeGreaterThanOrEqual(1)
    expect(split(models, 'Jon', WORD, since).with).toBeGreaterThanOrEqual(1)
    expect(await whoKnows()).toEqual(['Ada', 'Jon'])
  })

  test('knows it in another database, and nobody else does', async () => {
    const { models } = await told()
    const there = await openStores()
    const bundle = await exportStory(stores.db, ref.story)
    if (bundle) await importStory(there.db, bundle, { story: ref.story, guild: '9', at: 0 })
    const { setStage } = recordingStages()
    const engine = createEngine(engineDeps(there, { models: models.models, setStage, newId }))
    const since = models.sent.length
    await askAll({ world: { engine }, models })
    for (const name of ['Jon', 'Bela']) {
      expect(split(models, name, WORD, since)).toMatchObject({ with: 0 })
      expect(split(models, name, WORD, since).without).toBeGreaterThanOrEqual(1)
    }
    expect(split(models, 'Mira', WORD, since).with).toBeGreaterThanOrEqual(1)
    const head = await there.store.load(ref)
    expect(head && (await knowing(there, head, WORD))).toEqual(['Ada', 'Mira'])
    await there.close()
  })
})

describe('what no prompt holds any more as it was told', () => {
  /** So long that some turns fill a prompt. */
  const LONG = `"Yes." ${'word '.repeat(880)}`

  test('is summed up for those who heard it alone, and so is what they have become by it', async () => {
    const { world, models } = await alone()
    await sceneOf(world, 'Mira', 'Jon', 'Bela', 'Ada')
    for (const name of ['Jon', 'Mira', 'Bela'])
      await talk(world, models, `"${name}, good morning."`, name, LONG)
    await sceneOf(world, 'Mira', 'Ada')
    await talk(world, models, `"Mira, the word is ${WORD}, and ${OTHER} opens the chest."`, 'Mira', LONG)
    await talk(world, models, '"Mira, keep it."', 'Mira', LONG)
    await sceneOf(world, 'Mira', 'Jon', 'Bela', 'Ada')
    const since = models.sent.length
    for (let nth = 0; nth < 8; nth += 1)
      await talk(world, models, '"And what is the word, Jon, Mira?"', nth % 2 === 0 ? 'Jon' : 'Mira', LONG)
    const { state } = await headNow()
    expect(state.past.left).toBeGreaterThanOrEqual(6)
    expect(state.evolved).toBe(10)
    expect(await whoKnows()).toEqual(['Ada', 'Mira'])
    for (const name of ['Jon', 'Bela']) expect(split(models, name, WORD)).toMatchObject({ with: 0 })
    for (const role of ['summariser', 'biographer'] as const) {
      const sent = models.sent.filter((each) => each.role === role)
      expect(holding(sent, WORD).length).toBeGreaterThanOrEqual(1)
      expect(holding(sent, WORD).length).toBeLessThan(sent.length)
    }
    const [last] = sentFor(models, 'Mira', since)
      .filter(({ role }) => role === 'writer')
      .toReversed()
    expect(last?.text).toMatch(/So it was: quillfeather[\s\S]*Keeps quillfeather/u)
    expect(last?.text).toContain(`It was of ${WORD} and ${OTHER}.`)
  })
})

describe('what was whispered', () => {
  test('is known to the one whose ear it was for, though all are there', async () => {
    const { world, models } = await alone()
    await sceneOf(world, 'Mira', 'Jon', 'Bela', 'Ada')
    await talk(world, models, '"Mira, come here."', 'Mira')
    models.next.speaker = 'Mira'
    await whispers(world, 'Mira', `"The word is ${WORD}."`, 'w1')
    await world.engine.idle()
    await talk(world, models, '"Good."', 'Jon')
    await sceneOf(world, 'Mira', 'Jon', 'Bela', 'Ada')
    await askAll({ world, models })
    expect(await whoKnows()).toEqual(['Ada', 'Mira'])
    for (const name of ['Jon', 'Bela']) expect(split(models, name, WORD)).toMatchObject({ with: 0 })
    expect(sentFor(models, 'Jon').some(({ role }) => role === 'chronicler')).toBe(true)
    expect(split(models, 'Mira', WORD).with).toBeGreaterThanOrEqual(2)
  })
})
