import { MessageFlags } from 'discord.js'
import type { CommandHandler, Suggest } from '../../src/discord/command.ts'
import { suggestions } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import { readZone, zones } from '../../src/discord/zone.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import type { ServerSettings } from '../../src/story/settings.ts'
import { orNone } from '../options.ts'
import { demandAdmin } from './admins.ts'
import { changedWords } from './changed.ts'
import { serverFields } from './show.ts'

const known = zones.map((zone) => ({ id: zone, label: zone }))

/** Suggests a time zone, also by its city. */
export const suggestZone: Suggest = async (_interaction, typed) =>
  suggestions(known, typed.trim().replace(/ /gu, '_'))

/** `/settings server`: what is left out stays as it is. */
export const server: CommandHandler = async (interaction, face) => {
  const { settings, texts } = face
  const { guildId, options, user } = interaction
  demandAdmin(interaction, face)
  const typed = orNone(options.getString('zone'))
  const zone = typed ? readZone(typed) : typed
  if (typed && zone === undefined)
    throw new UserFacingError('no_such_zone', texts.settings.unknownZone(plain(typed, LABEL_LIMIT)))
  const segments = options.getBoolean('segmenter') ?? undefined
  if (zone === undefined && segments === undefined)
    throw new UserFacingError('nothing_said', texts.settings.nothingSaid)

  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const patch: Partial<ServerSettings> = {
    ...(zone === undefined ? {} : { zone }),
    ...(segments === undefined ? {} : { segments }),
  }
  const before = await settings.ofServer(guildId)
  const after = await settings.changeServer(guildId, patch, user.id)
  await interaction.editReply(changedWords((of) => serverFields(of, texts), before, after, texts))
}
