import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { demandAdmin } from '../settings/admins.ts'
import { inForce, promptSaid } from './named.ts'

/** `/prompt reset`. */
export const reset: CommandHandler = async (interaction, face) => {
  const { prompt: words } = face.texts
  const { guildId, user } = interaction
  demandAdmin(interaction, face)
  const name = promptSaid(interaction, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const { own } = await inForce(guildId, name, face)
  if (own !== undefined) await face.templates.set(guildId, name, null, user.id)
  await interaction.editReply(own === undefined ? words.noOwn : words.wasReset(name))
}
