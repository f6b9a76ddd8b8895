import { describe, expect, test } from 'vitest'
import { countTokens } from '../../src/prompt/tokens.ts'
import { resetStory } from '../../src/story/edit/reset.ts'
import { joinScene, openScene } from '../../src/story/edit/world.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { beginWith, called, edited, headNow, rewind, sentTo, told, workshop } from './given.ts'
import { ANSWERS, almostFull, FULL, lastPrompt, playUpTo, rows, summary, summedUp } from './summed.ts'
import { ada, ref, say, stores } from './table.ts'

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

  test('nothing leaves them where no model gives words for it, until one does some turns later', async () => {
    const world = await almostFull()
    await playUpTo(world, FULL + 4)
    expect(sentTo(world, 'summariser')).toHaveLength(1)
    expect(await rows()).toEqual([])
    expect((await headNow()).state.past).toEqual({ left: 0 })
    world.model.giving('summariser', summary('Ada came.'))
    const done = world.appended('past.left')
    await playUpTo(world, FULL + 5)
    await done
    expect((await headNow()).state.past).toEqual({ left: 3 })
  })

  test('a summary lacks the sentences that must not stand in the story, and is none where no other is left', async () => {
    const world = await almostFull()
    await stores.settings.changeStory(ref.story, { lines: [{ label: 'spiders', words: [] }] }, ada.id)
    world.model.giving('summariser', summary('Ada saw a spider.'), summary('Ada came. She saw a spider.'))
    await playUpTo(world, FULL + 4)
    expect(sentTo(world, 'summariser')).toHaveLength(1)
    expect(await rows()).toEqual([])
    const done = world.appended('past.left')
    await playUpTo(world, FULL + 5)
    await done
    expect(new Set((await rows()).map(({ body }) => body))).toEqual(new Set(['Ada came.']))
  })

  test('what there are words for is not asked again when there are none for the rest', async () => {
    const world = workshop(told(...ANSWERS))
    await beginWith(world, 'Mira', 'Jon')
    await playUpTo(world, 2)
    await edited(world, openScene, { participants: [await called('Mira'), await called('Ada')] })
    world.model.giving('summariser', summary('All of it.'))
    await playUpTo(world, FULL + 4)
    expect(sentTo(world, 'summariser')).toHaveLength(2)
    expect(await rows()).toEqual([])
    world.model.giving('summariser', summary('A part of it.'))
    const done = world.appended('past.left')
    await playUpTo(world, FULL + 5)
    await done
    expect(sentTo(world, 'summariser')).toHaveLength(3)
    expect((await rows()).map(({ body }) => body).toSorted()).toEqual([
      'A part of it.',
      'All of it.',
      'All of it.',
    ])
  })

  test('no model is asked in a story of one call for each turn: old turns are only trimmed', async () => {
    const world = await almostFull()
    await stores.settings.changeStory(ref.story, { mode: 'bare' }, ada.id)
    await playUpTo(world, FULL + 2)
    await world.engine.close()
    expect(sentTo(world, 'summariser')).toEqual([])
    expect((await headNow()).state.past).toEqual({ left: 0 })
  })

  test('what was asked is kept with the answer after which it was, for whoever looks into it', async () => {
    await summedUp()
    const { ref: at, state } = await headNow()
    const answer = { ...at, turn: state.turn.id, alternate: state.turn.alternate }
    const kept = (await stores.records.promptsOf(answer)).find(({ role }) => role === 'summariser')
    expect(kept?.parts.map(({ section, audience }) => [section, audience])).toEqual([
      ['rules', 'nobody'],
      ['line', 'nobody'],
    ])
    expect(kept?.parts[1]?.text).toContain('Ada: Words 2.')
  })

  test('each has what they perceived told to them, and no more', async () => {
    const world = workshop(told(...ANSWERS))
    await beginWith(world, 'Mira', 'Jon')
    await playUpTo(world, 2)
    await edited(world, openScene, { participants: [await called('Mira'), await called('Ada')] })
    world.model.giving('summariser', summary('All of it.'), summary('A part of it.'))
    const done = world.appended('past.left')
    // Nobody tells all three of the second turn, which Jon missed.
    await playUpTo(world, FULL + 1)
    await done
    expect(Object.fromEntries((await rows()).map(({ owner, body }) => [owner, body]))).toEqual({
      [await called('Mira')]: 'All of it.',
      [await called('Ada')]: 'All of it.',
      [await called('Jon')]: 'A part of it.',
    })
    const [whole, part] = sentTo(world, 'summariser')
    expect(whole).toMatch(/Turn 1\.[\s\S]*Words 2[\s\S]*Words 3/u)
    expect(part).toContain('Words 2')
    expect(part).not.toMatch(/Turn 1\.|Words 3/u)
    const lines = await stores.store.lines(await headNow(), 1, FULL)
    for (const { owner, text } of await stores.summaries.of(await headNow())) {
      const cited = await stores.db.selectFrom('citations').select('line').where('text', '=', text).execute()
      const perceived = lines.filter(({ turn, witnesses }) => turn <= 3 && witnesses.includes(owner))
      expect(cited.map(({ line }) => line).toSorted()).toEqual(perceived.map(({ id }) => id).toSorted())
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

  test('is the last one when words are erased that others would be told with', async () => {
    const world = workshop(told(...ANSWERS))
    await beginWith(world, 'Mira', 'Jon')
    await playUpTo(world, 2)
    await edited(world, openScene, { participants: [await called('Mira'), await called('Ada')] })
    const { asked, release } = world.hold('summariser', { summary: 'All of it.' })
    await playUpTo(world, FULL)
    await asked
    await stores.erasure.eraseMessage('m3')
    expect(await comes({ world, release })).toEqual([])
    expect(sentTo(world, 'summariser')).toEqual([])
  })

  test('is dropped when it was forgotten: nothing comes back after a reset', async () => {
    const given = await held()
    await edited(given.world, resetStory, { scope: 'character', character: await called('Mira') })
    expect(await comes(given)).toEqual([])
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
