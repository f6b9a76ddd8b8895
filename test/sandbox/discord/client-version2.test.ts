import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ComponentType,
  ContainerBuilder,
  MediaGalleryBuilder,
  MessageFlags,
  SectionBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
} from 'discord.js'
import { expect, it } from 'vitest'
import { readingOf } from '../../../src/sandbox/people/reading.ts'
import { next, setUp, storiesOf } from './client-stage.ts'
import { pngOf } from './stage.ts'

const words = (content: string) => new TextDisplayBuilder().setContent(content)

const panel = (title: string) =>
  new ContainerBuilder()
    .setAccentColor(0x5865f2)
    .addTextDisplayComponents(words(title))
    .addSectionComponents(
      new SectionBuilder()
        .addTextDisplayComponents(words('Mira, at the shore'))
        .setButtonAccessory(
          new ButtonBuilder().setCustomId('look').setLabel('Look').setStyle(ButtonStyle.Secondary),
        ),
    )
    .addSeparatorComponents((separator) => separator.setDivider(false))
    .addActionRowComponents(
      new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
        new StringSelectMenuBuilder()
          .setCustomId('whose')
          .setPlaceholder('Whose state?')
          .addOptions({ label: 'Mira', value: 'mira' }, { label: 'Tomas', value: 'tomas' }),
      ),
    )

it('discord.js answers with a panel for one person, and changes it as its parts are used', async () => {
  const { client, discord, player, seen } = await setUp()
  const { stories } = discord.ids.channels
  await client.application.commands.set([
    new SlashCommandBuilder().setName('state').setDescription('What is true'),
  ])
  const asked = next(client, (one) => one.isChatInputCommand())
  player.command(stories, ['state'])
  const command = await asked
  await command.deferReply({ flags: MessageFlags.Ephemeral })
  await command.editReply({ flags: MessageFlags.IsComponentsV2, components: [panel('# The story')] })
  const { message, ephemeral } = await seen.next('message')
  expect(ephemeral).toBe(true)
  expect(readingOf(message)).toBe('# The story\nMira, at the shore\n[Look]\n[Whose state?]')

  const pressed = next(client, (one) => one.isButton())
  player.click(stories, message.id, 'look')
  const button = await pressed
  expect(button.message.components[0]?.type).toBe(ComponentType.Container)
  await button.update({ flags: MessageFlags.IsComponentsV2, components: [panel('# Mira')] })
  await seen.next('message_edited', (event) => readingOf(event.message).startsWith('# Mira'))

  const chosen = next(client, (one) => one.isStringSelectMenu())
  player.click(stories, message.id, 'whose', ['tomas'])
  const select = await chosen
  expect(select.values).toEqual(['tomas'])
  await select.deferUpdate()
  await select.editReply({ flags: MessageFlags.IsComponentsV2, components: [panel('# Tomas')] })
  await seen.next('message_edited', (event) => readingOf(event.message).startsWith('# Tomas'))
})

it('discord.js sends pictures in components, and reads what became of them', async () => {
  const { client, discord, seen } = await setUp()
  const channel = await storiesOf(client, discord)
  const gallery = new MediaGalleryBuilder().addItems((item) =>
    item.setURL('attachment://fox.png').setDescription('A fox'),
  )
  const message = await channel.send({
    flags: MessageFlags.IsComponentsV2,
    components: [gallery],
    files: [new AttachmentBuilder(pngOf(64, 48), { name: 'fox.png' })],
  })
  const [shown] = message.components
  if (shown?.type !== ComponentType.MediaGallery) throw new Error('no gallery')
  const media = shown.items[0]?.media
  expect(media?.data).toMatchObject({ width: 64, height: 48, content_type: 'image/png' })
  expect(await (await fetch(media?.url ?? '')).bytes()).toEqual(new Uint8Array(pngOf(64, 48)))
  expect(readingOf((await seen.next('message')).message)).toBe('(A fox)')
})
