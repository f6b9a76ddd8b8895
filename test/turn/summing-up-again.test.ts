import { describe, expect, test } from 'vitest'
import { drafting } from '../../src/story/draft.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { joinScene, openScene } from '../../src/story/edit/world.ts'
import { NARRATOR, SKEIN } from '../../src/story/ref.ts'
import { beginWith, called, edited, headNow, rewind, sentTo, told, workshop } from './given.ts'
import { ANSWERS, almostFull, FULL, lastPrompt, playUpTo, rows, summary, summedUp } from './summed.ts'
import { newId, say, stores } from './table.ts'

describe('afterwards', () => {
  test('going back to before it brings the turns back', async () => {
    const world = await summedUp()
    await rewind(world, FULL - 1, 'i8')
    expect(await rows()).toEqual([])
    expect((await headNow()).state.past).toEqual({ left: 0 })
    await say(world, 'm20', 'Again.')
    expect(lastPrompt(world)).toMatch(/Turn 1\.[\s\S]*Turn 6\.[\s\S]*Again\./u)
    expect(lastPrompt(world)).not.toContain('Ada came ashore.')
  })

  test('an erasure takes what rests on the message along', async () => {
    const world = await summedUp()
    await stores.erasure.eraseMessage('m2')
    expect(await rows()).toEqual([])
    await playUpTo(world, FULL + 1)
    expect(lastPrompt(world)).not.toMatch(/Ada came ashore|Words 2/u)
  })

  test('what an erasure took is summed up again from what is left, though nothing else leaves', async () => {
    const world = await summedUp()
    await stores.erasure.eraseMessage('m2')
    world.model.giving('summariser', summary('It rained.'))
    const done = world.appended('past.summarised')
    await playUpTo(world, FULL + 1)
    await done
    const [, asked] = sentTo(world, 'summariser')
    expect(asked).toMatch(/Turn 1\.[\s\S]*Turn 2\.[\s\S]*Ada: Words 3\./u)
    expect(asked).not.toContain('Words 2.')
    const row = { from: 1, to: 3, level: 0, body: 'It rained.' }
    expect(await rows()).toEqual(
      [await called('Mira'), await called('Ada')].map((owner) => ({ owner, ...row })),
    )
    expect((await headNow()).state.past).toEqual({ left: 3 })
    await playUpTo(world, FULL + 2)
    expect(lastPrompt(world)).toContain('It rained.')
  })

  test('where it was taken from a narrator’s hearers, they are told nothing that one of them missed', async () => {
    const world = workshop(told(...ANSWERS))
    await beginWith(world, 'Mira', 'Jon')
    await playUpTo(world, 2)
    await edited(world, openScene, { participants: [await called('Mira'), await called('Ada')] })
    world.model.giving('summariser', summary('All of it.'), summary('A part of it.'))
    const done = world.appended('past.left')
    // Nobody tells all three of the second turn, which Jon missed.
    await playUpTo(world, FULL + 1)
    await done
    await edited(world, joinScene, { entity: await called('Jon') })
    // Jon’s summary goes, and those of the others stay: he heard the second turn, and not the third.
    const jons = (await stores.summaries.of(await headNow())).find(({ body }) => body === 'A part of it.')
    await stores.db
      .deleteFrom('texts')
      .where('id', '=', jons?.text ?? '')
      .execute()
    await playUpTo(world, FULL + 1)
    expect(world.shown.at(-1)?.speaker).toBe(NARRATOR)
    expect(lastPrompt(world)).not.toContain('All of it.')
  })

  test('one who came later is told nothing of what others perceived', async () => {
    const world = await summedUp()
    await edited(world, createCharacter, { name: 'Jon' })
    await say(world, 'm20', '"Jon?"')
    expect(world.shown.at(-1)?.speaker).toBe(await called('Jon'))
    expect(lastPrompt(world)).not.toContain('Ada came ashore.')
  })

  test('a reset leaves the opening, which no summary tells any more', async () => {
    const world = await summedUp()
    await edited(world, resetStory, { scope: 'story' })
    await playUpTo(world, FULL + 1)
    expect(lastPrompt(world)).toContain('Turn 1.')
    expect(lastPrompt(world)).not.toMatch(/Turn [2-7]\.|Ada came ashore/u)
  })

  test('and leaves it for as long as the story goes on', async () => {
    const world = await summedUp()
    await edited(world, resetStory, { scope: 'story' })
    world.model.giving('summariser', summary('Ada came again.'))
    const done = world.appended('past.left')
    await playUpTo(world, 2 * FULL - 1)
    await done
    await playUpTo(world, 2 * FULL)
    expect(lastPrompt(world)).toContain('Ada came again.')
    expect(lastPrompt(world)).toContain('Turn 1.')
  })
})

describe('when there are many summaries', () => {
  /** Sums up turns by hand, so that a story has a past without being played for so long. */
  const arcs = async (count: number, level: number, cited = 4, length = 1) => {
    const owners = [await called('Mira'), await called('Ada')]
    for (let nth = 1; nth <= count; nth += 1) {
      const head = await headNow()
      const lines = await stores.store.lines(head, cited, cited)
      const draft = drafting(head.state, SKEIN, newId)
      draft.emit({
        type: 'past.summarised',
        data: {
          ...{ text: draft.text(`Arc ${nth}.`), level, replaces: [] },
          ...{ from: (nth - 1) * length + 1, to: nth * length },
          owners: owners.map((owner) => ({ owner, summary: newId() })),
          lines: lines.map(({ id }) => id),
        },
      })
      await stores.store.append(head, draft.done())
    }
  }
  const miras = async () => {
    const mira = await called('Mira')
    return (await rows()).filter(({ owner }) => owner === mira).map(({ body, level }) => [body, level])
  }
  const joinedFrom = async (level: number) => {
    const world = await almostFull()
    await arcs(4, level)
    world.model.giving('summariser', summary('Now.'), summary('Long ago.'))
    const done = world.appended('past.left')
    await playUpTo(world, FULL)
    await done
    return world
  }

  test('the oldest become one, for all whose they are', async () => {
    const world = await joinedFrom(0)
    expect((await miras()).toSorted()).toEqual([
      ['Arc 4.', 0],
      ['Long ago.', 1],
      ['Now.', 0],
    ])
    expect(await rows()).toHaveLength(6)
    const [, asked] = sentTo(world, 'summariser')
    expect(asked).toContain('Tell this in short:\n\nArc 1.\n\nArc 2.\n\nArc 3.')
  })

  test('those that are many times joined stay of the last level', async () => {
    await joinedFrom(1)
    expect((await miras()).toSorted()).toEqual([
      ['Arc 4.', 1],
      ['Long ago.', 1],
      ['Now.', 0],
    ])
  })

  test('one that became of many rests on all that they rest on', async () => {
    const world = await joinedFrom(0)
    await stores.erasure.eraseMessage('m4')
    expect((await miras()).map(([body]) => body)).toEqual(['Now.'])
    await playUpTo(world, FULL + 1)
    expect(lastPrompt(world)).not.toContain('Long ago.')
  })

  test('one that is lost is summed up again from its turns: one arc of them after each answer', async () => {
    const world = workshop(told(...Array.from({ length: 16 }, (_, nth) => `Turn ${nth + 1}.`)))
    await beginWith(world, 'Mira')
    await playUpTo(world, 14)
    await arcs(1, 1, 4, 14)
    await stores.erasure.eraseMessage('m4')
    expect(await rows()).toEqual([])
    world.model.giving('summariser', summary('Long ago.'), summary('Of late.'))
    for (const [turn, from, to] of [
      [15, 1, 10],
      [16, 11, 14],
    ] as const) {
      const done = world.appended('past.summarised')
      await playUpTo(world, turn)
      await done
      expect((await rows()).at(-1)).toMatchObject({ from, to, level: 0 })
    }
    expect(sentTo(world, 'summariser')).toHaveLength(2)
    expect(sentTo(world, 'summariser').join()).not.toContain('Words 4.')
    expect(await miras()).toEqual([
      ['Long ago.', 0],
      ['Of late.', 0],
    ])
  })

  test('one is dropped when what it would replace was erased meanwhile', async () => {
    const world = await almostFull()
    await arcs(4, 0)
    world.hold('summariser', { summary: 'Now.' }).release()
    const { asked, release } = world.hold('summariser', { summary: 'Long ago.' })
    await playUpTo(world, FULL)
    await asked
    await stores.erasure.eraseMessage('m4')
    release()
    await world.engine.close()
    expect((await miras()).map(([body]) => body)).toEqual(['Now.'])
  })
})
