import type { CommandHandler } from '../../src/discord/command.ts'
import { admit } from './admins.ts'

/** `/backup now`: makes a backup while stories go on. */
export const now: CommandHandler = async (interaction, face) => {
  await admit(interaction, face)
  const { name, bytes } = await face.backups.make()
  face.log.info({ name, bytes, by: interaction.user.id }, 'a backup was made')
  await interaction.editReply(face.texts.backup.made(name, bytes))
}
