import { REST } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Lane, Pace } from '../../src/discord/pace.ts'
import type { Limits } from '../../src/discord/pacing.ts'
import { createPosters, type Poster } from '../../src/discord/poster.ts'
import { silentLogger } from '../../src/kit/logger.ts'
import { type LoopbackDiscord, startDiscord } from '../../src/sandbox/discord/start.ts'

const BODY = { content: 'Once upon a time', components: [] }

let discord: LoopbackDiscord
let rest: REST
let poster: Poster
let heard: { lane: Lane; limits: Limits | undefined }[]
let spent: number
let posterTo: (channel: string) => Poster

beforeEach(async () => {
  discord = await startDiscord({ port: 0, log: silentLogger() })
  rest = new REST({ api: discord.apiUrl, retries: 0 }).setToken(discord.token)
  heard = []
  spent = 0
  const pace: Pace = {
    ask: () => {
      throw new Error('posters do not ask')
    },
    hear: (lane, limits) => void heard.push({ lane, limits }),
    spend: () => {
      spent += 1
    },
    block: () => {},
  }
  posterTo = createPosters(rest, pace)
  poster = posterTo(discord.ids.channels.lounge)
})

afterEach(() => discord.close())

const contents = (): string[] =>
  [...discord.world.messages.in(discord.ids.channels.lounge).values()].map(({ message }) => message.content)

const idOf = async (sent: ReturnType<Poster['post']>): Promise<string> => {
  const posted = await sent
  if (!posted.ok) throw new Error(posted.detail)
  return posted.id
}

describe('a poster', () => {
  it('posts, edits and removes', async () => {
    const id = await idOf(poster.post(BODY, 'a-0'))
    expect(await poster.edit(id, { content: 'Twice', components: [] })).toEqual({ ok: true, id })
    expect(contents()).toEqual(['Twice'])
    expect(await poster.remove(id)).toEqual({ ok: true, id })
    expect(contents()).toEqual([])
  })

  it('pings nobody, by posts or by edits', async () => {
    const bodies: unknown[] = []
    discord.onRequest(({ body }) => bodies.push(body))
    const id = await idOf(poster.post({ content: '@everyone', components: [] }, 'a-0'))
    await poster.edit(id, { content: '@here', components: [] })
    expect(bodies).toEqual([
      expect.objectContaining({ allowed_mentions: { parse: [] } }),
      expect.objectContaining({ allowed_mentions: { parse: [] } }),
    ])
  })

  it('posts one message for one nonce', async () => {
    const first = await idOf(poster.post(BODY, 'a-0'))
    expect(await idOf(poster.post({ content: 'Later', components: [] }, 'a-0'))).toBe(first)
    expect(contents()).toEqual([BODY.content])
  })

  it('tells the pace what the headers of every response say', async () => {
    const id = await idOf(poster.post(BODY, 'a-0'))
    await poster.edit(id, BODY)
    await poster.edit(id, BODY)
    expect(heard.map(({ lane }) => lane)).toEqual([poster.lanes.post, poster.lanes.edit, poster.lanes.edit])
    expect(heard.map(({ limits }) => limits?.remaining)).toEqual([4, 4, 3])
    expect(heard[1]?.limits?.bucket).toBe(heard[2]?.limits?.bucket)
    expect(heard[0]?.limits?.bucket).not.toBe(heard[1]?.limits?.bucket)
    for (const { limits } of heard) expect(limits?.resetAfter).toBeGreaterThan(4000)
  })

  it('tells the pace of what others send, except what Discord does not count', async () => {
    await rest.get(`/channels/${discord.ids.channels.lounge}`)
    expect(spent).toBe(1)
    await rest.get('/webhooks/100000000000000001/token/messages/100000000000000002').catch(() => {})
    expect(spent).toBe(1)
  })

  it.each([
    ['message', async () => poster.edit('100000000000000001', BODY)],
    ['channel', async () => posterTo('100000000000000001').post(BODY, 'a-0')],
    ['forbidden', async () => posterTo(discord.ids.channels.staff).post(BODY, 'a-0')],
    ['rejected', async () => poster.post({ content: '', components: [] }, 'a-0')],
  ] as const)('says that it failed for "%s"', async (failure, attempt) => {
    expect(await attempt()).toMatchObject({ ok: false, failure })
  })

  it('says that Discord is unreachable when it fails or cuts the connection', async () => {
    for (const kind of ['500', 'drop_connection', 'drop_answer'] as const) {
      const fault = discord.faults.add({ on: { method: 'PATCH' }, kind })
      const id = await idOf(poster.post(BODY, kind))
      expect(await poster.edit(id, BODY)).toMatchObject({ ok: false, failure: 'unreachable' })
      fault.remove()
    }
  })
})
