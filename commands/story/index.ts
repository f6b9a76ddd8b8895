import { ApplicationCommandOptionType, ApplicationCommandType, InteractionContextType } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { list, listPage } from './list.ts'
import { begin, start } from './start.ts'

export const story: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'story',
    description: en.command.story,
    contexts: [InteractionContextType.Guild],
    options: [
      { type: ApplicationCommandOptionType.Subcommand, name: 'start', description: en.command.start },
      { type: ApplicationCommandOptionType.Subcommand, name: 'list', description: en.command.list },
    ],
  },
  subcommands: { start, list },
  buttons: { stories: listPage },
  modals: { start: begin },
}
