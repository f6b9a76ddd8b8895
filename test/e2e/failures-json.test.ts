import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Fault } from '../../src/sandbox/model/faults.ts'
import type { RoleName } from '../../src/story/settings.ts'
import type { AskFailureKind } from '../../src/turn/ports/models.ts'
import { labelsOf } from '../doubles/player.ts'
import { beginGame, type Game, type Person } from './game.ts'
import { lookInto, storyOf } from './look.ts'
import { startWorld, type World } from './world.ts'

let world: World
let ada: Person
let game: Game

// One world for all, and a story for each, whose opening is settled.
beforeAll(async () => {
  world = await startWorld({ settings: { SKEIN_WRITING: 'full' } })
  ada = await world.enter('player')
})
afterAll(() => world.close())
beforeEach(async () => {
  world.model.faults.clear()
  game = await beginGame(world, ada)
  await untilSettled(1)
})
afterEach(() => {
  expect(world.violations).toEqual([])
})

const headNow = () =>
  lookInto(world.directory, async (db) => {
    const { stores, ref } = await storyOf(db, game.thread)
    return stores.store.load(ref)
  })
const settledTurns = async () => (await headNow())?.state.settled
const untilSettled = (turn: number) => expect.poll(settledTurns, { timeout: 10_000 }).toBe(turn)

/** What is on record of a role's attempts that gave nothing. */
const failures = (role: RoleName) =>
  lookInto(world.directory, async (db) => {
    const { ref } = await storyOf(db, game.thread)
    const rows = db.selectFrom('failures').selectAll().where('story', '=', ref.story)
    return rows.where('role', '=', role).orderBy('at').orderBy('attempt').execute()
  })
/** Each attempt in a few words: what was wrong, and the beginning of what the model wrote. */
const attempts = async (role: RoleName): Promise<string[]> =>
  (await failures(role)).map(({ attempt, kind, raw }) => `${attempt} ${kind}: ${raw.slice(0, 9)}`.trim())
const untilFailed = (role: RoleName, times: number) =>
  expect.poll(async () => (await failures(role)).length, { timeout: 10_000 }).toBe(times)

/** The attempts of each role that are on record afterwards. */
type Expected = { readonly planner: readonly string[]; readonly archivist: readonly string[] }

describe('a turn survives whatever planner and archivist give, and what they gave is on record', () => {
  const cut = { only: 'json', afterTokens: 12 } as const
  const both = (kind: AskFailureKind, plan = '', settlement = plan): Expected => ({
    planner: [`1 ${kind}: ${plan}`.trim(), `2 ${kind}: ${plan}`.trim()],
    archivist: [`1 ${kind}: ${settlement}`.trim(), `2 ${kind}: ${settlement}`.trim()],
  })
  const half = (kind: AskFailureKind) => both(kind, '{"speaker', '{"shifts"')
  const cases: readonly [fault: Fault, Expected][] = [
    [{ kind: 'server_error', only: 'json' }, both('unavailable')],
    [{ kind: 'rate_limited', only: 'json' }, both('rate_limited')],
    [{ kind: 'empty', only: 'json' }, both('empty')],
    [{ kind: 'unclosed_think', only: 'json' }, both('empty')],
    [{ kind: 'refusal', only: 'json' }, both('refused', "I'm sorry")],
    [{ kind: 'refusal', how: 'field', only: 'json' }, both('refused', "I'm sorry")],
    [{ kind: 'content_filter', ...cut }, half('refused')],
    [{ kind: 'cut_stream', ...cut }, half('cut')],
    [{ kind: 'length', ...cut }, half('cut')],
    [{ kind: 'dropped_connection', ...cut }, half('unavailable')],
    [{ kind: 'error_in_stream', ...cut }, half('unavailable')],
  ]
  test.each(cases)('given %j', async (fault, { planner, archivist }) => {
    const mend = world.model.faults.add(fault)
    const answer = await game.say('*I knock.*')
    expect(labelsOf(answer)).toEqual(['Regenerate', 'Continue', 'Branch'])
    await untilFailed('archivist', archivist.length)
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    expect(await attempts('planner')).toEqual(planner)
    expect(await attempts('archivist')).toEqual(archivist)
    for (const failure of [...(await failures('planner')), ...(await failures('archivist'))])
      expect(failure).toMatchObject({
        connection: 'main',
        model: world.model.model,
        turn: expect.any(String),
      })
    expect(await settledTurns()).toBe(1)

    mend()
    await game.say('*I wait.*')
    await untilSettled(3)
  })
})

describe('an answer that is almost right is put right', () => {
  const planned = async () => (await headNow())?.state.turn.plan
  const cases: readonly [fault: Fault, planner: readonly string[]][] = [
    [{ kind: 'broken_json', how: 'comma' }, []],
    [{ kind: 'broken_json', how: 'fence' }, []],
    [{ kind: 'broken_json', how: 'words' }, []],
    [{ kind: 'think_tags', only: 'json' }, []],
    [{ kind: 'broken_json', how: 'cut', times: 1 }, ['1 misfit: {"speaker']],
    [{ kind: 'wrong_json', times: 1 }, ['1 misfit: {"unexpec']],
    [{ kind: 'server_error', only: 'json', times: 1 }, ['1 unavailable:']],
    [{ kind: 'unknown_parameter', param: 'response_format', only: 'json' }, []],
  ]
  test.each(cases)('given %j', async (fault, planner) => {
    world.model.faults.add(fault)
    await game.say('*I knock.*')
    expect(await planned()).toEqual(expect.any(String))
    expect(await attempts('planner')).toEqual(planner)
    await untilSettled(2)
    expect(await attempts('archivist')).toEqual([])
  })

  test('given prose where JSON was asked for, then the rule chooses who speaks, and nothing else happens', async () => {
    world.model.faults.add({ kind: 'ignores_json' })
    const answer = await game.say('*I knock.*')
    await untilFailed('archivist', 2)
    expect(await planned()).toBeNull()
    expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
    const kinds = [...(await failures('planner')), ...(await failures('archivist'))].map(({ kind }) => kind)
    expect(kinds).toEqual(['not_json', 'not_json', 'not_json', 'not_json'])
  })
})
