import { PermissionFlagsBits } from 'discord.js'
import type { Command } from '../../src/discord/command.ts'
import { en } from '../../src/locales/en.ts'
import { textOption } from '../options.ts'
import { slash, subcommand } from '../slash.ts'
import { list } from './list.ts'
import { now } from './now.ts'
import { verify } from './verify.ts'

const { command } = en

export const backup: Command = {
  data: {
    ...slash('backup', command.backup, [
      subcommand('now', command.backupNow),
      subcommand('list', command.backupList),
      subcommand('verify', command.backupVerify, [
        textOption('name', command.backupName, { max_length: 100 }),
      ]),
    ]),
    default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
  },
  subcommands: { now, list, verify },
}
