import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Frame, PersonEvent } from '../../../src/sandbox/people/protocol.ts'
import { identified, stage } from '../discord/stage.ts'

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
