import { describe, expect, it } from 'vitest'
import { connect, identified, stage } from './stage.ts'

const MESSAGES = '/channels/{channel_id}/messages'

const setUp = async () => {
  const on = await stage()
  const { stories } = on.discord.ids.channels
  const path = `/channels/${stories}/messages`
  return {
    ...on,
    stories,
    post: (content = 'x') => on.callLater('POST', path, { content }),
    texts: () => [...on.discord.world.messages.in(stories).values()].map(({ message }) => message.content),
    player: on.discord.person(on.discord.ids.people.player),
  }
}

describe('faults at a request', () => {
  it('strike by method, by route or by a pattern of paths, so often and after so many, until removed', async () => {
    const { discord, post, callLater, stories } = await setUp()
    const { faults } = discord
    const once = faults.add({ on: { method: 'POST', route: MESSAGES }, kind: '500', times: 1, after: 1 })
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([200, 500, 200])
    expect(once.strikes()).toBe(1)
    const all = faults.add({ on: { route: new RegExp(`^/channels/${stories}`) }, kind: '500' })
    expect((await post()).status).toBe(500)
    expect((await callLater('GET', `/channels/${stories}`)).status).toBe(500)
    expect((await callLater('GET', '/users/@me')).status).toBe(200)
    all.remove()
    expect((await post()).status).toBe(200)
  })

  it('429: asks to wait, and is not counted as the application’s doing', async () => {
    const { discord, post } = await setUp()
    discord.faults.add({ on: { route: MESSAGES }, kind: '429', times: 1, ms: 2500 })
    const answer = await post()
    expect(answer).toMatchObject({ status: 429, body: { retry_after: 2.5, global: false } })
    expect(discord.stats().tooMany).toBe(0)
  })

  it('lost_permission: 50013; drop_connection: nothing happened; drop_answer: it did', async () => {
    const { discord, post, texts } = await setUp()
    const { faults } = discord
    faults.add({ on: { route: MESSAGES }, kind: 'lost_permission', times: 1 })
    expect((await post('one')).body.code).toBe(50013)
    faults.add({ on: { route: MESSAGES }, kind: 'drop_connection', times: 1 })
    await expect(post('two')).rejects.toThrow()
    faults.add({ on: { route: MESSAGES }, kind: 'drop_answer', times: 1 })
    await expect(post('three')).rejects.toThrow()
    expect(texts()).toEqual(['three'])
  })

  it('delay: the request is handled later', async () => {
    const { discord, call, clock, stories, texts } = await setUp()
    discord.faults.add({ on: { route: MESSAGES }, kind: 'delay', ms: 700, times: 1 })
    const pending = call('POST', `/channels/${stories}/messages`, { content: 'late' })
    await expect.poll(() => clock.pending().includes(700)).toBe(true)
    await clock.advance(699)
    expect(texts()).toEqual([])
    await clock.advance(1)
    expect((await pending).status).toBe(200)
  })
})

describe('faults at the gateway', () => {
  it('duplicate_dispatch: the same event twice, each with a number of its own', async () => {
    const { discord, player, stories } = await setUp()
    const { client } = await identified(discord)
    discord.faults.add({ on: { gateway: 'MESSAGE_CREATE' }, kind: 'duplicate_dispatch', times: 1 })
    const { id } = player.send(stories, 'twice')
    await client.next(({ s }) => s === 4)
    expect(client.frames.slice(3)).toMatchObject([
      { s: 3, d: { id } },
      { s: 4, d: { id } },
    ])
  })

  it('drop_gateway: the connection is cut before the event, which a resume brings', async () => {
    const { discord, player, stories } = await setUp()
    const { client, session } = await identified(discord)
    discord.faults.add({ on: { gateway: 'MESSAGE_CREATE' }, kind: 'drop_gateway', times: 1 })
    player.send(stories, 'missed')
    expect(await client.closed).toBe(1006)
    expect(client.frames.map(({ t }) => t)).not.toContain('MESSAGE_CREATE')
    const again = connect(discord)
    await again.next(({ op }) => op === 10)
    again.send(6, { token: discord.token, session_id: session, seq: 2 })
    expect((await again.dispatch('MESSAGE_CREATE')).d.content).toBe('missed')
  })

  it('invalid_session: the event is lost with the session, or waits when it may be resumed', async () => {
    const { discord, player, stories } = await setUp()
    const { client } = await identified(discord)
    discord.faults.add({ on: { gateway: 'MESSAGE_CREATE' }, kind: 'invalid_session', times: 1 })
    player.send(stories, 'lost')
    expect(await client.next(({ op }) => op === 9)).toMatchObject({ d: false })
    expect(discord.gateway.isOnline()).toBe(false)
  })

  it('delay: events keep their order behind the one that is held', async () => {
    const { discord, player, stories, clock } = await setUp()
    const { client } = await identified(discord)
    discord.faults.add({ on: { gateway: 'MESSAGE_CREATE' }, kind: 'delay', ms: 500, times: 1 })
    player.send(stories, 'one')
    player.send(stories, 'two')
    await clock.advance(499)
    expect(client.frames).toHaveLength(3)
    await clock.advance(1)
    await client.next(({ d }) => d?.content === 'two')
    expect(client.frames.slice(3).map(({ d }) => d.content)).toEqual(['one', 'two'])
  })

  it('strike at what the client sends too: an unanswered heartbeat, a refused resume', async () => {
    const { discord } = await setUp()
    const { client } = await identified(discord)
    discord.faults.add({ on: { gateway: 'HEARTBEAT' }, kind: 'drop_answer', times: 1 })
    client.send(1, 2)
    client.send(1, 2)
    await client.next(({ op }) => op === 11)
    expect(client.frames.filter(({ op }) => op === 11)).toHaveLength(1)
  })
})
