import { afterEach, describe, expect, test } from 'vitest'
import { subtext } from '../../src/discord/render.ts'
import { en } from '../../src/locales/en.ts'
import { labelsOf } from '../doubles/player.ts'
import { beginGame, FINISHED, type Game, NOT_CHARGED } from './game.ts'
import { lookInto } from './look.ts'
import { startWorld, type World } from './world.ts'

let world: World
let game: Game

/** A world of its own: what is learned or broken here lasts. */
const open = async (options: Parameters<typeof startWorld>[0] = {}) => {
  world = await startWorld(options)
  game = await beginGame(world, await world.enter('player'))
}
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

const known = () =>
  lookInto(world.directory, async (db) => {
    const row = await db.selectFrom('capabilities').selectAll().executeTakeFirst()
    return row && { ...row, known: JSON.parse(row.known) }
  })
const lastBody = () => world.prose().at(-1)?.body as Record<string, unknown>

test('given nobody at the address, then it was tried three times before the player is told', async () => {
  await open()
  await world.model.close()
  const notice = await game.say('*I knock.*')
  expect(notice.content).toBe(subtext(en.failed({ failure: 'unavailable' })))
  expect(labelsOf(notice)).toEqual(['Try again'])
  expect(await game.transcript()).toEqual([game.opening, '*I knock.*'])
  expect(await game.calls()).toEqual([NOT_CHARGED, NOT_CHARGED, NOT_CHARGED])
})

test('given parameters that a server does not take, then they are left out from then on', async () => {
  await open()
  world.model.faults.add({ kind: 'unknown_parameter', param: 'temperature' })
  world.model.faults.add({ kind: 'unknown_parameter', param: 'stream_options' })
  await game.say('*I knock.*')
  expect(await game.calls()).toEqual([NOT_CHARGED, NOT_CHARGED, 'finished, usage unknown'])
  expect(await known()).toMatchObject({
    ...{ connection: 'main', model: world.model.model },
    known: { temperature: false, streamUsage: false },
  })

  await world.stop()
  await world.start()
  await game.say('*I wait.*')
  expect((await game.calls()).slice(3)).toEqual(['finished, usage unknown'])
  expect(lastBody()).not.toHaveProperty('temperature')
  expect(await game.transcript()).toHaveLength(5)
})

test('given a provider that wants to be left alone for an hour, then nobody asks it before that', async () => {
  await open()
  const mend = world.model.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3600 })
  const notice = await game.say('*I knock.*')
  const [, at = ''] = /<t:(\d+):F>/u.exec(notice.content) ?? []
  expect(Number(at) * 1000).toBeGreaterThan(Date.now() + 3_500_000)
  mend()
  expect((await game.say('*I wait.*')).content).toBe(notice.content)
  expect(await game.transcript()).toEqual([game.opening, '*I knock.*', '*I wait.*'])
  expect(await game.calls()).toEqual([NOT_CHARGED])
})

test('given reasoning that nothing opens, then it is not shown again, not even for a moment', async () => {
  await open({ tokensPerSecond: 300 })
  world.model.faults.add({ kind: 'lone_think_end' })
  await game.say('*I knock.*')
  expect(await known()).toMatchObject({ known: { reasonsFirst: true } })
  const posted: string[] = []
  world.discord.onRequest(({ body }) => posted.push(JSON.stringify(body ?? '')))
  const answer = await game.say('*I wait.*')
  expect((await game.transcript()).at(-1)).toBe(answer.content)
  expect(posted.filter((text) => text.includes('The player has just acted'))).toEqual([])
})

describe('given a prompt that is too long for the model', () => {
  const LONG = 'The rain has a great deal to say tonight, and says it to the roof. '.repeat(27).trim()
  const told = async (turns: number) => {
    for (let turn = 1; turn <= turns; turn += 1) await game.say(`*I listen, ${turn}.* ${LONG}`)
  }
  /** How long the newest prompt of the writer was, in tokens. */
  const length = () =>
    lookInto(world.directory, async (db) => {
      const calls = db.selectFrom('calls').select('input').where('role', '=', 'writer')
      return (await calls.orderBy('at', 'desc').executeTakeFirst())?.input ?? 0
    })

  test('then it is trimmed once and answered, and the next one is short enough from the first', async () => {
    await open()
    await told(5)
    const overTokens = Math.floor((await length()) * 0.9)
    world.model.faults.add({ kind: 'context_overflow', overTokens })
    const before = (await game.calls()).length
    const answer = await game.say('*I knock.*')
    expect((await game.transcript()).slice(-2)).toEqual(['*I knock.*', answer.content])
    expect((await game.calls()).slice(before)).toEqual([NOT_CHARGED, FINISHED])
    expect(await length()).toBeLessThan(overTokens)
    expect(await known()).toMatchObject({ known: { context: overTokens } })
    await game.say('*I wait.*')
    expect((await game.calls()).slice(before + 2)).toEqual([FINISHED])
  })

  test('and that cannot be made shorter, then the player reads what to shorten', async () => {
    await open()
    world.model.faults.add({ kind: 'context_overflow', style: 'openai' })
    const notice = await game.say(LONG)
    expect(notice.content).toMatch(/^-# .+ too long for one prompt\. .+$/u)
    expect(labelsOf(notice)).toEqual(['Try again'])
    expect((await game.calls()).filter((call) => call !== NOT_CHARGED)).toEqual([])
    expect(await game.transcript()).toHaveLength(2)
  })
})
