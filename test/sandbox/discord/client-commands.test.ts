import {
  ApplicationCommandType,
  ContextMenuCommandBuilder,
  Events,
  type Message,
  PermissionFlagsBits,
  SlashCommandBuilder,
} from 'discord.js'
import { expect, it } from 'vitest'
import { BOT_PERMISSIONS } from '../../../src/sandbox/discord/world/seed.ts'
import { next, setUp, storiesOf } from './client-stage.ts'

it('discord.js registers a command for messages, is given the message, and answers', async () => {
  const { client, discord, player, seen } = await setUp()
  const pin = new ContextMenuCommandBuilder().setName('Pin To Memory').setType(ApplicationCommandType.Message)
  const story = new SlashCommandBuilder().setName('story').setDescription('Stories')
  const set = await client.application.commands.set([pin, story])
  expect(set.map(({ name, type }) => [name, type])).toEqual([
    ['Pin To Memory', ApplicationCommandType.Message],
    ['story', ApplicationCommandType.ChatInput],
  ])
  const { stories } = discord.ids.channels
  const said = player.send(stories, 'The lamp is lit')
  const asked = next(client, (one) => one.isMessageContextMenuCommand())
  const id = player.messageCommand(stories, said.id, 'Pin To Memory')
  const command = await asked
  expect(command.targetMessage).toMatchObject({ id: said.id, content: 'The lamp is lit' })
  await command.reply('Pinned')
  const answer = await seen.next('message', ({ message }) => message.interaction_metadata?.id === id)
  expect(answer.message.content).toBe('Pinned')
})

it('discord.js is asked for choices while someone types, and offers them', async () => {
  const { client, discord, player, seen } = await setUp()
  await client.application.commands.set([
    new SlashCommandBuilder()
      .setName('story')
      .setDescription('Stories')
      .addStringOption((title) =>
        title.setName('title').setDescription('Its title').setAutocomplete(true).setRequired(true),
      ),
  ])
  const asked = next(client, (one) => one.isAutocomplete())
  const id = player.suggest(discord.ids.channels.stories, ['story'], { title: 'The F' }, 'title')
  const typing = await asked
  expect(typing.options.getFocused(true)).toMatchObject({ name: 'title', value: 'The F', focused: true })
  await typing.respond([{ name: 'The Fox', value: 'fox' }])
  const { choices } = await seen.next('choices', ({ interaction }) => interaction === id)
  expect(choices).toEqual([{ name: 'The Fox', value: 'fox' }])
})

it('discord.js hears of edits and deletions by people, one by one and many at once', async () => {
  const { client, discord, player } = await setUp({
    botPermissions: BOT_PERMISSIONS | PermissionFlagsBits.ManageMessages,
  })
  const channel = await storiesOf(client, discord)
  const heard: string[] = []
  const came = (count: number) => expect.poll(() => heard.length).toBe(count)
  client.on(Events.MessageCreate, ({ content }) => heard.push(`new ${content}`))
  client.on(Events.MessageUpdate, (before, after) => heard.push(`${before.content} is ${after.content}`))
  client.on(Events.MessageDelete, ({ content }) => heard.push(`gone ${content}`))
  client.on(Events.MessageBulkDelete, (all) => heard.push(`gone ${all.map(({ content }) => content).sort()}`))
  const [a, b, c] = ['a', 'b', 'c'].map((text) => player.send(channel.id, text))
  await came(3)
  player.edit(channel.id, a?.id ?? '', 'A')
  discord.person(discord.ids.people.admin).delete(channel.id, a?.id ?? '')
  await came(5)
  await channel.bulkDelete([b?.id ?? '', c?.id ?? ''])
  await came(6)
  expect(heard).toEqual(['new a', 'new b', 'new c', 'a is A', 'gone A', 'gone b,c'])
})

it('discord.js renames, locks, archives, wakes and deletes a thread on a message', async () => {
  const { client, discord, player, seen } = await setUp()
  const channel = await storiesOf(client, discord)
  const message: Message = await channel.send('A tale')
  const thread = await message.startThread({ name: 'A tale' })
  expect((await thread.setName('Another tale')).name).toBe('Another tale')
  expect((await thread.setLocked(true)).locked).toBe(true)
  expect(() => player.send(thread.id, 'Let me in')).toThrow('This thread is locked.')
  expect((await thread.setArchived(true)).archived).toBe(true)
  expect((await thread.setArchived(false)).archived).toBe(false)
  await thread.delete()
  await seen.next('channel_deleted', (event) => event.channel === thread.id)
  expect(discord.world.threads.get(thread.id)).toBeUndefined()
})
