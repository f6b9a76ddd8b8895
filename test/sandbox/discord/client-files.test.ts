import { AttachmentBuilder, MessageFlags, SlashCommandBuilder } from 'discord.js'
import { expect, it } from 'vitest'
import { next, setUp, storiesOf } from './client-stage.ts'
import { pngOf } from './stage.ts'

const fox = () => new AttachmentBuilder(pngOf(64, 48), { name: 'fox.png', description: 'A fox' })
const note = () => new AttachmentBuilder(Buffer.from('words'), { name: 'note.txt' })

it('discord.js sends files, reads what became of them, and adds and takes away files by an edit', async () => {
  const { client, discord, seen } = await setUp()
  const channel = await storiesOf(client, discord)
  const message = await channel.send({ files: [fox(), note()] })
  const [picture, words] = [...message.attachments.values()]
  expect(picture).toMatchObject({ name: 'fox.png', description: 'A fox', width: 64, height: 48 })
  expect(words?.contentType).toBe('text/plain; charset=utf-8')
  expect(await (await fetch(words?.url ?? '')).text()).toBe('words')
  const more = await message.edit({ files: [note()], attachments: picture ? [picture] : [] })
  expect(more.attachments.map(({ name }) => name)).toEqual(['fox.png', 'note.txt'])
  const bare = await message.edit({ content: 'No files', attachments: [] })
  expect(bare.attachments.size).toBe(0)
  await seen.next('message_edited', ({ message: shown }) => shown.attachments.length === 0)
})

it('discord.js answers with files: at once, after a deferral, in a follow-up', async () => {
  const { client, discord, player, seen } = await setUp()
  await client.application.commands.set([
    new SlashCommandBuilder().setName('story').setDescription('Stories'),
  ])
  const use = async () => {
    const asked = next(client, (one) => one.isChatInputCommand())
    player.command(discord.ids.channels.stories, ['story'])
    return asked
  }
  await (await use()).reply({ files: [fox()], flags: MessageFlags.Ephemeral })
  const { message } = await seen.next('message')
  expect(message.attachments).toMatchObject([{ filename: 'fox.png', ephemeral: true }])
  const later = await use()
  await later.deferReply()
  expect((await later.editReply({ files: [fox()] })).attachments.first()?.width).toBe(64)
  expect((await later.followUp({ files: [note()] })).attachments.first()?.size).toBe(5)
})

it('discord.js is given the file of a command’s option, and can fetch it', async () => {
  const { client, discord, player } = await setUp()
  await client.application.commands.set([
    new SlashCommandBuilder()
      .setName('import')
      .setDescription('Imports a card')
      .addAttachmentOption((option) => option.setName('card').setDescription('The card').setRequired(true)),
  ])
  const asked = next(client, (one) => one.isChatInputCommand())
  const data = pngOf(8, 9).toString('base64')
  player.command(discord.ids.channels.stories, ['import'], {}, { card: { name: 'mira.png', data } })
  const card = (await asked).options.getAttachment('card', true)
  expect(card).toMatchObject({
    name: 'mira.png',
    contentType: 'image/png',
    width: 8,
    height: 9,
    ephemeral: true,
  })
  expect(await (await fetch(card.url)).bytes()).toEqual(new Uint8Array(pngOf(8, 9)))
  await (await asked).reply('Imported')
})

it('discord.js says Discord’s code when a file is too big', async () => {
  const { client, discord } = await setUp()
  const channel = await storiesOf(client, discord)
  const big = new AttachmentBuilder(Buffer.alloc(10 * 1024 * 1024 + 1), { name: 'big.bin' })
  await expect(channel.send({ files: [big] })).rejects.toMatchObject({ code: 40005, status: 413 })
})
