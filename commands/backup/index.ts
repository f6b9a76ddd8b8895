import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { list } from './list.ts'
import { now } from './now.ts'
import { verify } from './verify.ts'

const { command } = en

export const backup: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'backup',
    description: command.backup,
    contexts: [InteractionContextType.Guild],
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    options: [
      { type: ApplicationCommandOptionType.Subcommand, name: 'now', description: command.backupNow },
      { type: ApplicationCommandOptionType.Subcommand, name: 'list', description: command.backupList },
      {
        type: ApplicationCommandOptionType.Subcommand,
        name: 'verify',
        description: command.backupVerify,
        options: [
          {
            type: ApplicationCommandOptionType.String,
            name: 'name',
            description: command.backupName,
            max_length: 100,
          },
        ],
      },
    ],
  },
  subcommands: { now, list, verify },
}
