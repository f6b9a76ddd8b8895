import { afterEach, beforeEach, expect, test } from 'vitest'
import { silentLogger } from '../../src/kit/logger.ts'
import type { Fault } from '../../src/sandbox/model/faults.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { createEngine } from '../../src/turn/engine.ts'
import { type ManualClock, manualClock } from '../doubles/clock.ts'
import { countingIds } from '../doubles/ids.ts'
import { recordingStages } from '../doubles/stage.ts'
import { linesOf, openStores, type Stores } from '../doubles/store.ts'
import { engineDeps } from '../doubles/turn.ts'
import { type LayerOptions, openLayer } from '../model/layer.ts'

// Skein's own timers stand in whole minutes, so here the engine and the model layer run by a clock that is turned by
// hand, before a loopback model and without Discord.

const ada = { id: '1001', displayName: 'Ada' }
const ref = { story: 'story1', branch: ROOT_BRANCH }

let server: LoopbackModel
let stores: Stores
let clock: ManualClock

beforeEach(async () => {
  server = await startModel({ port: 0, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
  stores = await openStores()
  clock = manualClock()
})
afterEach(async () => {
  await server.close()
  await stores.close()
})

/** A story whose opening is told, and a turn whose answer meets a fault. */
const turnWith = async (fault: Fault, options: LayerOptions = {}) => {
  const place = { baseURL: server.baseUrl, key: server.apiKey }
  const layer = { chain: [`home/${server.model}`], clock, ledger: stores.ledger, ...options }
  const { models } = await openLayer({ home: place }, layer)
  const { setStage, shown } = recordingStages()
  const given = { models, setStage, clock, newId: countingIds(), mode: 'bare', deadlineMs: 300_000 } as const
  const engine = createEngine(engineDeps(stores, given))
  const story = { ref, guild: '9', thread: '500', parent: '400' }
  const started = await engine.start(story, { player: ada, title: 'Fog' }, 'i1')
  if (started === 'duplicate') throw new Error('duplicate')
  await started.opened

  server.faults.add(fault)
  const said = engine.say(ref, '500', { id: 'm1', sentAt: 1, player: ada, text: '*I knock.*' })
  return {
    said,
    /** Turns the clock on once there is a timer of so many milliseconds, and text where some is to come first. */
    passes: async (ms: number, hasText: boolean) => {
      await expect.poll(() => clock.pending(), { interval: 5 }).toContain(ms)
      if (hasText) await expect.poll(() => shown.at(-1)?.texts.at(-1), { interval: 5 }).toMatch(/\w+ \w+/u)
      await clock.advance(ms)
    },
    outcome: () => shown.at(-1)?.outcome,
  }
}

const call = async () => {
  const { db } = stores
  expect(await db.selectFrom('reservations').select('id').execute()).toEqual([])
  return db.selectFrom('calls').selectAll().orderBy('at', 'desc').executeTakeFirst()
}
const transcript = async () => (await linesOf(stores, ref)).slice(1).map(({ text }) => text)

const stall = { kind: 'stalled_stream', afterTokens: 25 } as const
const silence = { kind: 'stalled_stream', afterTokens: 0 } as const

test('a stream that falls silent for 30 s is cut, and what came is kept', async () => {
  const { said, passes, outcome } = await turnWith(stall)
  await passes(30_000, true)
  await said
  expect(outcome()).toMatchObject({ kind: 'told', ending: 'cut' })
  expect(await transcript()).toEqual(['*I knock.*', expect.stringMatching(/\w+ \w+/u)])
  expect(await call()).toMatchObject({ outcome: 'cut', input: null, total_ms: 30_000 })
})

test('a model that says nothing for two minutes is given up, and nothing enters the story', async () => {
  const { said, passes, outcome } = await turnWith(silence)
  await passes(120_000, false)
  await said
  expect(outcome()).toMatchObject({ kind: 'failed', failure: 'stalled' })
  expect(await transcript()).toEqual(['*I knock.*'])
  expect(await call()).toMatchObject({ outcome: 'failed', input: null, first_token_ms: null })
})

test('an answer that takes five minutes in all ends there, and what came is kept', async () => {
  const { said, passes, outcome } = await turnWith(stall, { idleMs: 600_000 })
  await passes(300_000, true)
  await said
  expect(outcome()).toMatchObject({ kind: 'told', ending: 'cut' })
  expect(await transcript()).toEqual(['*I knock.*', expect.stringMatching(/\w+ \w+/u)])
  expect(await call()).toMatchObject({ outcome: 'stopped', input: null, total_ms: 300_000 })
})

test('an answer that has not begun after five minutes is given up', async () => {
  const { said, passes, outcome } = await turnWith(silence, { firstTokenMs: 600_000 })
  await passes(300_000, false)
  await said
  expect(outcome()).toMatchObject({ kind: 'failed', failure: 'stalled' })
  expect(await transcript()).toEqual(['*I knock.*'])
})
