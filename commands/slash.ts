import {
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js'

/** A command that is typed, as Discord takes it, for use in servers. */
export const slash = (
  name: string,
  description: string,
  options: RESTPostAPIChatInputApplicationCommandsJSONBody['options'] & object = [],
): RESTPostAPIChatInputApplicationCommandsJSONBody => ({
  type: ApplicationCommandType.ChatInput,
  name,
  description,
  contexts: [InteractionContextType.Guild],
  options,
})

/** One verb of a command. */
export const subcommand = (
  name: string,
  description: string,
  options: APIApplicationCommandSubcommandOption['options'] & object = [],
): APIApplicationCommandSubcommandOption => ({
  type: ApplicationCommandOptionType.Subcommand,
  name,
  description,
  options,
})
