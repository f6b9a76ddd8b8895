import type { REST } from 'discord.js'
import { expect, test } from 'vitest'
import { createPace } from '../../src/discord/pace.ts'
import { discordStage } from '../../src/discord/stage.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { en } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import { NARRATOR, ROOT_BRANCH } from '../../src/story/ref.ts'
import { emptyState } from '../../src/story/state.ts'
import { manualClock } from '../doubles/clock.ts'
import { scriptedChannel } from './scripted-channel.ts'

const ref = { story: 'story1', branch: ROOT_BRANCH }

/** A head whose open turn was planned for a reason. */
const plannedFor = (reason: string): Head => ({
  ...{ ref, strand: 1, seq: 3 },
  state: { ...emptyState, turn: { ...emptyState.turn, id: 't1', phase: 'open', reason: 'r1' } },
  words: new Map([['r1', reason]]),
})

/** What stands in the thread while an answer takes its time. */
const waitingLine = async (reason: string): Promise<string | undefined> => {
  const clock = manualClock()
  const pace = createPace({ clock })
  const channel = scriptedChannel(clock, pace)
  const rest = { post: async () => undefined, get: async () => [] } as unknown as REST
  const setStage = discordStage({
    ...{ rest, pace, clock, posterTo: () => channel.poster, texts: en, log: silentLogger() },
    threads: { threadOf: async () => '500' },
    deliveries: { draft: async () => {}, posted: async () => {}, removed: async () => {} },
    posts: { shows: async () => {}, mark: async () => {}, withControls: async () => [] },
    timeline: { alternates: async () => [0] },
  })
  const head = plannedFor(reason)
  const answering = { speaker: NARRATOR, quote: undefined }
  const stage = await setStage(head, { ...ref, turn: 't1', draft: '', posts: [] }, answering)
  stage.enter('writing', head)
  await clock.advance(3000)
  stage.leave()
  return channel.contents()[0]
}

test('why someone speaks is told as it stands: nothing that a model wrote there takes effect', async () => {
  expect(await waitingLine('She was *asked*.\n# [Click](https://evil.example) <@123456789012345678>')).toBe(
    '-# She was \\*asked\\*. # \\[Click](https:\\//evil.example) \\<@123456789012345678> · writing…',
  )
})

test('however long it is, there is room for what is done', async () => {
  const line = (await waitingLine('because '.repeat(400))) ?? ''
  expect(line.length).toBeLessThan(300)
  expect(line).toMatch(/… · writing…$/u)
})
