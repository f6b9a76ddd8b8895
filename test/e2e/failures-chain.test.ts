import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { subtext } from '../../src/discord/render.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { en } from '../../src/locales/en.ts'
import type { Fault } from '../../src/sandbox/model/faults.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { labelsOf } from '../doubles/player.ts'
import { beginGame, FINISHED, type Game, NOT_CHARGED } from './game.ts'
import { ledgerOf } from './look.ts'
import { startWorld, type World } from './world.ts'

let directory: string
let first: LoopbackModel
let second: LoopbackModel
let world: World
let game: Game

const startBard = (name: string) =>
  startModel({ port: 0, log: silentLogger(), seed: 1, tokensPerSecond: 0, models: [name] })

// Two connections to a model each: the second is asked where the first one fails.
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'skein-chain-'))
  first = await startBard('harp')
  second = await startBard('lute')
  vi.stubEnv('SKEIN_TEST_FIRST', first.apiKey)
  vi.stubEnv('SKEIN_TEST_SECOND', second.apiKey)
  const file = join(directory, 'models.json')
  const connections = {
    first: { url: first.baseUrl, key: 'SKEIN_TEST_FIRST' },
    second: { url: second.baseUrl, key: 'SKEIN_TEST_SECOND' },
  }
  await writeFile(file, JSON.stringify({ connections, roles: { default: ['first/harp', 'second/lute'] } }))
  world = await startWorld({ settings: { SKEIN_MODELS_FILE: file } })
  game = await beginGame(world, await world.enter('player'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  const { violations } = world
  await world.close()
  await Promise.all([first.close(), second.close()])
  await rm(directory, { recursive: true })
  expect(violations).toEqual([])
})

const asked = () => ({ first: first.requests().length, second: second.requests().length })
/** Which connections were called since the opening, in their order. */
const called = async () => {
  const { calls } = await ledgerOf(world.directory, game.thread, 'writer')
  return calls.slice(1).map(({ connection, model, outcome }) => `${connection}/${model} ${outcome}`)
}

describe('where one connection fails, the next one answers', () => {
  const faults: readonly Fault[] = [
    { kind: 'unauthorized' },
    { kind: 'not_found' },
    { kind: 'refusal', how: 'field' },
    { kind: 'empty' },
  ]
  test.each(faults)('given %j, then at once, and the player notices nothing', async (fault) => {
    first.faults.add({ ...fault, times: 1 })
    const answer = await game.say('*I knock.*')
    expect(await called()).toEqual(['first/harp failed', 'second/lute finished'])
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    expect(labelsOf(answer)).toEqual(['Regenerate', 'Continue', 'Branch'])
  })

  test('given a long wait that the first one asks for, then it is not waited for', async () => {
    first.faults.add({ kind: 'rate_limited', retryAfterSeconds: 15 })
    await game.say('*I knock.*')
    expect(await called()).toEqual(['first/harp failed', 'second/lute finished'])
    expect(await game.calls()).toEqual([NOT_CHARGED, FINISHED])
  })

  test('given words that came already, then they are kept, and nobody else is asked', async () => {
    first.faults.add({ kind: 'dropped_connection', afterTokens: 25 })
    const answer = await game.say('*I knock.*')
    expect(answer.content).toContain(subtext(en.ending.cut))
    expect(await called()).toEqual(['first/harp cut'])
    expect(second.requests()).toEqual([])
  })

  test('given that both fail, then the player reads why', async () => {
    first.faults.add({ kind: 'unauthorized' })
    second.faults.add({ kind: 'empty' })
    const notice = await game.say('*I knock.*')
    expect(notice.content).toBe(subtext(en.failed({ failure: 'empty' })))
    expect(labelsOf(notice)).toEqual(['Try again'])
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*'])
    second.faults.clear()
    const answer = await game.tryAgain(notice)
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    expect(await called()).toEqual(['first/harp failed', 'second/lute failed', 'second/lute finished'])
  })
})

describe('a connection that goes on failing', () => {
  test('is left alone after its third failure in a row, and the second answers at once', async () => {
    first.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3600 })
    for (const turn of [1, 2, 3]) await game.say(`*I knock, ${turn}.*`)
    const before = asked()
    await game.say('*I wait.*')
    expect(asked()).toEqual({ first: before.first, second: before.second + 1 })
    expect((await called()).slice(-2)).toEqual(['second/lute finished', 'second/lute finished'])
    const iris = await world.enter('admin')
    const listed = await iris.player.command(game.thread, ['model', 'list'])
    expect(listed.content).toContain(en.model.connection('first', en.model.state.cooling, 1))
  })

  test('whose key is not taken is not asked again, also by others', async () => {
    first.faults.add({ kind: 'unauthorized', times: 1 })
    await game.say('*I knock.*')
    const before = asked().first
    await game.say('*I wait.*')
    expect(asked().first).toBe(before)
    expect(await called()).toEqual(['first/harp failed', 'second/lute finished', 'second/lute finished'])
  })
})
