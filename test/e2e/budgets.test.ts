import dns from 'node:dns'
import type { APIMessage } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { subtext } from '../../src/discord/render.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { DOLLAR } from '../../src/ledger/price.ts'
import { en } from '../../src/locales/en.ts'
import { type LoopbackModel, startModel } from '../../src/sandbox/model/server.ts'
import { labelsOf, type Player } from '../doubles/player.ts'
import { beginGame, type Game, type Person } from './game.ts'
import { lookInto } from './look.ts'
import { startWorld, type World } from './world.ts'

let model: LoopbackModel
let world: World
let mara: Person
let tomas: Person
let iris: Player

/** A model elsewhere: one on this machine would cost nothing. All but the name service is as it always is. */
const HOST = 'models.example'
const nameTheModel = () => {
  const lookup = dns.lookup as (host: string, ...rest: unknown[]) => void
  vi.spyOn(dns, 'lookup').mockImplementation(((host: string, ...rest: unknown[]) =>
    lookup(host === HOST ? '127.0.0.1' : host, ...rest)) as never)
}

const openWorld = async (settings: Readonly<Record<string, string>> = {}) => {
  nameTheModel()
  model = await startModel({ port: 0, log: silentLogger(), seed: 1, tokensPerSecond: 0 })
  world = await startWorld({
    settings: {
      OPENAI_BASE_URL: model.baseUrl.replace('127.0.0.1', HOST),
      OPENAI_API_KEY: model.apiKey,
      SKEIN_NARRATOR_MODEL: model.model,
      ...settings,
    },
  })
  mara = await world.enter('player')
  tomas = await world.enter('second')
  iris = (await world.enter('admin')).player
}
const closeWorld = async () => {
  vi.restoreAllMocks()
  const { violations } = world
  await world.close()
  await model.close()
  expect(violations).toEqual([])
}
afterEach(closeWorld)

/** Where the provider tells no usage, each of the writer's calls costs all that is reserved for it: 70 cents. */
const priced = async () => {
  model.faults.add({ kind: 'no_usage', only: 'any' })
  await iris.command(world.stories, ['price', 'set'], { model: model.model, input: '0', output: '1000' })
}
type Limit = Readonly<Record<string, string>>
const limit = (amount: string, of: Limit = { for: 'server' }, channel = world.stories) =>
  iris.command(channel, ['budget', 'set'], { each: 'day', ...of, amount })

/** What the ledger has of a day. Nothing may be left reserved. */
const spent = () =>
  lookInto(world.directory, async (db) => {
    expect(await db.selectFrom('reservations').select('id').execute()).toEqual([])
    const calls = await db.selectFrom('calls').select(['role', 'price']).execute()
    return {
      calls: calls.length,
      cents: calls.reduce((sum, { price }) => sum + (price ?? 0), 0) / (DOLLAR / 100),
    }
  })

const expectUsedUp = (notice: APIMessage) => {
  const [, at = ''] = /<t:(\d+):F>/u.exec(notice.content) ?? []
  const until = Number(at) * 1000
  expect(notice.content).toBe(subtext(en.failed({ failure: 'over_budget', until })))
  expect(until).toBeGreaterThan(Date.now())
  expect(until).toBeLessThanOrEqual(Date.now() + 25 * 3_600_000)
  expect(labelsOf(notice)).toEqual(['Try again'])
}

/** The next turn of a game is refused, without a request, and told again once the limit is raised. */
const expectHeldUntil = async (game: Game, raise: () => Promise<unknown>) => {
  const before = [model.requests().length, (await game.transcript()).length]
  const notice = await game.say('*I wait.*')
  expectUsedUp(notice)
  expect([model.requests().length, (await game.transcript()).length - 1]).toEqual(before)
  await raise()
  const answer = await game.tryAgain(notice)
  expect((await game.transcript()).slice(-2)).toEqual(['*I wait.*', answer.content])
}

describe('a limit that is used up', () => {
  beforeEach(async () => {
    await openWorld()
    await priced()
  })

  test('of the server: exactly so many calls are made, on whichever story, for whomever', async () => {
    await limit('2.79')
    const game = await beginGame(world, mara)
    await game.say('*I knock.*')
    const other = await beginGame(world, tomas, 'The Forest')
    expect(await spent()).toEqual({ calls: 3, cents: 210 })
    await expectHeldUntil(other, () => limit('2.80'))
    expect(await spent()).toEqual({ calls: 4, cents: 280 })
    expectUsedUp(await game.say('*I wait.*'))
    expect(model.requests()).toHaveLength(4)
  })

  test('of a user: others go on', async () => {
    const { people } = world.discord.ids
    const one = { for: 'one_user', user: people.player }
    await limit('1.40', one)
    const game = await beginGame(world, mara)
    await game.say('*I knock.*')
    const other = await beginGame(world, tomas, 'The Forest')
    await other.say('*I follow the deer.*')
    await expectHeldUntil(game, () => limit('2.10', one))
    expect(await spent()).toEqual({ calls: 5, cents: 350 })
  })

  test('of a story: others go on', async () => {
    const game = await beginGame(world, mara)
    await limit('1.40', { for: 'this_story' }, game.thread)
    await game.say('*I knock.*')
    const other = await beginGame(world, mara, 'The Forest')
    await other.say('*I follow the deer.*')
    await expectHeldUntil(game, () => limit('2.10', { for: 'this_story' }, game.thread))
    expect(await spent()).toEqual({ calls: 5, cents: 350 })
  })

  test('of a month is told until the month’s end', async () => {
    const game = await beginGame(world, mara)
    await limit('0.70', { for: 'server', each: 'month' })
    const notice = await game.say('*I knock.*')
    const [, at = ''] = /<t:(\d+):F>/u.exec(notice.content) ?? []
    expect(new Date(Number(at) * 1000).getDate()).toBe(1)
    expect(model.requests()).toHaveLength(1)
  })

  test('and that is too small for a single call: nobody is told to wait', async () => {
    const game = await beginGame(world, mara)
    await limit('0.69')
    const notice = await game.say('*I knock.*')
    expect(notice.content).toBe(subtext(en.failed({ failure: 'over_budget' })))
    expect(notice.content).not.toContain('<t:')
    expect(model.requests()).toHaveLength(1)
    expect(await game.transcript()).toHaveLength(2)
  })

  test('is not charged with what a model did not take on', async () => {
    const game = await beginGame(world, mara)
    await limit('1.40')
    model.faults.add({ kind: 'not_found', times: 1 })
    const notice = await game.say('*I knock.*')
    expect(notice.content).toBe(subtext(en.failed({ failure: 'rejected' })))
    await game.tryAgain(notice)
    expect(await spent()).toEqual({ calls: 3, cents: 140 })
  })
})

test('where a limit stands and nobody told the price, no call is made until someone does', async () => {
  await openWorld()
  await limit('100')
  const game = await beginGame(world, mara)
  const [notice] = game.messages()
  expect(notice?.content).toBe(subtext(en.failed({ failure: 'unpriced' })))
  expect(model.requests()).toEqual([])
  expect(await game.transcript()).toEqual([])
  await priced()
  if (notice) await game.tryAgain(notice)
  expect(await game.transcript()).toHaveLength(1)
  expect(await spent()).toEqual({ calls: 1, cents: 70 })
})

test('many turns at once in several threads never pass a limit, not even by one call', async () => {
  await openWorld()
  await priced()
  const games = [
    await beginGame(world, mara),
    await beginGame(world, mara, 'The Forest'),
    await beginGame(world, tomas, 'The Desert'),
    await beginGame(world, tomas, 'The Castle'),
  ]
  // For two calls of four, after the four that are made.
  const LIMIT = 420
  await limit('4.20')
  const standing = () =>
    lookInto(world.directory, async (db) => {
      const sums = await db
        .selectFrom('totals')
        .select(['spent', 'reserved'])
        .where('scope', '=', 'server')
        .execute()
      return Math.max(...sums.map(({ spent, reserved }) => (spent + reserved) / (DOLLAR / 100)))
    })
  const seen: Promise<number>[] = []
  world.discord.onRequest(() => seen.push(standing()))
  const told = await Promise.all(
    games.map(async (game, index) => {
      const person = index < 2 ? mara : tomas
      const before = game.messages().length
      await person.visitor.do({ do: 'send', channel: game.thread, content: '*I knock.*' })
      return person.visitor.until('the end of a turn', () => {
        const message = game.messages()[before]
        return message && labelsOf(message).some((label) => label !== 'Stop') ? message : undefined
      })
    }),
  )
  const [answered, refused] = [
    told.filter((one) => labelsOf(one).includes('Continue')),
    told.filter((one) => labelsOf(one).includes('Try again')),
  ]
  expect([answered.length, refused.length]).toEqual([2, 2])
  for (const notice of refused) expectUsedUp(notice)
  expect(Math.max(...(await Promise.all(seen)))).toBe(LIMIT)
  expect(await spent()).toEqual({ calls: 6, cents: LIMIT })
  expect(model.requests()).toHaveLength(6)
})

test('what planner and archivist cost counts as well: without them, the turn is told all the same', async () => {
  await openWorld({ SKEIN_WRITING: 'full' })
  await priced()
  const game = await beginGame(world, mara)
  const settlements = () => game.calls('archivist')
  await expect.poll(settlements).toHaveLength(1)
  // The opening and its settlement were 230 cents; a plan is 30 more, an answer 70.
  await limit('3.30')
  const answer = await game.say('*I knock.*')
  expect(await game.transcript()).toEqual([game.opening, '*I knock.*', answer.content])
  expect(await game.calls('planner')).toHaveLength(1)
  expectUsedUp(await game.say('*I wait.*'))
  expect([await game.calls('planner'), await settlements()].flat()).toHaveLength(2)
  expect(await spent()).toEqual({ calls: 4, cents: 330 })
  expect(model.requests()).toHaveLength(4)
})
