import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import { sendMessage } from '../../../src/sandbox/discord/acts/messages.ts'
import { readMessageCreate } from '../../../src/sandbox/discord/forms/message.ts'
import { DEFAULT_INTENTS, flawsAt, identified, type Json, pngOf, stage, withFiles } from './stage.ts'

const DIRECT = { messages: 4096, reactions: 8192, typing: 16_384 }
const NOBODY = '12345678901234567'
const button = { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }

const setUp = async (options: Parameters<typeof stage>[0] = {}) => {
  const on = await stage(options)
  const { people, bot } = on.discord.ids
  const open = (recipient_id: string) => on.callLater('POST', '/users/@me/channels', { recipient_id })
  const { body } = await open(people.player)
  const id = String(body.id)
  const path = `/channels/${id}/messages`
  return {
    ...on,
    people,
    bot,
    open,
    id,
    path,
    post: (form: unknown = { content: 'Psst.' }) => on.callLater('POST', path, form),
    /** The person writes, as Discord lets them; what reads it here are other bots than Skein. */
    write: (content: string) => {
      const form = readMessageCreate({ content })
      return sendMessage(on.discord.world, people.player, id, form).message.id
    },
    player: on.discord.person(people.player),
  }
}

describe('opening direct messages', () => {
  it('gives a channel of type 1 without guild and name, whose recipient is the other one', async () => {
    const { open, people } = await setUp()
    const { status, body } = await open(people.second)
    expect(status).toBe(200)
    expect(body).toEqual({
      id: expect.stringMatching(/^\d{17,19}$/),
      type: 1,
      flags: 0,
      last_message_id: null,
      recipients: [expect.objectContaining({ id: people.second, username: 'tomas' })],
    })
  })

  it('gives the same channel again, which can also be read by its id', async () => {
    const { open, callLater, people, id } = await setUp()
    expect((await open(people.player)).body.id).toBe(id)
    expect((await open(people.second)).body.id).not.toBe(id)
    const read = await callLater('GET', `/channels/${id}`)
    expect(read.body).toEqual((await open(people.player)).body)
  })

  it('refuses whom it does not know (50033), itself (400 with 50007), and nobody (50035)', async () => {
    const { open, bot, callLater } = await setUp()
    expect(await open(NOBODY)).toMatchObject({ status: 400, body: { code: 50033 } })
    expect(await open(bot)).toMatchObject({ status: 400, body: { code: 50007 } })
    const nobody = await callLater('POST', '/users/@me/channels', {})
    expect(nobody.body.code).toBe(50035)
    expect(flawsAt(nobody)).toEqual(['CHANNEL_RECIPIENT_REQUIRED'])
    expect(flawsAt(await open('tomas'), 'recipient_id')).toEqual(['NUMBER_TYPE_COERCE'])
  })

  it('is told to no session, as since version 8 of the gateway', async () => {
    const { discord, open, people, player } = await setUp()
    const { client } = await identified(discord, DEFAULT_INTENTS | DIRECT.messages)
    await open(people.second)
    player.send(discord.ids.channels.stories, 'The next thing it hears')
    await client.dispatch('MESSAGE_CREATE')
    expect(client.frames.slice(3)).toMatchObject([{ t: 'MESSAGE_CREATE' }])
  })
})

describe('writing direct messages', () => {
  it('posts, edits, reads and deletes as in a channel, and no message names the guild', async () => {
    const { post, path, callLater } = await setUp()
    const first = await post({ content: 'Once', nonce: 'n', enforce_nonce: true })
    const again = await post({ content: 'Once', nonce: 'n', enforce_nonce: true })
    expect(again.body.id).toBe(first.body.id)
    const reply = await post({ content: 'Upon', message_reference: { message_id: first.body.id } })
    expect(reply.body).toMatchObject({ type: 19, message_reference: { message_id: first.body.id } })
    expect(JSON.stringify([first.body, reply.body])).not.toContain('guild_id')
    const one = `${path}/${first.body.id}`
    expect((await callLater('PATCH', one, { content: 'Twice' })).body.content).toBe('Twice')
    const list = await callLater('GET', path)
    expect((list.body as unknown as Json[]).map(({ content }) => content)).toEqual(['Upon', 'Twice'])
    expect((await callLater('DELETE', one)).status).toBe(204)
    expect((await callLater('GET', one)).body.code).toBe(10008)
  })

  it('needs no role: what the guild allows the bot says nothing about its direct messages', async () => {
    const { post, callLater, path } = await setUp({ botPermissions: P.ViewChannel })
    const form = { embeds: [{ title: 'x' }], components: [button] }
    const { status, body } = await post(withFiles(form, { name: 'fox.png', bytes: pngOf(2, 2) }))
    expect(status).toBe(200)
    expect((await callLater('PUT', `${path}/${body.id}/reactions/%E2%8F%B3/@me`)).status).toBe(204)
  })

  it('remembers the newest message', async () => {
    const { post, callLater, id } = await setUp()
    const { body } = await post()
    expect((await callLater('GET', `/channels/${id}`)).body.last_message_id).toBe(body.id)
  })

  it('is refused (403 with 50007) while its person has blocked the bot; opening is not', async () => {
    const { open, post, callLater, path, people, player } = await setUp()
    const before = await post()
    player.block(true)
    expect((await open(people.player)).status).toBe(200)
    const refused = { status: 403, body: { code: 50007, message: 'Cannot send messages to this user' } }
    expect(await post()).toMatchObject(refused)
    expect((await callLater('GET', `${path}/${before.body.id}`)).status).toBe(200)
    player.block(false)
    expect((await post()).status).toBe(200)
  })

  it.each<[string, string, (id: string, theirs: string) => string, Json?]>([
    ['deletes what the other one wrote', 'DELETE', (id, theirs) => `/channels/${id}/messages/${theirs}`],
    [
      'takes away the other one’s reaction',
      'DELETE',
      (id, theirs) => `/channels/${id}/messages/${theirs}/reactions/%E2%8F%B3/${NOBODY}`,
    ],
    [
      'deletes in bulk',
      'POST',
      (id) => `/channels/${id}/messages/bulk-delete`,
      { messages: [NOBODY, `${NOBODY}1`] },
    ],
    ['opens a thread', 'POST', (id) => `/channels/${id}/threads`, { name: 'x', type: 11 }],
    ['edits the channel', 'PATCH', (id) => `/channels/${id}`, { name: 'x' }],
  ])('nobody moderates there: 50003 for who %s', async (_what, method, pathOf, body) => {
    const { callLater, write, id } = await setUp()
    const answer = await callLater(method, pathOf(id, write('Hello')), body)
    expect(answer).toMatchObject({ status: 403, body: { code: 50003 } })
  })

  it('refuses to edit what the other one wrote (50005), and says that closing is not built (501)', async () => {
    const { callLater, write, path, id } = await setUp()
    const edited = await callLater('PATCH', `${path}/${write('Hello')}`, { content: 'x' })
    expect(edited.body.code).toBe(50005)
    expect((await callLater('DELETE', `/channels/${id}`)).status).toBe(501)
  })
})

describe('dispatches of direct messages', () => {
  it('need intents of their own: Skein’s sessions hear nothing of them, not even of their own messages', async () => {
    const { discord, post, path, callLater, write, player } = await setUp()
    const { client } = await identified(discord)
    const { body } = await post()
    await callLater('PATCH', `${path}/${body.id}`, { content: 'Psst!' })
    await callLater('PUT', `${path}/${body.id}/reactions/%E2%8F%B3/@me`)
    await callLater('DELETE', `${path}/${body.id}`)
    write('Hello?')
    player.send(discord.ids.channels.stories, 'The next thing it hears')
    await client.dispatch('MESSAGE_CREATE')
    expect(client.frames.slice(3)).toMatchObject([{ d: { content: 'The next thing it hears' } }])
  })

  it('carry channel_type 1 and neither guild nor member', async () => {
    const { discord, id, post, path, callLater, write, people } = await setUp()
    const intents = 1 | DIRECT.messages | DIRECT.reactions | DIRECT.typing
    const { client } = await identified(discord, intents)
    const { body } = await post()
    await callLater('PUT', `${path}/${body.id}/reactions/%E2%8F%B3/@me`)
    await callLater('POST', `/channels/${id}/typing`)
    await callLater('DELETE', `${path}/${body.id}`)
    const theirs = write('Hello?')
    await client.next(({ d }) => d?.id === theirs)
    const heard = client.frames.slice(3)
    expect(heard).toMatchObject([
      { t: 'MESSAGE_CREATE', d: { id: body.id, channel_type: 1 } },
      { t: 'MESSAGE_REACTION_ADD', d: { message_id: body.id } },
      { t: 'TYPING_START', d: { channel_id: id } },
      { t: 'MESSAGE_DELETE', d: { id: body.id, channel_id: id } },
      { t: 'MESSAGE_CREATE', d: { id: theirs, author: { id: people.player } } },
    ])
    for (const { d } of heard) expect(Object.keys(d)).not.toEqual(expect.arrayContaining(['guild_id']))
    for (const { d } of heard) expect(Object.keys(d)).not.toEqual(expect.arrayContaining(['member']))
  })

  it('have their content without the intent for it, and so have those that are read', async () => {
    const { discord, write, callLater, path } = await setUp({ privilegedIntents: { messageContent: false } })
    const { client } = await identified(discord, 1 | DIRECT.messages)
    const theirs = write('Hello?')
    expect((await client.dispatch('MESSAGE_CREATE')).d.content).toBe('Hello?')
    expect((await callLater('GET', `${path}/${theirs}`)).body.content).toBe('Hello?')
  })
})
