import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { flawsAt, stage } from './stage.ts'

describe('the door of the API', () => {
  it('answers 401 in Discord’s words without the right token', async () => {
    const { call } = await stage()
    const wrong = { status: 401, body: { message: '401: Unauthorized', code: 0 } }
    expect(await call('GET', '/users/@me', undefined, 'wrong')).toMatchObject(wrong)
    expect(await call('GET', '/users/@me', undefined, '')).toMatchObject(wrong)
  })

  it('answers 501 for what is not built, and says so in the log with method and path', async () => {
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) })
    const { call } = await stage({ log })
    const answer = await call('GET', '/guilds/12345678901234567/audit-logs')
    expect(answer.status).toBe(501)
    expect(answer.body.message).toContain('GET /guilds/12345678901234567/audit-logs')
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
      method: 'GET',
      path: '/guilds/12345678901234567/audit-logs',
    })
  })

  it('answers 501 for the parts of a message that are not built, rather than drop them', async () => {
    const { discord, callLater } = await stage()
    const path = `/channels/${discord.ids.channels.stories}/messages`
    const bodies = [
      { content: 'a', poll: {} },
      { components: [{ type: 1, components: [{ type: 5, custom_id: 'who' }] }] },
      { sticker_ids: ['1'] },
    ]
    for (const body of bodies) expect((await callLater('POST', path, body)).status).toBe(501)
  })

  it('refuses JSON that is none (50109) and other versions of the API (50041)', async () => {
    const { call, discord } = await stage()
    const broken = await call('POST', `/channels/${discord.ids.channels.stories}/messages`, '{"content":')
    expect(broken).toMatchObject({ status: 400, body: { code: 50109 } })
    const old = await fetch(`${discord.apiUrl}/v6/gateway`)
    expect(await old.json()).toMatchObject({ code: 50041 })
  })

  it('refuses ids that are no snowflakes, and tells unknown channels, guilds and users apart', async () => {
    const { callLater } = await stage()
    expect(flawsAt(await callLater('GET', '/channels/abc'), 'channel_id')).toEqual(['NUMBER_TYPE_COERCE'])
    const id = '12345678901234567'
    expect(await callLater('GET', `/channels/${id}`)).toMatchObject({ status: 404, body: { code: 10003 } })
    expect((await callLater('GET', `/guilds/${id}`)).body.code).toBe(10004)
    expect((await callLater('GET', `/users/${id}`)).body.code).toBe(10013)
  })

  it('tells what it saw to those who watch, before it decides', async () => {
    const { call, discord } = await stage()
    const seen: string[] = []
    const stop = discord.onRequest(({ method, path, route }) => seen.push(`${method} ${path} ${route}`))
    await call('GET', `/channels/${discord.ids.channels.lounge}?x=1`)
    stop()
    await call('GET', '/gateway')
    expect(seen).toEqual([`GET /channels/${discord.ids.channels.lounge} /channels/{channel_id}`])
  })
})

describe('rate limits', () => {
  const setUp = async () => {
    const on = await stage()
    const path = `/channels/${on.discord.ids.channels.stories}/messages`
    return { ...on, path, post: () => on.call('POST', path, { content: 'x' }) }
  }

  it('counts a bucket in a fixed window that begins with its first request, and tells it in the headers', async () => {
    const { post, clock } = await setUp()
    const first = await post()
    expect(first.headers.get('x-ratelimit-limit')).toBe('5')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4')
    expect(first.headers.get('x-ratelimit-reset-after')).toBe('5')
    expect(first.headers.get('x-ratelimit-reset')).toBe(String((clock.now() + 5000) / 1000))
    await clock.advance(2000)
    const second = await post()
    expect(second.headers.get('x-ratelimit-reset-after')).toBe('3')
    expect(second.headers.get('x-ratelimit-bucket')).toBe(first.headers.get('x-ratelimit-bucket'))
    await clock.advance(3000)
    expect((await post()).headers.get('x-ratelimit-remaining')).toBe('4')
  })

  it('answers the sixth with 429, its wait in seconds, and counts it', async () => {
    const { post, clock, discord } = await setUp()
    for (let n = 0; n < 5; n++) expect((await post()).status).toBe(200)
    await clock.advance(500)
    const sixth = await post()
    expect(sixth.status).toBe(429)
    expect(sixth.body).toEqual({ message: 'You are being rate limited.', retry_after: 4.5, global: false })
    expect(sixth.headers.get('retry-after')).toBe('5')
    expect(sixth.headers.get('x-ratelimit-scope')).toBe('user')
    expect(sixth.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(discord.stats()).toMatchObject({
      tooMany: 1,
      requests: { 'POST /channels/{channel_id}/messages': 6 },
    })
  })

  it('keeps a bucket for each channel, and posts apart from edits', async () => {
    const { post, call, discord, path } = await setUp()
    for (let n = 0; n < 5; n++) await post()
    const other = `/channels/${discord.ids.channels.lounge}/messages`
    const there = await call('POST', other, { content: 'x' })
    expect(there.status).toBe(200)
    const edit = await call('PATCH', `${path}/${discord.ids.bot}`, { content: 'x' })
    expect(edit.body.code).toBe(10008)
  })

  it('limits all requests together to 50 in a second, but for those of interactions', async () => {
    const { call, discord } = await setUp()
    for (let n = 0; n < 50; n++) await call('GET', `/channels/${discord.ids.channels.stories}`)
    const next = await call('GET', '/users/@me')
    expect(next).toMatchObject({ status: 429, body: { global: true } })
    expect(next.headers.get('x-ratelimit-global')).toBe('true')
    expect(next.headers.get('x-ratelimit-scope')).toBe('global')
    const callback = await call('POST', '/interactions/12345678901234567/x/callback', { type: 5 })
    expect(callback.body.code).toBe(10062)
  })

  it('limits renames to 2 in 10 minutes without showing it in the headers', async () => {
    const { callLater, discord } = await setUp()
    const thread = await callLater('POST', `/channels/${discord.ids.channels.stories}/threads`, {
      name: 'a',
      type: 11,
    })
    const rename = (name: string) => callLater('PATCH', `/channels/${thread.body.id}`, { name })
    expect((await rename('b')).status).toBe(200)
    expect((await rename('c')).status).toBe(200)
    const third = await rename('d')
    expect(third.status).toBe(429)
    expect(third.headers.get('x-ratelimit-remaining')).not.toBe('0')
    expect((await callLater('PATCH', `/channels/${thread.body.id}`, { archived: true })).status).toBe(200)
  })

  it('limits edits to a message older than an hour: 30046', async () => {
    const { post, call, clock, path } = await setUp()
    const { body } = await post()
    await clock.advance(3_700_000)
    let last = await call('PATCH', `${path}/${body.id}`, { content: 'y' })
    for (let n = 0; n < 30; n++) {
      await clock.advance(2000)
      last = await call('PATCH', `${path}/${body.id}`, { content: 'y' })
    }
    expect(last).toMatchObject({ status: 429, body: { code: 30046 } })
  })

  it('takes as long for an answer as its round trip says, half of it before the request is handled', async () => {
    const { discord, clock, call } = await stage({ roundTripMs: { mean: 100, spread: 30 }, random: () => 0 })
    const pending = call('GET', '/users/@me')
    let handledAt = 0
    discord.onAnswer(({ at }) => {
      handledAt = at
    })
    const began = clock.now()
    await expect.poll(() => clock.pending().includes(35)).toBe(true)
    await clock.advance(35)
    await expect.poll(() => handledAt - began).toBe(35)
    await clock.advance(35)
    expect((await pending).status).toBe(200)
  })
})
