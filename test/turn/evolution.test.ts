import { beforeEach, describe, expect, test } from 'vitest'
import { tell } from '../../src/story/decide.ts'
import { createCharacter, reviseCharacter } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { addPlace, closeScene, joinScene, leaveScene, openScene } from '../../src/story/edit/world.ts'
import { playTurn, ref } from '../doubles/told.ts'
import {
  append,
  askAgain,
  called,
  changed,
  changesOf,
  edited,
  headNow,
  model,
  newId,
  playTo,
  review,
  reviewed,
  rewind,
  sent,
  stores,
  told,
} from './arcs.ts'

describe('when ten turns are over and settled', () => {
  test('a character is asked about, and it is kept how they changed', async () => {
    await playTo(10)
    model.giving('biographer', changed([3, 'Mira trusts Ada.'], [4, 'Mira is bold.']))
    await reviewed()
    expect(sent()).toHaveLength(1)
    const arc = { from: 1, to: 10, scene: null, place: null }
    expect(await changesOf('Mira')).toMatchObject([
      { ...arc, turn: 3, body: 'Mira trusts Ada.' },
      { ...arc, turn: 3, body: 'Mira is bold.' },
    ])
    expect((await headNow()).state.evolved).toBe(10)
  })

  test('they are asked about with what they perceived, and no more', async () => {
    await edited(createCharacter, { name: 'Jon' })
    await edited(reviseCharacter, {
      character: await called('Mira'),
      persona: 'A keeper.',
      backstory: 'A lie.',
    })
    await edited(openScene, { participants: [await called('Mira'), await called('Ada')] })
    await playTo(5)
    await edited(leaveScene, { entity: await called('Mira') })
    await edited(joinScene, { entity: await called('Jon') })
    await playTo(6)
    await edited(joinScene, { entity: await called('Mira') })
    await playTo(10)
    model.giving('biographer', changed(), changed())
    await reviewed()
    const [mira, jon, ...others] = sent()
    expect(mira).toMatch(/^# The character\nMira: A keeper\.\n\n# What Mira perceived\n\[1\] /u)
    expect(mira).toMatch(/Words 2\.[\s\S]*Words 5\.[\s\S]*Words 7\./u)
    expect(mira).not.toMatch(/Words 6|A lie/u)
    expect(jon).toMatch(/Words 6\.[\s\S]*Words 10\./u)
    expect(jon).not.toMatch(/Words 5|A keeper/u)
    expect(others).toEqual([])
  })

  test('the next ten are looked at with what is told of them by then', async () => {
    await playTo(10)
    model.giving('biographer', changed([3, 'Mira trusts Ada.']), changed([1, 'Mira fears the sea.']))
    await reviewed()
    await playTo(20)
    await reviewed()
    const [, second] = sent()
    expect(second).toContain('# How they changed before\n- Mira trusts Ada.')
    expect(second).toMatch(/\[1\] Ada: .*Words 11\./u)
    expect(await changesOf('Mira')).toMatchObject([
      { from: 1, to: 10, turn: 3 },
      { from: 11, to: 20, turn: 11 },
    ])
  })

  test('where nobody changed, or nobody perceived enough, they are looked at once all the same', async () => {
    await playTo(10)
    model.giving('biographer', changed())
    await reviewed()
    expect((await headNow()).state.evolved).toBe(10)
    expect(await review()).toBeUndefined()
    await edited(openScene, { participants: [await called('Ada')] })
    await playTo(20)
    await reviewed()
    expect((await headNow()).state.evolved).toBe(20)
    expect(sent()).toHaveLength(1)
    expect(await changesOf('Mira')).toEqual([])
  })

  test('what was asked is kept with the newest answer, for whoever looks into it', async () => {
    await playTo(10)
    model.giving('biographer', changed())
    await reviewed()
    const { ref: at, state } = await headNow()
    const answer = { ...at, turn: state.turn.id, alternate: state.turn.alternate }
    const kept = (await stores.records.promptsOf(answer)).find(({ role }) => role === 'biographer')
    expect(kept?.parts.map(({ section, audience }) => [section, audience])).toEqual([
      ['rules', 'nobody'],
      ['line', 'nobody'],
    ])
  })
})

describe('nobody is asked', () => {
  test('before ten turns are over, or while what they brought about is not settled', async () => {
    await playTo(9)
    expect(await review()).toBeUndefined()
    await playTurn(stores, '"Words 10."', 'm10')
    expect(await review()).toBeUndefined()
    await playTurn(stores, '"Words 11."', 'm11')
    expect(await review()).toBeUndefined()
    expect(sent()).toEqual([])
  })

  test.each(['bare', 'lean'] as const)('in a story that is told %s', async (mode) => {
    await stores.settings.changeStory(ref.story, { mode }, '1001')
    await playTo(10)
    expect(await review()).toBeUndefined()
    expect(sent()).toEqual([])
  })
})

describe('where a character changed', () => {
  const at = async (...turns: readonly number[]) => {
    await playTo(10)
    model.giving('biographer', changed(...turns.map((turn) => [2 * turn - 3, `Change ${turn}.`] as const)))
    await reviewed()
    return (await changesOf('Mira')).map(({ turn, scene, place }) => ({ turn, scene, place }))
  }
  const placed = async (name: string): Promise<string> => {
    await edited(addPlace, { name, type: 'place' })
    return (await headNow()).state.places.find((each) => each.name === name)?.place ?? ''
  }

  test('is the scene and the place in which they were', async () => {
    const [pier, hut] = [await placed('Pier'), await placed('Hut')]
    await edited(openScene, { place: pier })
    await playTo(3)
    await edited(closeScene, {})
    await playTo(4)
    await edited(openScene, { place: pier })
    await playTo(5)
    await edited(joinScene, { entity: await called('Mira'), place: hut })
    await edited(joinScene, { entity: await called('Ada'), place: hut })
    await playTo(6)
    expect(await at(2, 4, 6)).toEqual([
      { turn: 2, scene: 1, place: pier },
      { turn: 4, scene: null, place: null },
      { turn: 6, scene: 2, place: hut },
    ])
  })

  test('also where the scene ended in that turn, and another began', async () => {
    const [pier, hut] = [await placed('Pier'), await placed('Hut')]
    await edited(openScene, { place: pier })
    await playTo(3)
    await edited(closeScene, {})
    await edited(openScene, { place: hut })
    expect(await at(3, 4)).toEqual([
      { turn: 3, scene: 1, place: pier },
      { turn: 4, scene: 2, place: hut },
    ])
  })
})

describe('where a model gives no answer', () => {
  test('nothing is asked again for five turns, and then no more than is missing', async () => {
    await edited(createCharacter, { name: 'Jon' })
    await edited(openScene, {})
    await playTo(10)
    model.giving('biographer', changed([3, 'Mira trusts Ada.']))
    expect(await review()).toBeUndefined()
    expect(sent()).toHaveLength(2)
    await playTo(14)
    expect(await review()).toBeUndefined()
    expect(sent()).toHaveLength(2)
    await playTo(15)
    model.giving('biographer', changed([3, 'Jon fears the sea.']))
    await reviewed()
    expect(sent().map((each) => /^# The character\n(\w+)/u.exec(each)?.[1])).toEqual(['Mira', 'Jon', 'Jon'])
    expect([await told('Mira'), await told('Jon')]).toEqual([['Mira trusts Ada.'], ['Jon fears the sea.']])
  })

  test('and words are erased, it is asked again at once, without them', async () => {
    await playTo(10)
    expect(await review()).toBeUndefined()
    await stores.erasure.eraseMessage('m4')
    model.giving('biographer', changed([3, 'Mira trusts Ada.']))
    await reviewed()
    expect(sent()).toHaveLength(2)
    expect(sent()[1]).not.toContain('Words 4.')
    expect(await told('Mira')).toEqual(['Mira trusts Ada.'])
  })

  test('because it was stopped, it is asked again at once', async () => {
    await playTo(10)
    expect(await review(AbortSignal.abort())).toBeUndefined()
    model.giving('biographer', changed([3, 'Mira trusts Ada.']))
    await reviewed()
    expect(await told('Mira')).toEqual(['Mira trusts Ada.'])
  })
})

describe('what was answered comes to nothing', () => {
  const meanwhile: readonly (readonly [string, () => Promise<void>])[] = [
    ['the story went back into those turns', () => rewind(7)],
    ['the story began anew', () => edited(resetStory, { scope: 'story' })],
    [
      'the character began anew',
      async () => edited(resetStory, { scope: 'character', character: await called('Mira') }),
    ],
    [
      'words that it may rest on were erased',
      async () => {
        await stores.erasure.eraseMessage('m4')
      },
    ],
    [
      'another has looked at them',
      async () => {
        model.giving('biographer', changed())
        await reviewed()
      },
    ],
    ['another answer is asked for in the newest of them', () => askAgain()],
  ]
  test.each(meanwhile)('when, while a model read, %s', async (_what, happen) => {
    await playTo(10)
    model.giving('biographer', changed([3, 'Mira trusts Ada.']))
    const decide = await review()
    await happen()
    expect(await decide?.(await headNow())).toEqual({ refused: 'nothing_changed' })
  })

  test('when words are erased while a model reads, they are not sent for the next character', async () => {
    await edited(createCharacter, { name: 'Jon' })
    await edited(openScene, {})
    await playTo(10)
    model.giving('biographer', changed([3, 'Mira trusts Ada.']), changed())
    const decide = await review(undefined, () => stores.erasure.eraseMessage('m4'))
    expect(decide).toBeUndefined()
    expect(sent().map((each) => /^# The character\n(\w+)/u.exec(each)?.[1])).toEqual(['Mira'])
  })

  test('but not when the story went on', async () => {
    await playTo(10)
    model.giving('biographer', changed([3, 'Mira trusts Ada.']))
    const decide = await review()
    await playTurn(stores, '"Words 11."', 'm11')
    expect(await decide?.(await headNow())).toMatchObject({ turn: 11, alternate: null })
  })
})

test('a change that may rest on the newest answer goes with it when another takes its place', async () => {
  await playTo(10)
  model.giving('biographer', changed([18, 'Mira trusts Ada.']))
  await reviewed()
  expect(await told('Mira')).toEqual(['Mira trusts Ada.'])
  await askAgain()
  await append(tell((await headNow()).state, 'Otherwise.', 'finished', newId))
  expect(await told('Mira')).toEqual([])
  expect((await headNow()).state.evolved).toBe(0)
})

describe('how a character changed', () => {
  beforeEach(async () => {
    await playTo(11)
    model.giving('biographer', changed([5, 'Mira trusts Ada.'], [7, 'Mira fears the sea.']))
    await reviewed()
  })

  test('is erased with any words that it was told from', async () => {
    await stores.erasure.eraseMessage('m9')
    expect(await told('Mira')).toEqual([])
  })

  test('is taken back by a rewind to before it was told', async () => {
    await playTo(12)
    await rewind(11)
    expect(await told('Mira')).toHaveLength(2)
    await rewind(10)
    expect(await told('Mira')).toEqual([])
  })

  test.each([
    ['the character', async () => ({ scope: 'character' as const, character: await called('Mira') })],
    ['the story', async () => ({ scope: 'story' as const })],
  ])('is forgotten when %s begins anew', async (_who, scope) => {
    await edited(resetStory, await scope())
    expect(await told('Mira')).toEqual([])
  })

  test('is nobody else’s', async () => expect(await told('Ada')).toEqual([]))
})
