import { describe, expect, test } from 'vitest'
import { countTokens } from '../../src/prompt/tokens.ts'
import { drafting } from '../../src/story/draft.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { joinScene, openScene } from '../../src/story/edit/world.ts'
import { NARRATOR, SKEIN } from '../../src/story/ref.ts'
import { beginWith, called, edited, headNow, rewind, sentTo, told, type Workshop, workshop } from './given.ts'
import { ada, newId, promptOf, ref, say, stores } from './table.ts'

/** So long that the seventh turn fills a prompt. */
const long = (turn: number) => `Turn ${turn}. ${'word '.repeat(880)}`
const FULL = 7
const ANSWERS = Array.from({ length: 2 * FULL }, (_, nth) => long(nth + 1))
const summary = (text: string) => ({ value: { summary: text } })

const playUpTo = async (world: Workshop, last: number) => {
  for (let turn = (await headNow()).state.turn.number + 1; turn <= last; turn += 1)
    await say(world, `m${turn}`, `Words ${turn}.`)
}
/** A story of Mira and Ada whose next turn fills a prompt. */
const almostFull = async () => {
  const world = workshop(told(...ANSWERS))
  await beginWith(world, 'Mira')
  await playUpTo(world, FULL - 1)
  expect(sentTo(world, 'summariser')).toEqual([])
  return world
}
const summedUp = async () => {
  const world = await almostFull()
  world.model.giving('summariser', summary('Ada came ashore.'))
  const done = world.appended('past.left')
  await playUpTo(world, FULL)
  await done
  return world
}
const rows = async () =>
  (await stores.summaries.of(await headNow())).map(({ owner, from, to, level, body }) => ({
    ...{ owner, from, to, level, body },
  }))
const lastPrompt = (world: Workshop) => promptOf(world, world.model.requests.length - 1)

describe('when prompts are full', () => {
  test('the oldest turns are summed up, once for all who perceived the same of them', async () => {
    const world = await summedUp()
    const [asked, ...others] = sentTo(world, 'summariser')
    expect(asked).toMatch(/Narrator: Turn 1\.[\s\S]*Ada: Words 2\.[\s\S]*Turn 3\./u)
    expect(asked).not.toContain('Turn 4.')
    expect(others).toEqual([])
    const row = { from: 1, to: 3, level: 0, body: 'Ada came ashore.' }
    expect(await rows()).toEqual(
      [await called('Mira'), await called('Ada')].map((owner) => ({ owner, ...row })),
    )
    expect((await headNow()).state.past).toEqual({ left: 3 })
  })

  test('from then on, prompts hold the summary in the place of those turns', async () => {
    const world = await summedUp()
    const before = world.model.requests.at(-1)?.messages.length ?? 0
    await playUpTo(world, FULL + 1)
    expect(lastPrompt(world)).toContain('# What happened before\nAda came ashore.')
    expect(lastPrompt(world)).not.toMatch(/Turn [123]\.|Words [23]\./u)
    expect(lastPrompt(world)).toMatch(/Turn 4\.[\s\S]*Turn 7\.[\s\S]*Words 8\./u)
    expect(world.model.requests.at(-1)?.messages.length).toBeLessThan(before)
  })

  test('nothing leaves them where no model gives words for it, until one does', async () => {
    const world = await almostFull()
    await playUpTo(world, FULL)
    await playUpTo(world, FULL + 1)
    expect(await rows()).toEqual([])
    expect((await headNow()).state.past).toEqual({ left: 0 })
    world.model.giving('summariser', summary('Ada came.'), summary('Ada came.'))
    const done = world.appended('past.left')
    await playUpTo(world, FULL + 2)
    await done
    expect((await headNow()).state.past.left).toBeGreaterThanOrEqual(3)
  })

  test('a summary that must not stand in the story is none', async () => {
    const world = await almostFull()
    await stores.settings.changeStory(ref.story, { lines: [{ label: 'spiders', words: [] }] }, ada.id)
    world.model.giving('summariser', summary('Ada saw a spider.'))
    await playUpTo(world, FULL)
    await world.engine.close()
    expect(sentTo(world, 'summariser')).toHaveLength(1)
    expect(await rows()).toEqual([])
  })

  test('each has what they perceived told to them, and no more', async () => {
    const world = workshop(told(...ANSWERS))
    await beginWith(world, 'Mira', 'Jon')
    await edited(world, openScene, { participants: [await called('Mira'), await called('Ada')] })
    await playUpTo(world, 2)
    await edited(world, joinScene, { entity: await called('Jon') })
    world.model.giving('summariser', summary('All of it.'), summary('A part of it.'))
    const done = world.appended('past.left')
    await playUpTo(world, FULL)
    await done
    expect(Object.fromEntries((await rows()).map(({ owner, body }) => [owner, body]))).toEqual({
      [await called('Mira')]: 'All of it.',
      [await called('Ada')]: 'All of it.',
      [await called('Jon')]: 'A part of it.',
    })
    const [whole, part] = sentTo(world, 'summariser')
    expect(whole).toMatch(/Turn 1\.[\s\S]*Words 2[\s\S]*Words 3/u)
    expect(part).toContain('Words 3')
    expect(part).not.toMatch(/Turn 1\.|Words 2/u)
    const lines = await stores.store.lines(await headNow(), 1, FULL)
    for (const { owner, text } of await stores.summaries.of(await headNow())) {
      const cited = await stores.summaries.citedBy(ref.story, [text])
      const perceived = lines.filter(({ turn, witnesses }) => turn <= 3 && witnesses.includes(owner))
      expect(cited.toSorted()).toEqual(perceived.map(({ id }) => id).toSorted())
    }
  })
})

describe('a summary that takes its time', () => {
  const held = async () => {
    const world = await almostFull()
    const { asked, release } = world.hold('summariser', { summary: 'Ada came ashore.' })
    await playUpTo(world, FULL)
    await asked
    return { world, release }
  }
  /** Lets it come, and waits until something has come of that. */
  const comes = async ({ world, release }: Awaited<ReturnType<typeof held>>) => {
    release()
    await world.engine.close()
    return rows()
  }

  test('lands where the story is by then', async () => {
    const given = await held()
    await say(given.world, 'm8', 'Words 8.')
    expect(await comes(given)).toHaveLength(2)
    expect((await headNow()).state).toMatchObject({ past: { left: 3 }, turn: { number: FULL + 1 } })
  })

  test('is dropped when the story went back', async () => {
    const given = await held()
    await rewind(given.world, 5, 'i8')
    expect(await comes(given)).toEqual([])
    expect((await headNow()).state.past).toEqual({ left: 0 })
  })

  test('is dropped when words that it rests on were erased', async () => {
    const given = await held()
    await stores.erasure.eraseMessage('m2')
    expect(await comes(given)).toEqual([])
  })

  test('is dropped when it was forgotten: nothing comes back after a reset', async () => {
    const given = await held()
    await edited(given.world, resetStory, { scope: 'character', character: await called('Mira') })
    expect(await comes(given)).toEqual([])
  })
})

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
  const arcs = async (count: number, level: number, cited = 4) => {
    const owners = [await called('Mira'), await called('Ada')]
    for (let nth = 1; nth <= count; nth += 1) {
      const head = await headNow()
      const lines = await stores.store.lines(head, cited, cited)
      const draft = drafting(head.state, SKEIN, newId)
      draft.emit({
        type: 'past.summarised',
        data: {
          ...{ text: draft.text(`Arc ${nth}.`), from: nth, to: nth, level, replaces: [] },
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

test('a narrator tells nobody what they missed, though older turns are only summed up', async () => {
  const world = workshop(told(...ANSWERS))
  await beginWith(world, 'Mira', 'Jon')
  await playUpTo(world, 3)
  await edited(world, openScene, { participants: [await called('Mira'), await called('Ada')] })
  world.model.giving('summariser', summary('All of it.'), summary('A part of it.'))
  const done = world.appended('past.left')
  await playUpTo(world, FULL)
  await done
  await edited(world, joinScene, { entity: await called('Jon') })
  await playUpTo(world, FULL + 1)
  expect(world.shown.at(-1)?.speaker).toBe(NARRATOR)
  expect(lastPrompt(world)).toContain('Words 8.')
  expect(lastPrompt(world)).not.toMatch(/Words [4-7]\.|All of it|A part of it/u)
})

test('prompts stay within their limit throughout', async () => {
  const world = await summedUp()
  await playUpTo(world, FULL + 4)
  for (const { messages } of world.model.requests) {
    const size = messages.reduce((sum, { content }) => sum + countTokens(content), 0)
    expect(size).toBeLessThan(6000)
  }
})
