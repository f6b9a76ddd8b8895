import {
  ActionRowBuilder,
  ButtonBuilder,
  type ButtonInteraction,
  ButtonStyle,
  type Client,
  LabelBuilder,
  type Message,
  MessageFlags,
  ModalBuilder,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'
import { expect, it } from 'vitest'
import { next, setUp, storiesOf } from './client-stage.ts'

const register = (client: Client<true>) =>
  client.application.commands.set([
    new SlashCommandBuilder()
      .setName('story')
      .setDescription('Stories')
      .addSubcommand((start) => start.setName('start').setDescription('Start one')),
  ])

it('discord.js logs in and knows the guild, its channels and itself', async () => {
  const { client, discord } = await setUp()
  expect(client.user.id).toBe(discord.ids.bot)
  expect(client.guilds.cache.get(discord.ids.guild)?.channels.cache.size).toBe(4)
  expect(client.guilds.cache.first()?.members.me?.permissions.has('SendMessagesInThreads')).toBe(true)
})

it('discord.js opens a thread, posts, edits, reacts, reads and deletes in it', async () => {
  const { client, discord, player, seen } = await setUp()
  const channel = await storiesOf(client, discord)
  const thread = await channel.threads.create({ name: 'A tale', autoArchiveDuration: 60 })
  await thread.sendTyping()
  const message = await thread.send({
    content: 'Once',
    allowedMentions: { parse: [] },
    nonce: '1',
    enforceNonce: true,
  })
  await message.edit({ content: 'Once upon a time' })
  await message.react('⏳')
  await seen.next('message_edited', ({ message: shown }) => shown.reactions?.[0]?.emoji.name === '⏳')
  const heard = new Promise<Message>((resolve) => client.once('messageCreate', resolve))
  player.send(thread.id, 'Who goes there?')
  expect((await heard).content).toBe('Who goes there?')
  const answer = await (await heard).reply('I do')
  expect(answer.reference?.messageId).toBe((await heard).id)
  expect((await thread.messages.fetch({ limit: 10 })).map(({ content }) => content)).toEqual([
    'I do',
    'Who goes there?',
    'Once upon a time',
  ])
  await message.delete()
  await seen.next('message_deleted', (event) => event.message === message.id)
  expect((await thread.setArchived(true)).archived).toBe(true)
  expect(seen.named('typing')).toMatchObject([{ user: discord.ids.bot }])
})

it('discord.js answers a command with a modal, and the modal with an ephemeral answer, deferred', async () => {
  const { client, discord, player, seen } = await setUp()
  await register(client)
  const asked = next(client, (one) => one.isChatInputCommand())
  const opener = player.command(discord.ids.channels.stories, ['story', 'start'])
  const command = await asked
  expect(command.options.getSubcommand()).toBe('start')
  const title = new TextInputBuilder().setCustomId('title').setStyle(TextInputStyle.Short).setMaxLength(80)
  const field = new LabelBuilder().setLabel('Title').setTextInputComponent(title)
  await command.showModal(
    new ModalBuilder().setCustomId('start').setTitle('A story').addLabelComponents(field),
  )
  await seen.next('modal', ({ interaction }) => interaction === opener)
  const filled = next(client, (one) => one.isModalSubmit())
  player.submit(opener, { title: 'The Fox' })
  const form = await filled
  expect(form.fields.getTextInputValue('title')).toBe('The Fox')
  await form.deferReply({ flags: MessageFlags.Ephemeral })
  await form.editReply('It begins.')
  expect((await seen.next('message')).message.content).toBe('It begins.')
  const more = await form.followUp({ content: 'For all', flags: [] })
  expect(more.content).toBe('For all')
  await form.deleteReply()
})

it('discord.js is given a button click and updates, defers or answers it', async () => {
  const { client, discord, player, seen } = await setUp()
  const channel = await storiesOf(client, discord)
  const stop = new ButtonBuilder().setCustomId('stop').setLabel('Stop').setStyle(ButtonStyle.Danger)
  const components = [new ActionRowBuilder<ButtonBuilder>().addComponents(stop)]
  const message = await channel.send({ content: 'Growing…', components })
  const click = async (): Promise<ButtonInteraction> => {
    const clicked = next(client, (one) => one.isButton())
    player.click(channel.id, message.id, 'stop')
    return clicked
  }
  await (await click()).deferUpdate()
  const answer = await (await click()).reply({ content: 'Stopped', withResponse: true })
  expect(answer.resource?.message?.content).toBe('Stopped')
  await (await click()).update({ content: 'Over', components: [] })
  await seen.next('message_edited', ({ message: shown }) => shown.content === 'Over')
  expect(() => player.click(channel.id, message.id, 'stop')).toThrow('no longer there')
})

it('discord.js resumes after a dropped gateway and misses nothing', async () => {
  const { client, discord, player } = await setUp()
  const heard: string[] = []
  client.on('messageCreate', ({ content }) => heard.push(content))
  const resumed = new Promise((resolve) => client.once('shardResume', resolve))
  discord.faults.add({ on: { gateway: 'MESSAGE_CREATE' }, kind: 'drop_gateway', times: 1 })
  player.send(discord.ids.channels.stories, 'one')
  player.send(discord.ids.channels.stories, 'two')
  await resumed
  await expect.poll(() => heard).toEqual(['one', 'two'])
})

it('discord.js gives up no request for a 429, and says Discord’s code of a refusal', async () => {
  const { client, discord } = await setUp()
  const channel = await storiesOf(client, discord)
  discord.faults.add({ on: { method: 'POST' }, kind: '429', times: 1, ms: 10 })
  expect((await channel.send('through')).content).toBe('through')
  await expect(channel.send({ content: 'x'.repeat(2001) })).rejects.toMatchObject({ code: 50035 })
  const staff = await client.channels.fetch(discord.ids.channels.staff)
  if (!staff?.isSendable()) throw new Error('no text channel')
  await expect(staff.send('x')).rejects.toMatchObject({ code: 50001 })
})

it('discord.js repeats a POST whose connection was reset, and an enforced nonce keeps it from doubling', async () => {
  const { client, discord } = await setUp()
  const channel = await storiesOf(client, discord)
  const texts = () =>
    [...discord.world.messages.in(channel.id).values()].map(({ message }) => message.content)
  const drop = () =>
    discord.faults.add({ on: { method: 'POST' }, kind: 'drop_answer', times: 1, reset: true })
  drop()
  await channel.send('plain')
  drop()
  await channel.send({ content: 'guarded', nonce: 'n', enforceNonce: true })
  expect(texts()).toEqual(['plain', 'plain', 'guarded'])
})
