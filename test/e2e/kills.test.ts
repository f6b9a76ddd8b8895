import { REST, Routes } from 'discord.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPace } from '../../src/discord/pace.ts'
import { createPosters, type Poster } from '../../src/discord/poster.ts'
import { discordStage } from '../../src/discord/stage.ts'
import { systemClock } from '../../src/kit/clock.ts'
import { idsFrom } from '../../src/kit/ids.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { en } from '../../src/locales/en.ts'
import { type LoopbackDiscord, startDiscord } from '../../src/sandbox/discord/start.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { createEngine, type Engine } from '../../src/turn/engine.ts'
import { type ScriptedModel, scriptedModel } from '../doubles/model.ts'
import { linesOf, openStores, type Stores } from '../doubles/store.ts'
import { engineDeps } from '../doubles/turn.ts'

const ANSWER = 'Fog comes in over the harbour wall.'
const ada = { id: '1001', displayName: 'Ada' }
const message = { id: '9000', sentAt: 1, player: ada, text: 'I wait.' }

let discord: LoopbackDiscord
beforeAll(async () => {
  discord = await startDiscord({ port: 0, log: silentLogger() })
})
afterAll(() => discord.close())

/** Wraps what the engine does to the world; at the `limit`th moment, before or after a call, it goes silent for ever. */
const fuse = (limit: number) => {
  const crashed = Promise.withResolvers<'crashed'>()
  let moments = 0
  const survives = (): boolean => {
    moments += 1
    if (moments <= limit) return true
    crashed.resolve('crashed')
    return false
  }
  const dead = new Promise<never>(() => {})
  const wrap = <T extends object>(methods: T, names: readonly (keyof T)[]): T => {
    const wrapped = names.map((name) => {
      const method = methods[name] as (...args: unknown[]) => Promise<unknown>
      const fused = async (...args: unknown[]) => {
        if (!survives()) return dead
        const result = await method(...args)
        return survives() ? result : dead
      }
      return [name, fused]
    })
    return { ...methods, ...Object.fromEntries(wrapped) }
  }
  return { crashed: crashed.promise, wrap }
}

type Fuse = ReturnType<typeof fuse>

const connect = () => new REST({ api: discord.apiUrl }).setToken(discord.token)

const run = (stores: Stores, model: ScriptedModel, { wrap }: Fuse): Engine => {
  const rest = connect()
  const pace = createPace({ clock: systemClock })
  const posters = createPosters(rest, pace)
  const deliveries = wrap(stores.deliveries, ['draft', 'posted', 'delivered'])
  const log = silentLogger()
  const setStage = discordStage({
    rest,
    posterTo: (channel): Poster => wrap(posters(channel), ['post', 'edit']),
    pace,
    threads: stores.threads,
    posts: stores.posts,
    timeline: stores.past,
    deliveries,
    texts: en,
    clock: systemClock,
    log,
  })
  const store = wrap(stores.store, ['append', 'lines', 'create'])
  const newId = idsFrom(systemClock.now)
  return createEngine(engineDeps(stores, { models: model, setStage, newId, store, deliveries }))
}

const never = fuse(Number.POSITIVE_INFINITY)

/** A story whose opening is told, in a thread of its own. */
const toldStory = async (nth: number) => {
  const stores = await openStores()
  const body = { name: `kill ${nth}`, type: 11 }
  const parent = discord.ids.channels.stories
  const thread = (await connect().post(Routes.threads(parent), { body })) as { id: string }
  const ref = { story: idsFrom(systemClock.now)(), branch: ROOT_BRANCH }
  const engine = run(stores, scriptedModel({ deltas: ['Rain.'] }), never)
  const started = await engine.start(
    { ref, guild: discord.ids.guild, thread: thread.id, parent },
    { player: ada, title: 'Fog' },
    `start ${nth}`,
  )
  if (started === 'duplicate') throw new Error('duplicate')
  await started.opened
  return { stores, ref, thread: thread.id }
}

const seen = (thread: string) =>
  discord
    .person(discord.ids.people.player)
    .history(thread)
    .filter(({ author, content }) => author.id === discord.ids.bot && content !== '')

/** Kills one turn at one moment and starts again, as the program does. Tells whether it lived to the end. */
const killAt = async (moment: number) => {
  const { stores, ref, thread } = await toldStory(moment)
  const first = scriptedModel({ deltas: ['Fog comes in ', 'over the harbour wall.'] })
  const killer = fuse(moment)
  const fate = await Promise.race([killer.crashed, run(stores, first, killer).say(ref, thread, message)])

  const second = scriptedModel({ deltas: [ANSWER] })
  const revived = run(stores, second, never)
  await (await revived.recover()).ended
  await revived.say(ref, thread, message)

  const lines = (await linesOf(stores, ref)).map(({ text }) => text)
  const answer = seen(thread).at(-1)
  const shown = answer?.content.split('\n-# ')[0] ?? ''
  const at = `killed at moment ${moment}`
  expect(lines.slice(0, 2), at).toEqual(['Rain.', 'I wait.'])
  expect(first.requests.length + second.requests.length, `${at}: model calls`).toBeLessThanOrEqual(1)
  expect(await stores.deliveries.open(), `${at}: open deliveries`).toEqual([])
  expect(seen(thread).length, `${at}: messages`).toBe(2)
  expect(JSON.stringify(answer?.components), `${at}: a button left`).not.toContain('stop:')
  if (lines.length === 2) expect(JSON.stringify(answer?.components), at).toContain('retry:')
  else expect([lines[2], lines.length], at).toEqual([shown, 3])
  expect(ANSWER.startsWith(lines[2] ?? ''), at).toBe(true)
  await stores.close()
  return fate !== 'crashed'
}

test('a turn that is killed at any moment is neither lost nor doubled, and never asked twice', async () => {
  let moments = 0
  while (!(await killAt(moments))) moments += 1
  expect(moments).toBeGreaterThan(12)
}, 120_000)
