import { type APIMessage, ComponentType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { removeChannel, setOverwrite } from '../../src/sandbox/discord/acts/channels.ts'
import { channelOf } from '../../src/sandbox/discord/world/world.ts'
import { FORM, type Player } from '../doubles/player.ts'
import type { Visitor } from '../doubles/visitor.ts'
import { startWorld, type World } from './world.ts'

type Someone = { readonly visitor: Visitor; readonly player: Player }

let world: World
let mara: Someone
let tomas: Someone
let iris: Someone

const openWorld = async (options: Parameters<typeof startWorld>[0] = {}) => {
  world = await startWorld(options)
  mara = await world.enter('player')
  tomas = await world.enter('second')
  iris = await world.enter('admin')
}
afterEach(async () => {
  const { violations } = world
  await world.close()
  expect(violations).toEqual([])
})

const begin = (title = FORM.title) => mara.player.start(world.stories, { ...FORM, title })
const play = async (channel: string, words: string) => {
  await mara.player.say(channel, words)
  await mara.player.answer(channel)
}
const linkIn = (content: string): string => /<#(\d+)>/u.exec(content)?.[1] ?? ''
const branchOff = async (channel: string, name: string) =>
  linkIn((await mara.player.command(channel, ['branch', 'create'], { name })).content)
const branchesIn = async (channel: string) => (await mara.player.command(channel, ['branch', 'list'])).content
const list = ({ player }: Someone, channel = world.stories) => player.command(channel, ['story', 'list'])
const told = ({ visitor }: Someone, channel: string, part: string) =>
  visitor.until(
    `“${part}”`,
    () => visitor.messagesIn(channel).find(({ message }) => message.content.includes(part))?.message,
  )
const lastPrompt = () => JSON.stringify(world.model.requests().at(-1)?.body)
const remove = (id: string) => {
  const channel = channelOf(world.discord.world, id)
  if (!channel) throw new Error(`there is no channel ${id}`)
  removeChannel(world.discord.world, channel)
}

const choicesUnder = ({ components = [] }: APIMessage) =>
  components
    .flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []))
    .flatMap((part) => (part.type === ComponentType.StringSelect ? part.options : []))

/** Chooses a story under a list, and gives Skein's private reply. */
const reopen = async ({ visitor }: Someone, under: APIMessage, title = FORM.title): Promise<string> => {
  const values = choicesUnder(under).flatMap(({ label, value }) => (label === title ? [value] : []))
  const { channel_id: channel, id: message } = under
  const interaction = await visitor.do({ do: 'click', channel, message, customId: 'reopen', values })
  return visitor.until('the reply to the choice', (_seen, event) =>
    event?.name === 'message' && event.ephemeral && event.message.interaction_metadata?.id === interaction
      ? event.message.content
      : undefined,
  )
}

const deny = (id: string, type: OverwriteType, permission: bigint) =>
  setOverwrite(world.discord.world, world.stories, {
    ...{ id, type, allow: '0', deny: permission.toString() },
  })

describe('/story list', () => {
  beforeEach(() => openWorld())

  test('has a story with branches once, at the branch that was told last', async () => {
    const thread = await begin()
    const storm = await branchOff(thread, 'Storm')
    await play(storm, '*I open the door.*')
    expect((await list(mara)).content).toMatch(
      new RegExp(`^\\*\\*1 story\\*\\*\n\n<#${storm}> · 2 turns · 2 branches\n`, 'u'),
    )
    await play(thread, '*I knock.*')
    await play(thread, '*I wait.*')
    expect((await list(mara)).content).toContain(`**1 story**\n\n<#${thread}> · 3 turns · 2 branches\n`)

    const forest = await begin('The Forest')
    const { content, components } = await list(mara)
    expect(content).toMatch(
      new RegExp(`^\\*\\*2 stories\\*\\*\n\n<#${forest}> · 1 turn\n.+\n\n<#${thread}>`, 'u'),
    )
    expect(components).toEqual([])
  })

  test('shows a story in a channel that a reader cannot see to nobody there', async () => {
    await begin()
    deny(world.discord.ids.people.second, OverwriteType.Member, PermissionFlagsBits.ViewChannel)
    expect((await list(tomas, world.discord.ids.channels.lounge)).content).toContain('No stories yet')
    expect((await list(mara, world.discord.ids.channels.lounge)).content).toContain('**1 story**')
  })

  test('a thread that rests is no deleted one', async () => {
    const thread = await begin()
    const { threads, emit } = world.discord.world
    const known = threads.get(thread)
    if (!known) throw new Error('there is no thread')
    const resting = threads.put(thread, {
      ...known,
      thread_metadata: { ...known.thread_metadata, archived: true },
    })
    emit({ name: 'thread_updated', thread: resting })
    await world.stop()
    await world.start()
    expect((await list(mara)).content).toContain(`<#${thread}> · 1 turn\n`)
  })
})

describe('a story whose thread was deleted', () => {
  let thread: string
  beforeEach(async () => {
    await openWorld()
    thread = await begin()
    await play(thread, '*I knock.*')
    remove(thread)
  })

  test('is marked, and goes on in a new thread, where whoever started it or a moderator says so', async () => {
    const shown = await list(mara)
    expect(shown.content).toMatch(
      /^\*\*1 story\*\*\n\n\*\*The Lighthouse\*\* · 2 turns · its thread was deleted\n.+$/u,
    )
    expect(choicesUnder(shown)).toMatchObject([{ label: 'The Lighthouse' }])
    expect(choicesUnder(await list(iris))).toHaveLength(1)

    const reply = await reopen(mara, shown)
    expect(reply).toMatch(/^\*\*The Lighthouse\*\* goes on in <#\d+>\.$/u)
    const again = linkIn(reply)
    expect(world.discord.world.threads.get(again)).toMatchObject({
      ...{ name: 'The Lighthouse', parent_id: world.stories },
    })
    await told(mara, again, 'Mara Quill opened this thread')
    expect((await told(mara, again, 'What happened last:')).content).toContain('> **Ada**: \\*I knock.\\*')
    expect((await list(mara)).content).toContain(`<#${again}> · 2 turns\n`)
    await play(again, '*I wait.*')
    expect(lastPrompt()).toContain('I knock.')
    expect(await reopen(mara, shown)).toContain(`thread is there: <#${again}>. Nothing was changed.`)
  })

  test('stays so for others, who read whom to ask', async () => {
    const shown = await list(tomas)
    expect(shown.content).toContain('its thread was deleted')
    expect(shown.content).toContain('whoever started the story, or a moderator')
    expect(shown.components).toEqual([])
  })

  test('stays so for one who is no moderator any more', async () => {
    const { members, ids } = world.discord.world
    const known = members.get(ids.people.second)
    if (!known) throw new Error('there is no second person')
    members.put(ids.people.second, { ...known, roles: [ids.roles.moderator] })
    const shown = await list(tomas)
    members.put(ids.people.second, known)
    expect(await reopen(tomas, shown)).toContain('Only whoever started this story, or a moderator')
    expect((await list(mara)).content).toContain('its thread was deleted')
  })

  test('is opened once, when two ask at the same time', async () => {
    const [one, other] = [await list(mara), await list(iris)]
    const replies = await Promise.all([reopen(mara, one), reopen(iris, other)])
    expect(new Set(replies.map(linkIn)).size).toBe(1)
    expect(world.discord.world.threads.all()).toHaveLength(1)
  })

  test('is opened neither where Skein may not, nor by one who cannot see the channel any more', async () => {
    const shown = await list(mara, world.discord.ids.channels.lounge)
    const { roles, people } = world.discord.ids
    deny(roles.bot, OverwriteType.Role, PermissionFlagsBits.CreatePublicThreads)
    expect(await reopen(mara, shown)).toContain(
      `belongs in <#${world.stories}>, and there I still need: Create Public Threads.`,
    )
    deny(people.player, OverwriteType.Member, PermissionFlagsBits.ViewChannel)
    expect(await reopen(mara, shown)).toContain('no longer in the list')
    expect(world.discord.world.threads.all()).toEqual([])
  })

  test('and whose channel too, is for those who manage the server, and goes on where they ask', async () => {
    const { lounge } = world.discord.ids.channels
    remove(world.stories)
    expect((await list(mara, lounge)).content).toContain('No stories yet')
    const again = linkIn(await reopen(iris, await list(iris, lounge)))
    expect(world.discord.world.threads.get(again)?.parent_id).toBe(lounge)
    await told(iris, again, 'Iris Vale opened this thread')
    expect((await list(mara, lounge)).content).toContain(`<#${again}>`)
  })
})

describe('a thread that is deleted while an answer is written in it', () => {
  test('harms neither the story nor its other branches, which say so', async () => {
    await openWorld({ tokensPerSecond: 20 })
    const thread = await begin()
    const storm = await branchOff(thread, 'Storm')
    await mara.player.say(thread, '*I knock.*')
    const { message } = await mara.player.growing(thread)
    remove(thread)
    await expect.poll(() => world.model.requests().at(-1)?.outcome, { timeout: 8000 }).toBe('client_gone')

    const branches = await branchesIn(storm)
    expect(branches).toMatch(/\*\*Main\*\* · 2 turns · <t:\d+:R> · its thread was deleted$/mu)
    expect(branches).toContain('`/branch switch` opens a new thread')
    expect(branches).not.toContain(`<#${thread}>`)

    const shown = await list(mara)
    expect(shown.content).toContain('**The Lighthouse** · 2 turns · 2 branches · its thread was deleted')
    const again = linkIn(await reopen(mara, shown))
    expect(world.discord.world.threads.get(again)?.name).toBe('The Lighthouse · Main')
    await told(mara, again, message.content.slice(0, 30))
    await mara.player.say(again, '*I go on.*')
    await mara.player.growing(again)
    expect(lastPrompt()).toMatch(/I knock\..*I go on\./u)
    expect(await branchesIn(storm)).toContain(`<#${again}>`)
  })
})
