import { escapeMarkdown } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { admit } from './admins.ts'

/** `/backup verify`: says whether one backup, or without a name the newest, could be restored. */
export const verify: CommandHandler = async (interaction, face) => {
  await admit(interaction, face)
  const words = face.texts.backup
  const backups = await face.backups.list()
  const wanted = interaction.options.getString('name')?.trim()
  const name = wanted ? backups.find((backup) => backup.name === wanted)?.name : backups[0]?.name
  if (name === undefined) {
    await interaction.editReply(wanted ? words.unknown(escapeMarkdown(wanted)) : words.none)
    return
  }
  const fault = await face.backups.verify(name)
  await interaction.editReply(fault ? words.bad(name, fault) : words.good(name))
}
