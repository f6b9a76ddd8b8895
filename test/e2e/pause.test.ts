import type { APIMessage } from 'discord-api-types/v10'
import { describe, expect, test } from 'vitest'
import { en } from '../../src/locales/en.ts'
import { labelsOf } from '../doubles/player.ts'
import { iris, mara, run, thread, tomas, visitor, world } from './server.ts'

const { pause: words } = en

const play = async (line: string): Promise<APIMessage> => {
  await mara.say(thread, line)
  return (await mara.answer(thread)).message
}
const all = (content: string): APIMessage[] =>
  visitor
    .messagesIn(thread)
    .map(({ message }) => message)
    .filter((message) => message.content.includes(content))
const shown = (content: string): Promise<APIMessage> =>
  visitor.until(`“${content}”`, () => all(content).at(-1))
const writing = () => world.prose().length
/** An edit waits until all that is done for a turn is done, and all that was written before it was taken in. */
const settled = () => run(mara, 'clock advance', { by: '1h' })

/** Writes, and lets that be taken in. */
const write = async (line: string) => {
  await mara.say(thread, line)
  await settled()
}

describe('given a story that someone pauses', () => {
  test('what is being written stops and is kept, and a public message says so without a name', async () => {
    world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
    await mara.say(thread, '*I knock.*')
    const { message: growing } = await mara.growing(thread)
    expect(await run(tomas, 'pause')).toBe(words.done)
    const notice = await shown(words.notice)
    expect(labelsOf(notice)).toEqual([words.rewind, words.goOn])
    expect(notice.author.bot).toBe(true)
    expect(notice.interaction_metadata).toBeUndefined()
    expect(JSON.stringify(notice)).not.toContain(world.discord.ids.people.second)
    const ended = await shown(en.ending.stopped)
    expect(ended.id).toBe(growing.id)
    expect(ended.content.length).toBeGreaterThan(60)
  })

  test('what waits for the answer is not taken in either', async () => {
    world.model.faults.add({ kind: 'stalled_stream', afterTokens: 25, times: 1 })
    await mara.say(thread, '*I knock.*')
    await mara.growing(thread)
    await mara.say(thread, '*and wait*')
    await visitor.until('its mark', () => all('and wait').find(({ reactions = [] }) => reactions.length > 0))
    await run(tomas, 'pause')
    await shown(words.notTakenIn)
    await visitor.until('no mark', () => all('and wait').find(({ reactions = [] }) => reactions.length === 0))
    await mara.click(await shown(words.notice), words.goOn)
    await shown(words.over)
    await play('*I am back.*')
    expect(JSON.stringify(world.prose().at(-1)?.body)).toContain('I knock.')
    expect(JSON.stringify(world.prose().at(-1)?.body)).not.toContain('and wait')
  })

  test('nothing is taken in, later neither, and one quiet reply says so once, also after a restart', async () => {
    await run(tomas, 'pause')
    const before = writing()
    await write('*nobody hears*')
    await write('*nor this*')
    expect((await shown(words.notTakenIn)).content).toMatch(/^-# /u)
    expect(all(words.notTakenIn)).toHaveLength(1)

    await world.stop()
    await mara.say(thread, '*while away*')
    await world.start()
    await visitor.until('the reply of the new start', () => all(words.notTakenIn).length === 2 || undefined)
    expect(writing()).toBe(before)

    await mara.click(await shown(words.notice), words.goOn)
    await shown(words.over)
    await play('*I am back.*')
    expect(JSON.stringify(world.prose().at(-1)?.body)).not.toMatch(/nobody hears|nor this|while away/u)
  })

  test('every way to go on is refused in words; going back, lines and settings are not', async () => {
    const answer = await play('*I knock.*')
    await settled()
    const before = writing()
    await run(tomas, 'pause')
    expect(await run(mara, 'continue')).toBe(words.isPaused)
    expect(await run(mara, 'regenerate')).toBe(words.isPaused)
    expect(await run(mara, 'turn mode', { mode: 'round' })).toBe(words.isPaused)
    expect(await run(mara, 'turn go')).toBe(words.isPaused)
    for (const command of ['say', 'do'])
      expect(await run(mara, command, { text: 'Well?' })).toBe(words.isPaused)
    expect(await run(mara, 'whisper', { to: 'Mira', text: 'Well?' })).toBe(words.isPaused)
    for (const label of ['Regenerate', 'Continue'])
      expect((await mara.clickForReply(answer, label)).content).toBe(words.isPaused)
    expect(writing()).toBe(before)

    expect(await run(mara, 'boundaries line', { label: 'spiders' })).toContain('never happens')
    expect(await run(mara, 'settings story', { length: 300 })).toContain('300')
    const asked = await mara.clickForReply(await shown(words.notice), words.rewind)
    expect(asked.content).toContain('**Go back to the end of turn 1?**')
    const done = await mara.clickForReply(asked, 'Rewind')
    expect(done.content).toBe(en.rewind.done(1))
    expect((await mara.clickForReply(done, 'Undo')).content).toBe(en.undo.done(2))
    expect(writing()).toBe(before)
  })

  test('only whoever paused it, or leads it, lets it go on', async () => {
    await run(tomas, 'pause')
    const notice = await shown(words.notice)
    expect((await tomas.clickForReply(notice, words.rewind)).content).toBe(en.timelineNotYours)
    await tomas.click(notice, words.goOn)
    await shown(words.over)
    expect(labelsOf((await shown(words.notice)) ?? notice)).toEqual([])

    await run(mara, 'pause')
    await visitor.until('the second notice', () => all(words.notice).length === 2 || undefined)
    const second = await shown(words.notice)
    expect((await tomas.clickForReply(second, words.goOn)).content).toBe(words.notYours)
    await iris.click(second, words.goOn)
    await visitor.until('the story to go on again', () => all(words.over).length === 2 || undefined)
    expect((await play('*I knock.*')).content).not.toBe('')
  })

  test('whoever pauses it again gets the buttons, also where the notice is gone', async () => {
    await run(tomas, 'pause')
    const again = await mara.command(thread, ['pause'])
    expect(again.content).toBe(words.already)
    expect(labelsOf(again)).toEqual([words.rewind, words.goOn])
    await mara.click(again, words.goOn)
    await shown(words.over)
    const stale = await tomas.clickForReply(await shown(words.notice), words.goOn)
    expect(stale.content).toBe(words.notPaused)
  })
})

test('where no story is told there is none to pause', async () => {
  const { content } = await tomas.command(world.stories, ['pause'])
  expect(content).toContain('This works in a story’s thread')
})
