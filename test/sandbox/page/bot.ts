import { setTimeout as wait } from 'node:timers/promises'
import {
  ActionRowBuilder,
  type ApplicationCommandDataResolvable,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  AttachmentBuilder,
  type AutocompleteInteraction,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  LabelBuilder,
  type Message,
  MessageFlags,
  ModalBuilder,
  type ModalSubmitInteraction,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js'

const COMMANDS: ApplicationCommandDataResolvable[] = [
  {
    name: 'demo',
    description: 'What the page must be able to do',
    options: [
      { type: ApplicationCommandOptionType.Subcommand, name: 'start', description: 'Open a form' },
      { type: ApplicationCommandOptionType.Subcommand, name: 'slow', description: 'Think first, in private' },
      { type: ApplicationCommandOptionType.Subcommand, name: 'silent', description: 'Never answer' },
      { type: ApplicationCommandOptionType.Subcommand, name: 'buttons', description: 'Show buttons' },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'bring',
        description: 'Show a file',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'whose',
            description: 'Whose it is',
            required: true,
            autocomplete: true,
          },
          {
            type: ApplicationCommandOptionType.Attachment,
            name: 'file',
            description: 'What to show',
            required: true,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'echo',
        description: 'Say what was chosen',
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'text',
            description: 'Anything',
            required: true,
          },
          {
            type: ApplicationCommandOptionType.Integer,
            name: 'times',
            description: 'How often',
            max_value: 3,
          },
          { type: ApplicationCommandOptionType.Boolean, name: 'loud', description: 'In capitals' },
          {
            type: ApplicationCommandOptionType.String,
            name: 'colour',
            description: 'Which',
            choices: [
              { name: 'Red', value: 'r' },
              { name: 'Blue', value: 'b' },
            ],
          },
          { type: ApplicationCommandOptionType.User, name: 'who', description: 'Whom' },
        ],
      },
    ],
  },
  { type: ApplicationCommandType.Message, name: 'Quote this' },
]

const OWNERS = ['Ilse Varn', 'Tomas', 'Bren']

const input = (id: string, style: TextInputStyle) => new TextInputBuilder().setCustomId(id).setStyle(style)

const form = (): ModalBuilder =>
  new ModalBuilder()
    .setCustomId('form')
    .setTitle('Start a story')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Title')
        .setDescription('The thread gets this name')
        .setTextInputComponent(input('title', TextInputStyle.Short).setMaxLength(40)),
      new LabelBuilder()
        .setLabel('Premise')
        .setTextInputComponent(
          input('premise', TextInputStyle.Paragraph).setMinLength(5).setPlaceholder('Who, where, what?'),
        ),
    )

const row = (disabled: boolean): ActionRowBuilder<ButtonBuilder> =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary).setDisabled(disabled),
    new ButtonBuilder()
      .setCustomId('keep')
      .setLabel('Keep')
      .setStyle(ButtonStyle.Success)
      .setDisabled(disabled),
    new ButtonBuilder().setCustomId('other').setLabel('Other').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder()
      .setCustomId('stop')
      .setLabel('Stop')
      .setStyle(ButtonStyle.Danger)
      .setDisabled(disabled),
  )

const embed = (): EmbedBuilder =>
  new EmbedBuilder()
    .setTitle('An embed')
    .setDescription('With **marks**')
    .setColor(0x5865f2)
    .addFields({ name: 'One', value: '1', inline: true }, { name: 'Two', value: '2', inline: true })
    .setFooter({ text: 'The foot' })

const run: Record<string, (interaction: ChatInputCommandInteraction) => Promise<unknown>> = {
  start: (interaction) => interaction.showModal(form()),
  slow: async (interaction) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral })
    await wait(700)
    await interaction.editReply('Thought through.')
  },
  silent: async () => {},
  buttons: (interaction) =>
    interaction.reply({ content: 'Choose:', embeds: [embed()], components: [row(false)] }),
  echo: (interaction) => {
    const { options } = interaction
    const chosen = [
      options.getString('text', true),
      options.getInteger('times'),
      options.getBoolean('loud'),
      options.getString('colour'),
      options.getUser('who')?.username,
    ]
    return interaction.reply({ content: `Echo: ${chosen.join(' ')}`, flags: MessageFlags.Ephemeral })
  },
  bring: (interaction) => show(interaction),
}

/** Gives back what was brought, and a note about it. */
const show = async (interaction: ChatInputCommandInteraction): Promise<void> => {
  const { url, name } = interaction.options.getAttachment('file', true)
  const whose = interaction.options.getString('whose', true)
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
  const note = Buffer.from(`${name}: ${bytes.length} bytes`)
  await interaction.reply({
    content: `Brought by ${whose}`,
    files: [
      new AttachmentBuilder(bytes, { name, description: `What ${whose} brought` }),
      new AttachmentBuilder(note, { name: 'note.txt' }),
    ],
  })
}

const propose = (interaction: AutocompleteInteraction): Promise<void> => {
  const typed = interaction.options.getFocused().toLowerCase()
  const fitting = OWNERS.filter((name) => name.toLowerCase().includes(typed))
  return interaction.respond(fitting.map((name) => ({ name, value: name.toUpperCase() })))
}

const openThread = async (interaction: ModalSubmitInteraction): Promise<void> => {
  const { channel } = interaction
  if (!channel || !('threads' in channel)) return
  const name = interaction.fields.getTextInputValue('title')
  if (name === 'silence') return
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const thread = await channel.threads.create({ name })
  await thread.send(`*It begins.* ${interaction.fields.getTextInputValue('premise')}`)
  await interaction.editReply(`Your story is in <#${thread.id}>.`)
}

/** Answers `grow` with a message that grows word by word. */
const grow = async (message: Message): Promise<void> => {
  const words = ['The', '*lantern*', 'swings', 'over', 'the', '**water**.']
  if (!message.channel.isSendable()) return
  await message.channel.sendTyping()
  const answer = await message.channel.send('The')
  for (let count = 2; count <= words.length; count += 1) {
    await wait(150)
    await answer.edit(words.slice(0, count).join(' '))
  }
}

/** A bot that does one of each thing which the page must show, with the real client. */
export const startBot = async (apiUrl: string, token: string): Promise<Client<true>> => {
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
    rest: { api: apiUrl },
    allowedMentions: { parse: [] },
  })
  client.on(Events.Error, () => {})
  client.on(Events.MessageCreate, (message) => {
    if (message.author.bot) return
    if (message.content === 'grow') void grow(message)
    if (message.content === 'react') void message.react('⏳')
  })
  client.on(Events.InteractionCreate, async (interaction) => {
    if (interaction.isChatInputCommand()) await run[interaction.options.getSubcommand()]?.(interaction)
    else if (interaction.isAutocomplete()) await propose(interaction)
    else if (interaction.isMessageContextMenuCommand()) {
      await interaction.reply(`> ${interaction.targetMessage.content}`)
    } else if (interaction.isModalSubmit()) await openThread(interaction)
    else if (interaction.isButton()) {
      await interaction.update({ content: `Chosen: ${interaction.customId}`, components: [row(true)] })
    }
  })
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve))
  await client.login(token)
  const online = await ready
  await online.application.commands.set(COMMANDS)
  return online
}
