import { type ChatInputCommandInteraction, MessageFlags, PermissionFlagsBits } from 'discord.js'
import type { Face } from '../../src/discord/command.ts'
import { UserFacingError } from '../../src/kit/errors.ts'

/**
 * Lets only those pass who may manage the server, whatever its settings say of the command, and takes the time that
 * the answer needs.
 */
export const admit = async (
  interaction: ChatInputCommandInteraction<'cached'>,
  { texts }: Face,
): Promise<void> => {
  if (!interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild))
    throw new UserFacingError('not_an_admin', texts.backup.adminsOnly)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
}
