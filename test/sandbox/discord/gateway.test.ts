import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import { BOT_PERMISSIONS } from '../../../src/sandbox/discord/world/seed.ts'
import { connect, DEFAULT_INTENTS, identified, stage } from './stage.ts'

const OP = { heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalid: 9, hello: 10, ack: 11 }
const MESSAGE_CONTENT = 32_768
const GUILD_MEMBERS = 2

const hello = async (...args: Parameters<typeof connect>) => {
  const client = connect(...args)
  await client.next(({ op }) => op === OP.hello)
  return client
}

describe('identifying', () => {
  it('begins with hello and the heartbeat interval, then READY with the guild to come, then GUILD_CREATE', async () => {
    const { discord } = await stage()
    const { client } = await identified(discord)
    const [first, ready, guild] = client.frames
    expect(first).toMatchObject({ op: OP.hello, s: null, d: { heartbeat_interval: 41_250 } })
    expect(ready).toMatchObject({
      t: 'READY',
      s: 1,
      d: {
        v: 10,
        user: { id: discord.ids.bot, bot: true },
        guilds: [{ id: discord.ids.guild, unavailable: true }],
        application: { id: discord.ids.bot },
      },
    })
    expect(guild).toMatchObject({ t: 'GUILD_CREATE', s: 2, d: { id: discord.ids.guild, member_count: 4 } })
    // Without the presences intent no member is named but the bot.
    expect(guild?.d.members).toMatchObject([{ user: { id: discord.ids.bot } }])
    expect(guild?.d.channels).toHaveLength(4)
    expect(discord.gateway.isOnline()).toBe(true)
  })

  it.each<[number, string, object]>([
    [4004, 'a wrong token', { token: 'wrong' }],
    [4013, 'intents that do not exist', { intents: 1 << 30 }],
    [4014, 'a privileged intent that the portal has off', { intents: DEFAULT_INTENTS | GUILD_MEMBERS }],
    [4010, 'a shard out of range', { shard: [1, 1] }],
    [4002, 'a broken form', { intents: 'all' }],
  ])('closes with %i for %s', async (code, _, wrong) => {
    const { discord } = await stage()
    const client = await hello(discord)
    client.send(OP.identify, { token: discord.token, intents: DEFAULT_INTENTS, properties: {}, ...wrong })
    expect(await client.closed).toBe(code)
    expect(discord.gateway.isOnline()).toBe(false)
  })

  it('closes for another version (4012), a frame before identifying (4003), a second one (4005), an unknown op (4001)', async () => {
    const { discord } = await stage()
    expect(await connect(discord, '?v=6&encoding=json').closed).toBe(4012)
    const early = await hello(discord)
    early.send(3, {})
    expect(await early.closed).toBe(4003)
    const { client: twice } = await identified(discord)
    twice.send(OP.identify, { token: discord.token, intents: 0, properties: {} })
    expect(await twice.closed).toBe(4005)
    const { client: odd } = await identified(discord)
    odd.send(99, {})
    expect(await odd.closed).toBe(4001)
  })

  it('closes with 4008 a client that sends more than 120 frames in a minute', async () => {
    const { discord } = await stage()
    const { client } = await identified(discord)
    for (let n = 0; n < 121; n++) client.send(OP.heartbeat, n)
    expect(await client.closed).toBe(4008)
  })
})

describe('heartbeats', () => {
  it('are acknowledged; a client that misses them is closed with 4009', async () => {
    const { discord, clock } = await stage()
    const { client } = await identified(discord)
    await clock.advance(41_250)
    client.send(OP.heartbeat, 2)
    await client.next(({ op }) => op === OP.ack)
    await clock.advance(41_250 * 2)
    expect(discord.gateway.isOnline()).toBe(true)
    await clock.advance(41_250 * 2)
    expect(await client.closed).toBe(4009)
  })
})

describe('intents', () => {
  it('without message content, messages come empty but for the bot’s own and those that mention it', async () => {
    const { discord, callLater } = await stage()
    const { client } = await identified(discord, DEFAULT_INTENTS & ~MESSAGE_CONTENT)
    const player = discord.person(discord.ids.people.player)
    const { stories } = discord.ids.channels
    player.send(stories, 'to all')
    player.send(stories, `<@${discord.ids.bot}> to you`)
    await callLater('POST', `/channels/${stories}/messages`, { content: 'my own' })
    await client.next(({ d }) => d?.content === 'my own')
    const contents = client.frames.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d.content)
    expect(contents).toEqual(['', `<@${discord.ids.bot}> to you`, 'my own'])
  })

  it('filter: no messages without GUILD_MESSAGES, no typing without its own', async () => {
    const { discord, callLater } = await stage()
    const { client: deaf } = await identified(discord, 1)
    const { client } = await identified(discord, DEFAULT_INTENTS & ~2048)
    const { stories } = discord.ids.channels
    const player = discord.person(discord.ids.people.player)
    player.typing(stories)
    player.send(stories, 'x')
    await callLater('POST', `/channels/${stories}/threads`, { name: 'x', type: 11 })
    await deaf.dispatch('THREAD_CREATE')
    await client.dispatch('THREAD_CREATE')
    expect(deaf.frames.map(({ t }) => t)).not.toContain('MESSAGE_CREATE')
    expect(client.frames.map(({ t }) => t)).not.toContain('TYPING_START')
    expect(client.frames.map(({ t }) => t)).toContain('MESSAGE_CREATE')
  })
})

describe('dispatches', () => {
  it('tell of a message’s life with the guild and the author’s member', async () => {
    const { discord, callLater } = await stage()
    const { client } = await identified(discord)
    const { stories } = discord.ids.channels
    const player = discord.person(discord.ids.people.player)
    const { id } = player.send(stories, 'a')
    player.typing(stories)
    player.edit(stories, id, 'b')
    await callLater('PUT', `/channels/${stories}/messages/${id}/reactions/%E2%8F%B3/@me`)
    player.delete(stories, id)
    await client.dispatch('MESSAGE_DELETE')
    const events = client.frames.slice(3)
    expect(events).toMatchObject([
      { t: 'MESSAGE_CREATE', d: { id, content: 'a', guild_id: discord.ids.guild, member: { roles: [] } } },
      { t: 'TYPING_START', d: { user_id: player.user.id, channel_id: stories } },
      { t: 'MESSAGE_UPDATE', d: { id, content: 'b' } },
      { t: 'MESSAGE_REACTION_ADD', d: { user_id: discord.ids.bot, message_id: id, emoji: { name: '⏳' } } },
      { t: 'MESSAGE_DELETE', d: { id, channel_id: stories, guild_id: discord.ids.guild } },
    ])
    expect(events.map(({ s }) => s)).toEqual([3, 4, 5, 6, 7])
  })

  it('tell of messages deleted at once in one MESSAGE_DELETE_BULK, even when only one of them was there', async () => {
    const { discord, callLater } = await stage({ botPermissions: BOT_PERMISSIONS | P.ManageMessages })
    const { client } = await identified(discord)
    const { stories } = discord.ids.channels
    const player = discord.person(discord.ids.people.player)
    const ids = ['a', 'b', 'c'].map((text) => player.send(stories, text).id)
    const path = `/channels/${stories}/messages/bulk-delete`
    expect((await callLater('POST', path, { messages: ids.slice(0, 2) })).status).toBe(204)
    expect((await callLater('POST', path, { messages: ids.slice(1) })).status).toBe(204)
    await client.next(({ d }) => String(d?.ids) === ids[2])
    expect(client.frames.slice(6)).toMatchObject([
      {
        t: 'MESSAGE_DELETE_BULK',
        d: { ids: ids.slice(0, 2), channel_id: stories, guild_id: discord.ids.guild },
      },
      { t: 'MESSAGE_DELETE_BULK', d: { ids: ids.slice(2) } },
    ])
  })

  it('tell of an edit with the whole message, and when it was', async () => {
    const { discord, clock } = await stage()
    const { client } = await identified(discord)
    const { stories } = discord.ids.channels
    const player = discord.person(discord.ids.people.player)
    const { id, timestamp } = player.send(stories, 'a')
    await clock.advance(1_000)
    player.edit(stories, id, 'b')
    const { d } = await client.dispatch('MESSAGE_UPDATE')
    expect(d).toMatchObject({
      id,
      content: 'b',
      timestamp,
      author: { id: player.user.id },
      guild_id: discord.ids.guild,
    })
    expect(d.edited_timestamp).toBe(new Date(clock.now()).toISOString())
  })
})

describe('resuming', () => {
  it('replays what was missed in order, then RESUMED', async () => {
    const { discord } = await stage()
    const { client, session } = await identified(discord)
    const player = discord.person(discord.ids.people.player)
    client.cut()
    await expect.poll(() => discord.gateway.isOnline()).toBe(false)
    player.send(discord.ids.channels.stories, 'one')
    player.send(discord.ids.channels.stories, 'two')
    const again = await hello(discord)
    again.send(OP.resume, { token: discord.token, session_id: session, seq: 2 })
    await again.dispatch('RESUMED')
    expect(again.frames.slice(1)).toMatchObject([
      { t: 'MESSAGE_CREATE', s: 3, d: { content: 'one' } },
      { t: 'MESSAGE_CREATE', s: 4, d: { content: 'two' } },
      { t: 'RESUMED', s: 5 },
    ])
  })

  it('is refused (op 9, false) for an unknown session, one that ended properly, and one gone for too long', async () => {
    const { discord, clock } = await stage()
    const refused = async (session: string) => {
      const client = await hello(discord)
      client.send(OP.resume, { token: discord.token, session_id: session, seq: 1 })
      expect(await client.next(({ op }) => op === OP.invalid)).toMatchObject({ d: false })
    }
    await refused('nobody')
    const ended = await identified(discord)
    ended.client.end(1000)
    await ended.client.closed
    await refused(ended.session)
    const lost = await identified(discord)
    lost.client.cut()
    await expect.poll(() => discord.gateway.isOnline()).toBe(false)
    await clock.advance(181_000)
    await refused(lost.session)
  })

  it('closes with 4007 for a sequence that never was', async () => {
    const { discord } = await stage()
    const { client, session } = await identified(discord)
    client.cut()
    const again = await hello(discord)
    again.send(OP.resume, { token: discord.token, session_id: session, seq: 99 })
    expect(await again.closed).toBe(4007)
  })

  it('may be asked for by Discord (op 7), or be asked after op 9 with true on the same connection', async () => {
    const { discord } = await stage()
    const { client, session } = await identified(discord)
    discord.gateway.reconnect()
    await client.next(({ op }) => op === OP.reconnect)
    discord.gateway.invalidate(true)
    expect(await client.next(({ op }) => op === OP.invalid)).toMatchObject({ d: true })
    client.send(OP.resume, { token: discord.token, session_id: session, seq: 2 })
    await client.dispatch('RESUMED')
    discord.gateway.invalidate(false)
    client.send(OP.identify, { token: discord.token, intents: 0, properties: {} })
    await client.next(({ t, s }) => t === 'READY' && s === 1)
  })
})
