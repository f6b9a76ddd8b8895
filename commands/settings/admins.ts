import { type Interaction, PermissionFlagsBits } from 'discord.js'
import type { Face } from '../../src/discord/command.ts'
import { UserFacingError } from '../../src/kit/errors.ts'

export const isAdmin = ({ memberPermissions }: Interaction<'cached'>): boolean =>
  memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true

/** Lets only those pass who may manage the server, whatever its settings say of the command. */
export const demandAdmin = (interaction: Interaction<'cached'>, { texts }: Pick<Face, 'texts'>): void => {
  if (!isAdmin(interaction)) throw new UserFacingError('not_an_admin', texts.settings.adminsOnly)
}
