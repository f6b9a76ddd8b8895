import { TimestampStyles, time } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { admit } from './admins.ts'

/** Twenty entries stay below Discord's 2,000. */
const SHOWN = 20

/** `/backup list`: the backups, newest first, each looked at as a whole. */
export const list: CommandHandler = async (interaction, face) => {
  await admit(interaction, face)
  const words = face.texts.backup
  const backups = (await face.backups.list()).slice(0, SHOWN)
  const entries: string[] = []
  for (const { name, at, bytes } of backups) {
    const fault = await face.backups.verify(name)
    const when = time(Math.floor(at / 1000), TimestampStyles.RelativeTime)
    entries.push(words.entry(name, when, bytes, fault))
  }
  await interaction.editReply(entries.length > 0 ? entries.join('\n') : words.none)
}
