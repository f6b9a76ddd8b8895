import { PermissionFlagsBits as P } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import { setOverwrite, setRolePermissions } from '../../../src/sandbox/discord/acts/channels.ts'
import { BOT_PERMISSIONS } from '../../../src/sandbox/discord/world/seed.ts'
import { watch } from '../../doubles/watch.ts'
import { identified, stage, withFiles } from './stage.ts'

const setUp = async () => {
  const on = await stage()
  const { stories } = on.discord.ids.channels
  const open = (name = 'A tale') =>
    on.callLater('POST', `/channels/${stories}/threads`, { name, type: 11, auto_archive_duration: 60 })
  return { ...on, stories, open, player: on.discord.person(on.discord.ids.people.player) }
}

describe('threads', () => {
  it('open with 201, tell of themselves by THREAD_CREATE and by a system message of type 18 in the parent', async () => {
    const { open, discord, stories } = await setUp()
    const { client } = await identified(discord)
    const { status, body } = await open()
    expect(status).toBe(201)
    expect(body).toMatchObject({ type: 11, parent_id: stories, owner_id: discord.ids.bot, name: 'A tale' })
    expect(body.thread_metadata).toMatchObject({ archived: false, locked: false, auto_archive_duration: 60 })
    const created = await client.dispatch('THREAD_CREATE')
    expect(created.d).toMatchObject({
      id: body.id,
      newly_created: true,
      member: { user_id: discord.ids.bot },
    })
    const told = await client.dispatch('MESSAGE_CREATE')
    expect(told.d).toMatchObject({ type: 18, content: 'A tale', channel_id: stories })
    expect(told.d.message_reference).toMatchObject({ channel_id: body.id })
  })

  it('on a message take its id, mark it, begin with a message of type 21, and can be opened once (160004)', async () => {
    const { player, stories, callLater } = await setUp()
    const asked = player.send(stories, 'Tell me one')
    const path = `/channels/${stories}/messages/${asked.id}`
    const thread = await callLater('POST', `${path}/threads`, { name: 'One' })
    expect(thread.body.id).toBe(asked.id)
    const marked = await callLater('GET', path)
    expect(marked.body).toMatchObject({ flags: 32, thread: { id: asked.id } })
    const inside = await callLater('GET', `/channels/${asked.id}/messages`)
    expect(inside.body).toMatchObject([{ type: 21, referenced_message: { content: 'Tell me one' } }])
    const again = await callLater('POST', `${path}/threads`, { name: 'Two' })
    expect(again).toMatchObject({ status: 400, body: { code: 160004 } })
  })

  it('are private when their form names no type, which is not built: 501', async () => {
    const { callLater, stories } = await setUp()
    expect((await callLater('POST', `/channels/${stories}/threads`, { name: 'x' })).status).toBe(501)
  })

  it('cannot be opened in a thread (50024)', async () => {
    const { open, callLater } = await setUp()
    const { body } = await open()
    const inner = await callLater('POST', `/channels/${body.id}/threads`, { name: 'x', type: 11 })
    expect(inner.body.code).toBe(50024)
  })

  it('archived: edits, reactions and new names are refused (50083), and a message wakes them', async () => {
    const { open, callLater, player, discord } = await setUp()
    const { client } = await identified(discord)
    const { body: thread } = await open()
    const messages = `/channels/${thread.id}/messages`
    const { body: message } = await callLater('POST', messages, { content: 'a' })
    await callLater('PATCH', `/channels/${thread.id}`, { archived: true })
    const refused = { body: { code: 50083 } }
    expect(await callLater('PATCH', `${messages}/${message.id}`, { content: 'b' })).toMatchObject(refused)
    expect(await callLater('PUT', `${messages}/${message.id}/reactions/%E2%8F%B3/@me`)).toMatchObject(refused)
    expect(await callLater('PATCH', `/channels/${thread.id}`, { name: 'b' })).toMatchObject(refused)
    player.send(String(thread.id), 'Wake up')
    const shown = await callLater('GET', `/channels/${thread.id}`)
    expect(shown.body.thread_metadata).toMatchObject({ archived: false })
    const updates = () => client.frames.filter(({ t }) => t === 'THREAD_UPDATE')
    await expect.poll(() => updates().length).toBe(2)
  })

  it('locked: closed to all but moderators, awake or archived', async () => {
    const { open, callLater, player, discord } = await setUp()
    const { body: thread } = await open()
    const admin = discord.person(discord.ids.people.admin)
    await callLater('PATCH', `/channels/${thread.id}`, { locked: true })
    expect(() => player.send(String(thread.id), 'x')).toThrow('This thread is locked.')
    admin.send(String(thread.id), 'x')
    await callLater('PATCH', `/channels/${thread.id}`, { archived: true })
    expect(() => player.send(String(thread.id), 'x')).toThrow('This thread is archived.')
    admin.send(String(thread.id), 'awake')
  })

  it('can be renamed and archived by their creator, but locking them needs MANAGE_THREADS (50013)', async () => {
    const { open, callLater, discord } = await setUp()
    const { body: thread } = await open()
    setRolePermissions(discord.world, discord.ids.roles.bot, BOT_PERMISSIONS & ~P.ManageThreads)
    const path = `/channels/${thread.id}`
    expect((await callLater('PATCH', path, { name: 'Over' })).body.name).toBe('Over')
    expect((await callLater('PATCH', path, { locked: true })).body.code).toBe(50013)
    expect((await callLater('DELETE', path)).body.code).toBe(50013)
    const closed = await callLater('PATCH', path, { archived: true })
    expect(closed.body.thread_metadata).toMatchObject({ archived: true, locked: false })
  })

  it('fall asleep after auto_archive_duration without a message', async () => {
    const { open, clock, discord } = await setUp()
    const { body } = await open()
    const archived = () => discord.world.threads.get(String(body.id))?.thread_metadata.archived
    await clock.advance(59 * 60_000)
    expect(archived()).toBe(false)
    await clock.advance(2 * 60_000)
    expect(archived()).toBe(true)
  })

  it('end with all that is in them when they are deleted, and their channel takes them along', async () => {
    const { open, callLater, discord, stories } = await setUp()
    const first = await open()
    expect((await callLater('DELETE', `/channels/${first.body.id}`)).status).toBe(200)
    expect((await callLater('GET', `/channels/${first.body.id}`)).body.code).toBe(10003)
    const second = await open()
    discord.faults.add({
      on: { route: '/channels/{channel_id}/messages' },
      kind: 'deleted_channel',
      times: 1,
    })
    const post = await callLater('POST', `/channels/${stories}/messages`, { content: 'x' })
    expect(post.body.code).toBe(10003)
    expect((await callLater('GET', `/channels/${second.body.id}`)).body.code).toBe(10003)
  })
})

describe('permissions', () => {
  it('come from roles, then from the overwrites of the parent: 50001 unseen, 50013 seen', async () => {
    const { discord, callLater, stories } = await setUp()
    const { staff, welcome } = discord.ids.channels
    const hidden = await callLater('GET', `/channels/${staff}/messages`)
    expect(hidden).toMatchObject({ status: 403, body: { code: 50001, message: 'Missing Access' } })
    const readOnly = await callLater('POST', `/channels/${welcome}/messages`, { content: 'x' })
    expect(readOnly).toMatchObject({ status: 403, body: { code: 50013, message: 'Missing Permissions' } })
    const deny = P.SendMessagesInThreads.toString()
    const thread = await callLater('POST', `/channels/${stories}/threads`, { name: 'x', type: 11 })
    setOverwrite(discord.world, stories, { id: discord.ids.bot, type: 1, allow: '0', deny })
    const inThread = await callLater('POST', `/channels/${thread.body.id}/messages`, { content: 'x' })
    expect(inThread.body.code).toBe(50013)
    expect((await callLater('POST', `/channels/${stories}/messages`, { content: 'x' })).status).toBe(200)
  })

  it.each<[string, bigint, string, object]>([
    ['CREATE_PUBLIC_THREADS', P.CreatePublicThreads, 'threads', { name: 'x', type: 11 }],
    ['EMBED_LINKS', P.EmbedLinks, 'messages', { embeds: [{ title: 'x' }] }],
    ['SEND_MESSAGES', P.SendMessages, 'messages', { content: 'x' }],
    ['ATTACH_FILES', P.AttachFiles, 'messages', withFiles({}, { name: 'a.txt', bytes: 'a' })],
  ])('are needed: %s', async (_, bit, what, form) => {
    const { discord, callLater, stories } = await setUp()
    const { bot, everyone } = discord.ids.roles
    setRolePermissions(discord.world, bot, BOT_PERMISSIONS & ~bit)
    const common = BigInt(discord.world.roles.get(everyone)?.permissions ?? '0')
    setRolePermissions(discord.world, everyone, common & ~bit)
    const answer = await callLater('POST', `/channels/${stories}/${what}`, form)
    expect(answer.body.code).toBe(50013)
  })

  it('to read the history, when missing, give an empty list', async () => {
    const { discord, callLater, stories, player } = await setUp()
    player.send(stories, 'x')
    const deny = P.ReadMessageHistory.toString()
    setOverwrite(discord.world, stories, { id: discord.ids.bot, type: 1, allow: '0', deny })
    expect((await callLater('GET', `/channels/${stories}/messages`)).body).toEqual([])
  })

  it('let nobody see what happens in a channel that they cannot see', async () => {
    const { discord, player } = await setUp()
    const { client } = await identified(discord)
    const seen = watch(player)
    const admin = discord.person(discord.ids.people.admin)
    admin.send(discord.ids.channels.staff, 'secret')
    admin.send(discord.ids.channels.lounge, 'open')
    expect((await client.dispatch('MESSAGE_CREATE')).d.content).toBe('open')
    expect(seen.named('message').map(({ message }) => message.content)).toEqual(['open'])
    expect(() => player.send(discord.ids.channels.staff, 'x')).toThrow('You cannot see that channel.')
  })
})
