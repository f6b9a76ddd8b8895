import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import { BOT_PERMISSIONS } from '../../../src/sandbox/discord/world/seed.ts'
import { type Answer, flawsAt, type Json, stage } from './stage.ts'

const button = (customId: string, more: Json = {}) => ({
  type: 2,
  style: 1,
  label: 'Go',
  custom_id: customId,
  ...more,
})
const row = (...components: Json[]) => ({ type: 1, components })

const setUp = async () => {
  const on = await stage()
  const path = `/channels/${on.discord.ids.channels.stories}/messages`
  const post = (body: unknown): Promise<Answer> => on.callLater('POST', path, body)
  return { ...on, path, post }
}

describe('creating a message', () => {
  it('gives it a snowflake of 17 to 19 digits that holds its time, and strips white space around the text', async () => {
    const { post } = await setUp()
    const { status, body } = await post({ content: '  Once upon a time \n' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ content: 'Once upon a time', type: 0, edited_timestamp: null })
    expect(body.id).toMatch(/^\d{17,19}$/)
    const made = Number(BigInt(String(body.id)) >> 22n) + 1_420_070_400_000
    expect(new Date(made).toISOString()).toBe(body.timestamp)
  })

  it.each([
    ['2,000 UTF-16 units pass', 'x'.repeat(2000), 200],
    ['2,001 do not', 'x'.repeat(2001), 400],
    ['a character outside the BMP counts twice', '🦊'.repeat(1001), 400],
  ])('limits the text: %s', async (_, content, status) => {
    const { post } = await setUp()
    const answer = await post({ content })
    expect(answer.status).toBe(status)
    if (status === 400) {
      expect(answer.body).toMatchObject({ code: 50035, message: 'Invalid Form Body' })
      expect(flawsAt(answer, 'content')).toEqual(['BASE_TYPE_MAX_LENGTH'])
    }
  })

  it.each([{}, { content: '' }, { content: ' \n ' }, { content: null, components: [row(button('a'))] }])(
    'refuses one with neither text nor embeds: 50006 (%j)',
    async (body) => {
      const { post } = await setUp()
      expect(await post(body)).toMatchObject({ status: 400, body: { code: 50006 } })
    },
  )

  it.each<[string, Json, (string | number)[], string]>([
    ['text that is no text', { content: {} }, ['content'], 'STRING_TYPE_CONVERT'],
    ['flags of others', { content: 'a', flags: 64 }, ['flags'], 'MESSAGE_FLAGS_INVALID'],
    [
      'a nonce over 25 characters',
      { content: 'a', nonce: 'n'.repeat(26) },
      ['nonce'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'six rows',
      { content: 'a', components: ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => row(button(id))) },
      ['components'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'six buttons in a row',
      { content: 'a', components: [row(...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => button(id)))] },
      ['components', 0, 'components'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a custom id twice',
      { content: 'a', components: [row(button('same')), row(button('same'))] },
      ['components', 1, 'components', 0, 'custom_id'],
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a custom id over 100 characters',
      { content: 'a', components: [row(button('c'.repeat(101)))] },
      ['components', 0, 'components', 0, 'custom_id'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a button with neither label nor emoji',
      { content: 'a', components: [row({ type: 2, style: 1, custom_id: 'a' })] },
      ['components', 0, 'components', 0, 'label'],
      'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
    ],
    [
      'embeds of over 6,000 characters together',
      { embeds: [{ description: 'd'.repeat(4000) }, { description: 'd'.repeat(2001) }] },
      ['embeds'],
      'MAX_EMBED_SIZE_EXCEEDED',
    ],
    [
      'an embed title over 256 characters',
      { embeds: [{ title: 't'.repeat(257) }] },
      ['embeds', 0, 'title'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'parse and a list of users together',
      { content: 'a', allowed_mentions: { parse: ['users'], users: ['12345678901234567'] } },
      ['allowed_mentions'],
      'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      'a reply to nothing',
      { content: 'a', message_reference: { message_id: '12345678901234567' } },
      ['message_reference'],
      'REPLIES_UNKNOWN_MESSAGE',
    ],
  ])('refuses %s: 50035 at its place', async (_, body, place, code) => {
    const { post } = await setUp()
    const answer = await post(body)
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } })
    expect(flawsAt(answer, ...place)).toEqual([code])
  })

  it('posts once for a nonce that is enforced, and gives the first message again', async () => {
    const { post, path, call, clock } = await setUp()
    const first = await post({ content: 'one', nonce: 'n1', enforce_nonce: true })
    const again = await call('POST', path, { content: 'two', nonce: 'n1', enforce_nonce: true })
    expect(again.body).toMatchObject({ id: first.body.id, content: 'one' })
    const free = await call('POST', path, { content: 'three', nonce: 'n1' })
    expect(free.body.id).not.toBe(first.body.id)
    await clock.advance(6 * 60_000)
    const later = await call('POST', path, { content: 'four', nonce: 'n1', enforce_nonce: true })
    expect(later.body.content).toBe('four')
  })

  it('pings whom allowed_mentions lets it, and nobody with parse: []', async () => {
    const { post, discord } = await setUp()
    const content = `<@${discord.ids.people.player}> <@${discord.ids.people.second}> @everyone`
    const idsOf = ({ body }: Answer) => (body.mentions as { id: string }[]).map(({ id }) => id)
    expect(idsOf(await post({ content }))).toHaveLength(2)
    const none = await post({ content, allowed_mentions: { parse: [] } })
    expect(idsOf(none)).toEqual([])
    expect(none.body.mention_everyone).toBe(false)
    const one = { parse: [], users: [discord.ids.people.second] }
    expect(idsOf(await post({ content, allowed_mentions: one }))).toEqual([discord.ids.people.second])
  })

  it('makes a reply of type 19 that carries the message it answers, or null when that is gone', async () => {
    const { post, path, discord, callLater } = await setUp()
    const asked = discord.person(discord.ids.people.player).send(discord.ids.channels.stories, 'Who goes?')
    const reply = await post({ content: 'I', message_reference: { message_id: asked.id } })
    expect(reply.body).toMatchObject({
      type: 19,
      referenced_message: { content: 'Who goes?' },
      mentions: [{ id: discord.ids.people.player }],
    })
    discord.person(discord.ids.people.player).delete(discord.ids.channels.stories, asked.id)
    const after = await callLater('GET', `${path}/${reply.body.id}`)
    expect(after.body.referenced_message).toBeNull()
  })

  it('numbers components that come without an id', async () => {
    const { post } = await setUp()
    const { body } = await post({ content: 'a', components: [row(button('a'), button('b'))] })
    expect(body.components).toMatchObject([{ id: 1, components: [{ id: 2 }, { id: 3 }] }])
  })
})

describe('editing and deleting', () => {
  it('sets edited_timestamp and keeps what the form leaves out', async () => {
    const { post, path, callLater } = await setUp()
    const { body } = await post({ content: 'a', components: [row(button('a'))] })
    const edited = await callLater('PATCH', `${path}/${body.id}`, { content: 'b' })
    expect(edited.body).toMatchObject({ content: 'b', components: [{ components: [{ custom_id: 'a' }] }] })
    expect(edited.body.edited_timestamp).not.toBeNull()
    const cleared = await callLater('PATCH', `${path}/${body.id}`, { components: [] })
    expect(cleared.body).toMatchObject({ content: 'b', components: [] })
  })

  it('refuses to empty a message (50006), to edit another’s (50005) or none (10008)', async () => {
    const { post, path, discord, callLater } = await setUp()
    const { body } = await post({ content: 'a' })
    expect((await callLater('PATCH', `${path}/${body.id}`, { content: '' })).body.code).toBe(50006)
    const theirs = discord.person(discord.ids.people.player).send(discord.ids.channels.stories, 'mine')
    const answer = await callLater('PATCH', `${path}/${theirs.id}`, { content: 'ours' })
    expect(answer).toMatchObject({ status: 403, body: { code: 50005 } })
    const none = await callLater('PATCH', `${path}/12345678901234567`, { content: 'x' })
    expect(none).toMatchObject({ status: 404, body: { code: 10008 } })
  })

  it('deletes the bot’s own; another’s needs MANAGE_MESSAGES (50013)', async () => {
    const { post, path, discord, callLater } = await setUp()
    const { body } = await post({ content: 'a' })
    expect((await callLater('DELETE', `${path}/${body.id}`)).status).toBe(204)
    expect((await callLater('DELETE', `${path}/${body.id}`)).body.code).toBe(10008)
    const theirs = discord.person(discord.ids.people.player).send(discord.ids.channels.stories, 'mine')
    expect((await callLater('DELETE', `${path}/${theirs.id}`)).body.code).toBe(50013)
  })
})

describe('deleting many at once', () => {
  const path = (channel: string) => `/channels/${channel}/messages/bulk-delete`

  it('takes 2 to 100 ids (50035) and needs MANAGE_MESSAGES (50013)', async () => {
    const moderating = await stage({ botPermissions: BOT_PERMISSIONS | P.ManageMessages })
    const { stories } = moderating.discord.ids.channels
    const some = (count: number) => Array.from({ length: count }, () => '12345678901234567')
    const few = await moderating.callLater('POST', path(stories), { messages: some(1) })
    expect(flawsAt(few, 'messages')).toEqual(['BASE_TYPE_BAD_LENGTH'])
    const many = await moderating.callLater('POST', path(stories), { messages: some(101) })
    expect(flawsAt(many, 'messages')).toEqual(['BASE_TYPE_BAD_LENGTH'])
    const { discord, callLater } = await stage()
    const player = discord.person(discord.ids.people.player)
    const channel = discord.ids.channels.stories
    const messages = ['a', 'b'].map((text) => player.send(channel, text).id)
    expect((await callLater('POST', path(channel), { messages })).body.code).toBe(50013)
    expect(player.history(channel)).toHaveLength(2)
  })

  it('deletes none when one of them is older than 14 days (50034)', async () => {
    const { discord, clock, callLater } = await stage({ botPermissions: BOT_PERMISSIONS | P.ManageMessages })
    const { stories } = discord.ids.channels
    const player = discord.person(discord.ids.people.player)
    const old = player.send(stories, 'old').id
    await clock.advance(14 * 24 * 3_600_000)
    const messages = [old, player.send(stories, 'new').id]
    const answer = await callLater('POST', path(stories), { messages })
    expect(answer).toMatchObject({ status: 400, body: { code: 50034 } })
    expect(player.history(stories)).toHaveLength(2)
  })
})

describe('listing', () => {
  it('gives the newest first, by before, after, around and limit, of which only one place may be named', async () => {
    const { path, discord, callLater } = await setUp()
    const person = discord.person(discord.ids.people.player)
    const ids = ['a', 'b', 'c', 'd', 'e'].map((text) => person.send(discord.ids.channels.stories, text).id)
    const texts = async (query: string) => {
      const { body } = await callLater('GET', `${path}${query}`)
      return (body as unknown as { content: string }[]).map(({ content }) => content).join('')
    }
    expect(await texts('')).toBe('edcba')
    expect(await texts('?limit=2')).toBe('ed')
    expect(await texts(`?before=${ids[2]}`)).toBe('ba')
    expect(await texts(`?after=${ids[1]}&limit=2`)).toBe('dc')
    expect(await texts(`?around=${ids[2]}&limit=3`)).toBe('dcb')
    const both = await callLater('GET', `${path}?before=${ids[2]}&after=${ids[1]}`)
    expect(both.body.code).toBe(50035)
    expect((await callLater('GET', `${path}?limit=101`)).body.code).toBe(50035)
  })
})

describe('reactions', () => {
  it('adds and removes the bot’s own, and refuses what is no emoji (10014)', async () => {
    const { post, path, callLater } = await setUp()
    const { body } = await post({ content: 'a' })
    const at = (emoji: string) => `${path}/${body.id}/reactions/${encodeURIComponent(emoji)}/@me`
    expect((await callLater('PUT', at('⏳'))).status).toBe(204)
    const shown = await callLater('GET', `${path}/${body.id}`)
    expect(shown.body.reactions).toMatchObject([{ count: 1, me: true, emoji: { id: null, name: '⏳' } }])
    expect((await callLater('DELETE', at('⏳'))).status).toBe(204)
    expect((await callLater('GET', `${path}/${body.id}`)).body.reactions).toBeUndefined()
    expect((await callLater('PUT', at('hourglass'))).body.code).toBe(10014)
  })
})
