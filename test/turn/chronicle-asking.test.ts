import { describe, expect, test } from 'vitest'
import { supersedeMemory } from '../../src/story/edit/memory.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { closeScene, openScene } from '../../src/story/edit/world.ts'
import { createEngine } from '../../src/turn/engine.ts'
import { failed } from '../doubles/model.ts'
import {
  asked,
  closed,
  closedUnasked,
  keeps,
  playOn,
  remembered,
  remembers,
  sceneOf,
  untold,
  wordsOf,
} from './chronicled.ts'
import { beginWith, called, edited, headNow, told, workshop } from './given.ts'
import { ada, ref, say, stores } from './table.ts'

const ALL = ['Mira', 'Jon', 'Ada']

describe('where a model gives no words', () => {
  test('nobody keeps anything, until some turns later those are asked again for whom there were none', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await remembers(world, 'Mira', 'Mira heard the rain.')
    await closed(world, keeps('One.'), keeps('  '), keeps('Three.'))
    expect(asked(world)).toHaveLength(3)
    await playOn(world, 4)
    expect(asked(world)).toHaveLength(3)
    expect(await wordsOf('Mira')).toEqual(['Mira heard the rain.'])
    expect(await untold()).toEqual([1])
    world.model.giving('chronicler', keeps('Two.'))
    await playOn(world, 1)
    expect(asked(world)).toHaveLength(4)
    expect(asked(world)[3]).toContain('You write for Jon.')
    for (const [name, body] of [
      ['Mira', 'One.'],
      ['Jon', 'Two.'],
      ['Ada', 'Three.'],
    ] as const)
      expect(await wordsOf(name)).toEqual([body])
  })

  test('a second time, it is let be: who has none remembers it as before, and the next scene is asked about', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await remembers(world, 'Jon', 'Jon heard the rain.')
    await closed(world, keeps('One.'), keeps(' '), keeps('Three.'))
    world.model.giving('chronicler', keeps(' '))
    await playOn(world, 5)
    expect(asked(world)).toHaveLength(4)
    expect(await untold()).toEqual([])
    for (const [name, body] of [
      ['Mira', 'One.'],
      ['Jon', 'Jon heard the rain.'],
      ['Ada', 'Three.'],
    ] as const)
      expect(await wordsOf(name)).toEqual([body])
    await edited(world, openScene, {})
    await playOn(world, 2)
    await closed(world, keeps('Four.'), keeps('Five.'), keeps('Six.'))
    expect(await wordsOf('Jon')).toEqual(['Jon heard the rain.', 'Five.'])
  })

  test('and words are erased, it is asked again at once, about what is left', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 3)
    await closed(world, keeps('One.'), keeps(' '), keeps('Three.'))
    await stores.erasure.eraseMessage('m2')
    world.model.giving('chronicler', keeps('Four.'), keeps('Five.'), keeps('Six.'))
    await playOn(world, 1)
    const again = asked(world).slice(3)
    expect(again).toHaveLength(3)
    for (const prompt of again) expect(prompt).not.toContain('Words 2.')
    expect(await wordsOf('Mira')).toEqual(['Four.'])
  })

  test('or only such as must not stand in the story, it is the same', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await stores.settings.changeStory(ref.story, { lines: [{ label: 'spiders', words: [] }] }, ada.id)
    await closed(world, keeps('Mira saw a spider.'), keeps('Two.'), keeps('Three.'))
    expect(await untold()).toEqual([1])
  })

  test('another program that goes on with the story asks at once, after its next answer', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closed(world)
    expect(await untold()).toEqual([1])
    world.model.giving('chronicler', keeps('One.'), keeps('Two.'), keeps('Three.'))
    await playOn({ ...world, engine: createEngine({ ...world.deps }) }, 1)
    expect(await wordsOf('Jon')).toEqual(['Two.'])
  })
})

describe('while it is asked', () => {
  const held = async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await remembers(world, 'Mira', 'Mira heard the rain.')
    world.model.giving('chronicler', keeps('Two.'), keeps('Three.'))
    const { asked: begun, release } = world.hold('chronicler', { summary: 'One.', keep: [], feelings: [] })
    await edited(world, closeScene, {})
    await begun
    return { world, release }
  }

  test('the story goes on, and it lands where that is by then', async () => {
    const { world, release } = await held()
    await say(world, 'm4', '"Words 4."')
    expect(await untold()).toEqual([1])
    release()
    await world.engine.idle()
    expect((await headNow()).state.turn.number).toBe(4)
    expect(await wordsOf('Mira')).toEqual(['One.'])
  })

  test('nothing comes of it when words are erased that it rests on', async () => {
    const { world, release } = await held()
    await stores.erasure.eraseMessage('m2')
    release()
    await world.engine.idle()
    expect(await untold()).toEqual([1])
    for (const name of ALL) expect(await wordsOf(name)).not.toContain('Two.')
  })

  test('words that are erased by then are sent to nobody, and the others are asked about later without them', async () => {
    const { world, release } = await held()
    await stores.erasure.eraseMessage('m2')
    release()
    await world.engine.idle()
    expect(asked(world)).toEqual([])
    await playOn(world, 1)
    expect(asked(world)[0]).toContain('Words 3.')
    for (const prompt of asked(world)) expect(prompt).not.toContain('Words 2.')
  })

  test('nor are those of a memory or a feeling that went with them', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 3)
    await remembers(world, 'Jon', 'Jon heard of a crown.')
    const { asked: begun, release } = world.hold('chronicler', { summary: 'One.', keep: [], feelings: [] })
    await edited(world, closeScene, {})
    await begun
    const [memory] = await remembered('Jon')
    if (!memory) throw new Error('no memory')
    await edited(world, supersedeMemory, { memory, text: null })
    release()
    await world.engine.idle()
    expect(asked(world).join('\n')).not.toContain('crown')
  })

  test('nor when someone puts other words in the place of a memory that it was told with', async () => {
    const { world, release } = await held()
    const [memory] = await remembered('Mira')
    if (!memory) throw new Error('no memory')
    await edited(world, supersedeMemory, { memory, text: 'Mira heard a cry.' })
    release()
    await world.engine.idle()
    expect(await untold()).toEqual([1])
    expect(await wordsOf('Mira')).toEqual(['Mira heard a cry.'])
  })

  test('nor when the story began anew', async () => {
    const { world, release } = await held()
    await edited(world, resetStory, { scope: 'story' })
    release()
    await world.engine.idle()
    for (const name of ALL) expect(await wordsOf(name)).toEqual([])
  })

  test('one who began anew keeps nothing of it; the others do', async () => {
    const { world, release } = await held()
    await edited(world, resetStory, { scope: 'character', character: await called('Mira') })
    release()
    await world.engine.idle()
    expect(await wordsOf('Mira')).toEqual([])
    expect(await wordsOf('Jon')).toEqual(['Two.'])
  })

  test('words that came for the others are not asked for again', async () => {
    const { world, release } = await held()
    const [memory] = await remembered('Mira')
    if (!memory) throw new Error('no memory')
    await edited(world, supersedeMemory, { memory, text: null })
    release()
    await world.engine.idle()
    world.model.giving('chronicler', keeps('One, anew.'))
    await playOn(world, 1)
    expect(asked(world).map((each) => /You write for (\w+)/u.exec(each)?.[1])).toEqual(['Jon', 'Ada', 'Mira'])
    expect(await wordsOf('Mira')).toEqual(['One, anew.'])
  })
})

describe('when it is asked', () => {
  test('after an answer that ended the scene', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 1)
    world.model.giving('archivist', { value: { scene_end: { line: 5, reason: 'ending', significance: 1 } } })
    world.model.giving('chronicler', keeps('One.'), keeps('Two.'), keeps('Three.'))
    await playOn(world, 1)
    for (const name of ALL) expect(await wordsOf(name)).toHaveLength(1)
  })

  test('also in a story with fewer calls', async () => {
    const world = await sceneOf(ALL, { mode: 'lean' })
    await playOn(world, 2)
    await closed(world, keeps('One.'), keeps('Two.'), keeps('Three.'))
    expect(asked(world)).toHaveLength(3)
  })

  test('not in a story of one call for each turn: its scenes stay as they are', async () => {
    const world = await sceneOf(ALL, { mode: 'bare' })
    await playOn(world, 2)
    await closed(world)
    await playOn(world, 1)
    expect(asked(world)).toEqual([])
    expect(await untold()).toEqual([1])
  })

  test('not while a story is paused', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await stores.settings.changeStory(ref.story, { pausedBy: ada.id }, ada.id)
    await closed(world)
    expect(asked(world)).toEqual([])
    expect(await untold()).toEqual([1])
  })

  test('after the next answer, where the program had ended before it could be', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closedUnasked(world)
    world.model.giving('chronicler', keeps('One.'), keeps('Two.'), keeps('Three.'))
    await playOn(world, 1)
    expect(asked(world)[0]).not.toContain('Words 4.')
    expect(await untold()).toEqual([])
  })

  test('of one scene after each answer, the oldest first', async () => {
    const world = await sceneOf(ALL)
    await stores.settings.changeStory(ref.story, { mode: 'bare' }, ada.id)
    await playOn(world, 2)
    await closed(world)
    await edited(world, openScene, {})
    await playOn(world, 2)
    await closed(world)
    expect(await untold()).toEqual([1, 2])
    await stores.settings.changeStory(ref.story, { mode: 'full' }, ada.id)
    world.model.giving('chronicler', keeps('One.'), keeps('Two.'), keeps('Three.'))
    await playOn(world, 1)
    expect(await untold()).toEqual([2])
    expect(asked(world)[0]).toContain('Words 2.')
    expect(asked(world)).toHaveLength(3)
  })

  test('not before there is an answer to the turn that the scene ended with', async () => {
    const world = workshop([...told('Rain.', '"Yes?"'), { deltas: [], end: failed('unavailable') }])
    await beginWith(world, 'Mira')
    await edited(world, openScene, {})
    await playOn(world, 2)
    await closed(world)
    expect((await headNow()).state.turn.phase).toBe('failed')
    expect(asked(world)).toEqual([])
    expect(await untold()).toEqual([1])
  })
})
