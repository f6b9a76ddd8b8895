import { type APIInteraction, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { setOverwrite } from '../../../src/sandbox/discord/acts/channels.ts'
import type { Frame, PersonEvent } from '../../../src/sandbox/people/protocol.ts'
import { identified, pngOf, stage, withFiles } from '../discord/stage.ts'

const visit = async (origin: string, as: string, headers: Record<string, string> = {}) => {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/people?as=${as}`, { headers })
  const frames: Frame[] = []
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  const refused = new Promise<string>((resolve) => socket.on('error', (error) => resolve(error.message)))
  const ask = (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  const reply = (id: number) =>
    expect.poll(() => frames.find((frame) => frame.type === 'reply' && frame.id === id)).toBeDefined()
  const replyTo = async (id: number) => {
    await reply(id)
    return frames.find((frame) => frame.type === 'reply' && frame.id === id)
  }
  const events = (): PersonEvent[] => frames.flatMap((frame) => (frame.type === 'event' ? frame.event : []))
  return { socket, frames, closed, refused, ask, replyTo, events }
}

describe('the page’s socket', () => {
  it('begins with a welcome: who one is, who else there is, what one may see', async () => {
    const { discord } = await stage({ notice: () => 'A loopback Discord.' })
    const { frames } = await visit(discord.origin, discord.ids.people.player)
    await expect.poll(() => frames.length).toBe(1)
    expect(frames[0]).toMatchObject({
      type: 'welcome',
      me: { id: discord.ids.people.player, global_name: 'Mara Quill', roleLabel: 'player', avatar: null },
      people: [{ roleLabel: 'player' }, { roleLabel: 'second player' }, { roleLabel: 'admin' }],
      channels: [
        { name: 'welcome', canSend: false },
        { name: 'stories', canSend: true },
        { name: 'lounge', canSend: true },
      ],
      commands: [],
      bot: { user: { id: discord.ids.bot }, online: false },
      notice: 'A loopback Discord.',
    })
  })

  it('does what its person asks, and gives the refusals in plain English', async () => {
    const { discord } = await stage()
    const { stories, welcome } = discord.ids.channels
    const mara = await visit(discord.origin, discord.ids.people.player)
    const tomas = await visit(discord.origin, discord.ids.people.second)
    await expect.poll(() => mara.frames.length + tomas.frames.length).toBe(2)
    mara.ask({ id: 1, action: { do: 'send', channel: stories, content: 'Hello' } })
    expect(await mara.replyTo(1)).toMatchObject({ ok: true, result: { content: 'Hello' } })
    expect(tomas.events()).toMatchObject([
      { name: 'message', ephemeral: false, message: { content: 'Hello' } },
    ])
    mara.ask({ id: 2, action: { do: 'send', channel: welcome, content: 'Hello' } })
    expect(await mara.replyTo(2)).toMatchObject({
      ok: false,
      error: 'You do not have permission to do that here.',
    })
    mara.ask({ id: 3, action: { do: 'send', channel: stories, content: 'x'.repeat(2001) } })
    expect(await mara.replyTo(3)).toMatchObject({ ok: false, error: 'Must be 2000 or fewer in length.' })
    mara.ask({ id: 4, action: { do: 'history', channel: stories } })
    expect(await mara.replyTo(4)).toMatchObject({ ok: true, result: [{ content: 'Hello' }] })
    mara.ask({ id: 5, action: { do: 'typing', channel: stories } })
    expect(await mara.replyTo(5)).toMatchObject({ ok: true, result: null })
  })

  it('answers what is no request, and stays open', async () => {
    const { discord } = await stage()
    const { ask, replyTo, frames } = await visit(discord.origin, discord.ids.people.player)
    await expect.poll(() => frames.length).toBe(1)
    ask('not json')
    expect(await replyTo(-1)).toMatchObject({ ok: false })
    ask({ id: 7, action: { do: 'fly' } })
    expect(await replyTo(7)).toMatchObject({ ok: false })
  })

  it('hands files to commands, uses commands on messages, and gives the choices for what is being typed', async () => {
    const { discord, call } = await stage()
    const { stories } = discord.ids.channels
    await call('PUT', `/applications/${discord.ids.bot}/commands`, [
      {
        name: 'import',
        description: 'Import',
        options: [
          { type: 11, name: 'card', description: 'A card' },
          { type: 3, name: 'as', description: 'As whom', autocomplete: true },
        ],
      },
      { name: 'Pin', type: 3 },
    ])
    const given: APIInteraction[] = []
    discord.world.on((event) => {
      if (event.name === 'interaction_created') given.push(event.payload)
    })
    const mara = await visit(discord.origin, discord.ids.people.player)
    await expect.poll(() => mara.frames.length).toBe(1)
    expect(mara.frames[0]).toMatchObject({
      commands: [
        { name: 'Pin', type: 3 },
        { name: 'import', type: 1 },
      ],
    })
    const files = { card: { name: 'mira.json', data: Buffer.from('{}').toString('base64') } }
    mara.ask({ id: 1, action: { do: 'command', channel: stories, path: ['import'], options: {}, files } })
    const { id: message } = discord.person(discord.ids.people.second).send(stories, 'Hello')
    mara.ask({ id: 2, action: { do: 'messageCommand', channel: stories, message, name: 'Pin' } })
    const typed = { path: ['import'], options: { as: 'M' }, focused: 'as' }
    mara.ask({ id: 3, action: { do: 'suggest', channel: stories, ...typed } })
    const replies = [await mara.replyTo(1), await mara.replyTo(2), await mara.replyTo(3)]
    expect(replies).toMatchObject(given.map(({ id }) => ({ ok: true, result: id })))
    expect(given).toMatchObject([
      { type: 2, data: { options: [{ name: 'card', type: 11 }] } },
      { type: 2, data: { name: 'Pin', target_id: message } },
      { type: 4, data: { options: [{ name: 'as', value: 'M', focused: true }] } },
    ])
    const choices = [{ name: 'Mira', value: 'mira' }]
    const callback = `/interactions/${given[2]?.id}/${given[2]?.token}/callback`
    await call('POST', callback, { type: 8, data: { choices } }, '')
    await expect
      .poll(() => mara.events())
      .toContainEqual({ name: 'choices', interaction: given[2]?.id, choices })
  })

  it('shows attachments at addresses below its own origin', async () => {
    const { discord, call } = await stage()
    const mara = await visit(discord.origin, discord.ids.people.player)
    await expect.poll(() => mara.frames.length).toBe(1)
    const form = withFiles({}, { name: 'fox.png', bytes: pngOf(2, 1) })
    await call('POST', `/channels/${discord.ids.channels.stories}/messages`, form)
    await expect.poll(() => mara.events()).toHaveLength(1)
    const [event] = mara.events()
    const [attachment] = event?.name === 'message' ? event.message.attachments : []
    expect(attachment?.url).toMatch(/^\/attachments\/\d+\/\d+\/fox\.png$/)
    expect((await fetch(new URL(attachment?.url ?? '', discord.origin))).status).toBe(200)
  })

  it('tells when the bot comes and goes', async () => {
    const { discord } = await stage()
    const { events, frames } = await visit(discord.origin, discord.ids.people.player)
    await expect.poll(() => frames.length).toBe(1)
    const { client } = await identified(discord)
    client.end()
    await expect
      .poll(() => events())
      .toEqual([
        { name: 'bot', online: true },
        { name: 'bot', online: false },
      ])
  })

  it('closes for someone unknown, and lets no page of another origin in', async () => {
    const { discord } = await stage()
    expect(await (await visit(discord.origin, '12345678901234567')).closed).toBe(4004)
    const foreign = await visit(discord.origin, discord.ids.people.player, { origin: 'http://example.com' })
    expect(await foreign.refused).toContain('403')
  })
})

describe('a person', () => {
  it('edits and deletes their own messages, and moderators delete those of others', async () => {
    const { discord } = await stage()
    const { stories } = discord.ids.channels
    const mara = discord.person(discord.ids.people.player)
    const tomas = discord.person(discord.ids.people.second)
    const iris = discord.person(discord.ids.people.admin)
    const { id } = mara.send(stories, 'one')
    expect(mara.edit(stories, id, 'two').content).toBe('two')
    expect(() => tomas.edit(stories, id, 'three')).toThrow('You can only edit your own messages.')
    expect(() => tomas.delete(stories, id)).toThrow('permission')
    iris.delete(stories, id)
    expect(mara.history(stories)).toEqual([])
    expect(() => mara.edit(stories, id, 'x')).toThrow('That message no longer exists.')
    expect(() => mara.send(stories, '  ')).toThrow('You cannot send an empty message.')
  })

  it('with Manage Messages deletes the bot’s messages too, and whoever has it not cannot', async () => {
    const { discord, call } = await stage()
    const { stories } = discord.ids.channels
    const { second, player } = discord.ids.people
    const { body } = await call('POST', `/channels/${stories}/messages`, { content: 'Once' })
    const mara = discord.person(player)
    expect(() => mara.delete(stories, String(body.id))).toThrow('You do not have permission to do that here.')
    const allow = PermissionFlagsBits.ManageMessages.toString()
    setOverwrite(discord.world, stories, { id: second, type: OverwriteType.Member, allow, deny: '0' })
    const { client } = await identified(discord)
    discord.person(second).delete(stories, String(body.id))
    expect((await client.dispatch('MESSAGE_DELETE')).d).toMatchObject({ id: body.id, channel_id: stories })
    expect(mara.history(stories)).toEqual([])
  })

  it('reads the history in pages of 50, oldest first', async () => {
    const { discord } = await stage()
    const { stories } = discord.ids.channels
    const mara = discord.person(discord.ids.people.player)
    for (let n = 0; n < 60; n++) mara.send(stories, String(n))
    const last = mara.history(stories)
    expect(last.map(({ content }) => content)).toEqual(Array.from({ length: 50 }, (_, n) => String(n + 10)))
    expect(mara.history(stories, last[0]?.id).map(({ content }) => content)).toHaveLength(10)
  })
})
