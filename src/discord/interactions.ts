import {
  ApplicationCommandType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
  type RepliableInteraction,
} from 'discord.js'
import { UserFacingError } from '../kit/errors.ts'
import { answerButtons } from './answer-buttons.ts'
import type {
  ButtonHandler,
  Command,
  CommandHandler,
  Face,
  MessageCommand,
  ModalHandler,
  SelectHandler,
} from './command.ts'
import { readCustomId } from './custom-id.ts'
import { shorten } from './render.ts'

/** As many suggestions as Discord shows, and the longest that the name of one may be. */
const SUGGESTIONS = 25
const SUGGESTION_LIMIT = 100

const merged = <T>(records: readonly (Readonly<Record<string, T>> | undefined)[]): Map<string, T> =>
  new Map(records.flatMap((record) => Object.entries(record ?? {})))

const isAlreadyTaken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 40_060 || error.code === 10_062)

/** The one place that tells a person that their command or button failed. */
const replyFailure = async (interaction: RepliableInteraction, error: unknown, face: Face): Promise<void> => {
  const incident = face.newId().slice(-8)
  const content = error instanceof UserFacingError ? error.message : face.texts.error(incident)
  if (!(error instanceof UserFacingError)) face.log.error({ err: error, incident }, 'an interaction failed')
  const reply = { content, flags: MessageFlags.Ephemeral } as const
  const sent =
    interaction.deferred || interaction.replied ? interaction.followUp(reply) : interaction.reply(reply)
  await sent.catch((failure: unknown) =>
    face.log.warn({ err: failure, incident }, 'no reply reached the person'),
  )
}

const isMessageCommand = (command: Command | MessageCommand): command is MessageCommand =>
  command.data.type === ApplicationCommandType.Message

const handlerIn = (
  command: Command | undefined,
  { options }: ChatInputCommandInteraction<'cached'>,
): CommandHandler | undefined => {
  if (!command?.subcommands) return command?.run
  const path = [options.getSubcommandGroup(false), options.getSubcommand(false)]
  return command.subcommands[path.filter((name) => name !== null).join(' ')]
}

/** Sends each interaction to its handler: by its command, by its option, or by the name in its custom id. */
export const interactionRouter = (commands: readonly (Command | MessageCommand)[], face: Face) => {
  const slash = new Map<string, Command>()
  const onMessages = new Map<string, MessageCommand>()
  for (const command of commands)
    if (isMessageCommand(command)) onMessages.set(command.data.name, command)
    else slash.set(command.data.name, command)
  const buttons = merged<ButtonHandler>([answerButtons, ...commands.map((command) => command.buttons)])
  const selects = merged<SelectHandler>(commands.map((command) => command.selects))
  const modals = merged<ModalHandler>(commands.map((command) => command.modals))

  const known = <T>(handler: T | undefined): T => {
    if (handler === undefined) throw new UserFacingError('unknown_control', face.texts.unknownControl)
    return handler
  }

  const handle = async (interaction: Interaction<'cached'>): Promise<void> => {
    if (interaction.isChatInputCommand())
      return known(handlerIn(slash.get(interaction.commandName), interaction))(interaction, face)
    if (interaction.isMessageContextMenuCommand())
      return known(onMessages.get(interaction.commandName)).run(interaction, face)
    if (!interaction.isMessageComponent() && !interaction.isModalSubmit()) return
    const { name, args } = readCustomId(interaction.customId)
    if (interaction.isButton()) return known(buttons.get(name))(interaction, args, face)
    if (interaction.isStringSelectMenu()) return known(selects.get(name))(interaction, args, face)
    if (interaction.isModalSubmit()) return known(modals.get(name))(interaction, args, face)
  }

  const suggestionsFor = async (interaction: AutocompleteInteraction<'cached'>) => {
    const { name, value } = interaction.options.getFocused(true)
    const suggest = slash.get(interaction.commandName)?.autocomplete?.[name]
    const found = suggest ? await suggest(interaction, value, face) : []
    return found
      .slice(0, SUGGESTIONS)
      .map((one) => ({ name: shorten(one.name, SUGGESTION_LIMIT), value: one.value }))
  }

  // Where nothing can be suggested, one types on and learns the reason from the command itself.
  const suggest = async (interaction: AutocompleteInteraction<'cached'>): Promise<void> => {
    const found = await suggestionsFor(interaction).catch((error: unknown) => {
      if (!(error instanceof UserFacingError)) face.log.error({ err: error }, 'suggestions failed')
      return []
    })
    await interaction
      .respond(found)
      .catch((error: unknown) => face.log.debug({ err: error }, 'no suggestions reached the person'))
  }

  return async (interaction: Interaction): Promise<void> => {
    if (!interaction.inCachedGuild()) return
    if (interaction.isAutocomplete()) return suggest(interaction)
    try {
      await handle(interaction)
    } catch (error) {
      // Discord may deliver an interaction twice; the second finds it acknowledged and changes nothing.
      if (isAlreadyTaken(error)) return face.log.debug({ interaction: interaction.id }, 'taken before')
      if (interaction.isRepliable()) await replyFailure(interaction, error, face)
    }
  }
}
