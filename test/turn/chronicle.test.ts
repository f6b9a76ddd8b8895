import { describe, expect, test } from 'vitest'
import { edgeBetween } from '../../src/story/edge.ts'
import { pinMemory } from '../../src/story/edit/memory.ts'
import { joinScene, openScene } from '../../src/story/edit/world.ts'
import { NARRATOR } from '../../src/story/ref.ts'
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
  whispers,
  wordsOf,
} from './chronicled.ts'
import { again, called, edited, headNow, rewind } from './given.ts'
import { stores } from './table.ts'

const ALL = ['Mira', 'Jon', 'Ada']

describe('when a scene is over', () => {
  test('each who was in it has a summary of their own, which rests on all that they perceived of it', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closed(world, keeps('Mira saw Ada.'), keeps('Jon heard words.'), keeps('Ada spoke.'))
    const lines = await stores.store.lines(await headNow(), 2, 3)
    expect(lines).toHaveLength(4)
    for (const [name, body] of [
      ['Mira', 'Mira saw Ada.'],
      ['Jon', 'Jon heard words.'],
      ['Ada', 'Ada spoke.'],
    ] as const) {
      const [summary, ...others] = await remembered(name)
      expect(summary).toMatchObject({ body, source: 'summary', reliability: 1, significance: 1, scene: 1 })
      expect(summary?.lines).toEqual(lines.map(({ id }) => id))
      expect(summary?.witnesses.toSorted()).toEqual(
        [NARRATOR, ...(await Promise.all(ALL.map(called)))].toSorted(),
      )
      expect(others).toEqual([])
    }
    expect(await untold()).toEqual([])
  })

  test('a prompt holds what its owner perceived, and nothing that was whispered to another', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await whispers(world, 'Mira', '"The vial is under the stairs."', 'w1')
    await remembers(world, 'Mira', 'Mira knows of the vial.')
    await closed(world, keeps('Mira learned of a vial.'), keeps('Jon waited.'), keeps('Ada whispered.'))
    const [mira = '', jon = '', persona = ''] = asked(world)
    expect(mira).toContain('You write for Mira.')
    expect(mira).toMatch(
      /1\. Mira knows of the vial\.[\s\S]*Ada \(whispering\): "The vial is under the stairs/u,
    )
    expect(jon).toContain('You write for Jon.')
    expect(jon).toMatch(/Ada: \*whispers to Mira\*/u)
    expect(jon).not.toMatch(/vial/u)
    expect(persona).toMatch(/whispering\): "The vial is under/u)
    expect(persona).not.toContain('knows of the vial')
    const [summary] = await remembered('Mira')
    expect(summary?.witnesses.toSorted()).toEqual([await called('Mira'), await called('Ada')].toSorted())
  })

  test('one who was elsewhere is not asked, and keeps nothing of it', async () => {
    const world = await sceneOf(['Mira', 'Ada'])
    await playOn(world, 2)
    await closed(world, keeps('Mira saw Ada.'), keeps('Ada saw Mira.'))
    expect(asked(world)).toHaveLength(2)
    expect(await wordsOf('Jon')).toEqual([])
  })

  test('one who came later is asked about what they were there for, and no more', async () => {
    const world = await sceneOf(['Mira', 'Ada'])
    await playOn(world, 2)
    await edited(world, joinScene, { entity: await called('Jon') })
    await playOn(world, 2)
    await closed(world, keeps('All of it.'), keeps('A part of it.'), keeps('All of it, too.'))
    const [, jon = ''] = asked(world)
    expect(jon).toMatch(/Words 4[\s\S]*Words 5/u)
    expect(jon).not.toMatch(/Words [23]|Turn [123]\./u)
    const heard = (await stores.store.lines(await headNow(), 4, 5)).map(({ id }) => id)
    expect(await remembered('Jon')).toMatchObject([{ body: 'A part of it.', lines: heard }])
  })

  test('who perceived next to nothing of it is not asked: what they remember stays', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 1)
    await remembers(world, 'Mira', 'Mira saw Ada.')
    await closed(world)
    expect(asked(world)).toEqual([])
    expect(await wordsOf('Mira')).toEqual(['Mira saw Ada.'])
    expect(await untold()).toEqual([])
  })

  test('what was asked is kept with the newest answer, for whoever looks into it', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closed(world, keeps('One.'), keeps('Two.'), keeps('Three.'))
    const { ref: at, state } = await headNow()
    const kept = await stores.records.promptsOf({ ...at, turn: state.turn.id, alternate: 0 })
    const parts = kept.find(({ role }) => role === 'chronicler')?.parts ?? []
    expect(parts.map(({ section, audience }) => [section, audience])).toEqual([
      ['rules', 'nobody'],
      ...Array(3).fill(['line', 'nobody']),
    ])
  })
})

describe('fine memories', () => {
  test('give way to the summary, but for what matters, what is pinned and what would be kept', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await remembers(world, 'Mira', 'Mira heard the rain.', 0)
    await remembers(world, 'Mira', 'Mira owes Ada salt.')
    await remembers(world, 'Mira', 'Ada lied to Mira.', 2)
    await remembers(world, 'Mira', 'Mira liked the lamp.')
    await remembers(world, 'Mira', 'Mira saw a ship.')
    const pinned = (await remembered('Mira')).find(({ body }) => body === 'Mira liked the lamp.')
    await edited(world, pinMemory, { owner: await called('Mira'), memory: pinned?.memory ?? '' })
    const { pins } = (await headNow()).state
    await closed(world, keeps('Rain fell, and a ship came.', { keep: [1] }), keeps('Two.'), keeps('Three.'))
    expect(await wordsOf('Mira')).toEqual([
      'Mira owes Ada salt.',
      'Ada lied to Mira.',
      'Mira liked the lamp.',
      'Rain fell, and a ship came.',
    ])
    expect((await headNow()).state.pins).toEqual(pins)
  })

  test('of other scenes are neither told nor folded', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closed(world, keeps('One.'), keeps('Two.'), keeps('Three.'))
    await remembers(world, 'Mira', 'Mira slept.')
    await edited(world, openScene, {})
    await playOn(world, 2)
    await remembers(world, 'Mira', 'Mira woke.')
    await closed(world, keeps('Morning.'), keeps('Two.'), keeps('Three.'))
    expect(await wordsOf('Mira')).toEqual(['One.', 'Mira slept.', 'Morning.'])
    expect(asked(world)[3]).not.toMatch(/slept|One\./u)
  })

  test('come back where the story goes back to before the end of the scene', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 1)
    await remembers(world, 'Mira', 'Mira heard the rain.')
    await playOn(world, 1)
    await closed(world, keeps('Rain fell.'), keeps('Two.'), keeps('Three.'))
    expect(await wordsOf('Mira')).toEqual(['Rain fell.'])
    await rewind(world, 2, 'i9')
    expect(await wordsOf('Mira')).toEqual(['Mira heard the rain.'])
    expect((await headNow()).state.scene).toMatchObject({ open: { since: 2 }, untold: [] })
  })
})

describe('feelings', () => {
  const feeling = async (from: string, to: string) => {
    const { state, words } = await headNow()
    return words.get(edgeBetween(state.edges, await called(from), await called(to)).summary ?? '')
  }
  const felt = (to: string, summary: string) => ({ feelings: [{ to, summary }] })

  test('of characters for those whom they met are written anew, each following from the one before', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closed(
      world,
      keeps('One.', felt('Ada', 'Mira likes Ada.')),
      keeps('Two.'),
      keeps('Three.', felt('Mira', 'Ada likes Mira.')),
    )
    expect(await feeling('Mira', 'Ada')).toBe('Mira likes Ada.')
    expect(await feeling('Ada', 'Mira')).toBeUndefined()
    await edited(world, openScene, {})
    await playOn(world, 2)
    await closed(world, keeps('One.', felt('Ada', 'Mira trusts Ada.')), keeps('Two.'), keeps('Three.'))
    const [mira = '', jon = '', persona = ''] = asked(world).slice(3)
    expect(mira).toMatch(/How Mira felt before it .*[\s\S]*- Ada: Mira likes Ada\./u)
    expect(jon).toMatch(/How Jon felt before it .*[\s\S]*- Ada: \(nothing is written yet\)/u)
    expect(persona).not.toMatch(/How Ada felt|likes/u)
    expect(await feeling('Mira', 'Ada')).toBe('Mira trusts Ada.')
  })

  test('that are the same as before are not written again', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closed(world, keeps('One.', felt('Ada', 'Mira likes Ada.')), keeps('Two.'), keeps('Three.'))
    const { edges } = (await headNow()).state
    await edited(world, openScene, {})
    await playOn(world, 2)
    await closed(world, keeps('One.', felt('Ada', 'Mira likes Ada.')), keeps('Two.'), keeps('Three.'))
    expect((await headNow()).state.edges).toEqual(edges)
  })
})

describe('a summary goes', () => {
  test('with words that it rests on, when they are erased; so do the feelings', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closed(
      world,
      keeps('One.', { feelings: [{ to: 'Ada', summary: 'Mira likes Ada.' }] }),
      keeps('Two.'),
      keeps('Three.'),
    )
    await stores.erasure.eraseMessage('m2')
    for (const name of ALL) expect(await wordsOf(name)).toEqual([])
    expect([...(await headNow()).words.values()]).not.toContain('Mira likes Ada.')
  })

  test('with the answer that the scene ended with, when another takes its place', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await remembers(world, 'Mira', 'Mira heard the rain.')
    await closed(world, keeps('One.'), keeps('Two.'), keeps('Three.'))
    await again(world, 'i9')
    expect(await wordsOf('Mira')).toEqual(['Mira heard the rain.'])
    expect(await untold()).toEqual([1])
  })

  test('not with an answer that was given after the scene', async () => {
    const world = await sceneOf(ALL)
    await playOn(world, 2)
    await closedUnasked(world)
    world.model.giving('chronicler', keeps('One.'), keeps('Two.'), keeps('Three.'))
    await playOn(world, 1)
    await again(world, 'i9')
    expect(await wordsOf('Mira')).toEqual(['One.'])
    expect(await untold()).toEqual([])
  })
})
