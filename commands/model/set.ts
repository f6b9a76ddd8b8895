import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { ledHere } from '../../src/discord/here.ts'
import { plain } from '../../src/discord/render.ts'
import { SkeinError, UserFacingError } from '../../src/kit/errors.ts'
import type { RoleModels } from '../../src/story/settings.ts'
import { kindIn } from '../options.ts'
import { demandAdmin } from '../settings/admins.ts'
import { LINK_ROOM, linksIn, partsOf } from './links.ts'
import { chosenHere, roleRow } from './list.ts'

/** A link that was typed. Refused where it names no connection. */
export const linkSaid = (typed: string, { models, texts }: Pick<Face, 'models' | 'texts'>): string => {
  const link = typed.trim()
  if (partsOf(link).model !== '' && models.has(link)) return link
  const names = models.connections().map(({ name }) => name)
  throw new UserFacingError(
    'no_such_link',
    texts.model.unknown(plain(typed, LINK_ROOM), plain(names.join(', '), 1000)),
  )
}

type Place = {
  readonly before: RoleModels
  change(models: RoleModels): Promise<unknown>
}

const serverPlace = async (
  interaction: ChatInputCommandInteraction<'cached'>,
  face: Face,
): Promise<Place> => {
  demandAdmin(interaction, face)
  const { guildId, user } = interaction
  return {
    before: (await face.settings.ofServer(guildId)).models,
    change: (models) => face.settings.changeServer(guildId, { models }, user.id),
  }
}

const storyPlace = async (interaction: ChatInputCommandInteraction<'cached'>, face: Face): Promise<Place> => {
  const { ref } = await ledHere(interaction, face, face.texts.model.notYours)
  return {
    before: (await face.settings.of(ref.story))?.story.models ?? {},
    change: (models) => face.settings.changeStory(ref.story, { models }, interaction.user.id),
  }
}

/** `/model set`: without a model, nothing is chosen any more. */
export const set: CommandHandler = async (interaction, face) => {
  const { models, texts } = face
  const { model: words } = texts
  const { options } = interaction
  const role = kindIn(words.role, options.getString('role', true))
  if (!role) throw new SkeinError('no_such_choice', 'a role that was never offered')
  const where = kindIn(words.where, options.getString('where')) ?? 'story'
  const place = await (where === 'server' ? serverPlace : storyPlace)(interaction, face)
  const typed = options.getString('model')
  const link = typed === null ? undefined : linkSaid(typed, face)

  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const { [role]: was, ...others } = place.before
  if (was === link) {
    await interaction.editReply(words.unchanged)
    return
  }
  await place.change(link === undefined ? others : { ...others, [role]: link })
  const content = [
    words.changed(where),
    roleRow(role, await chosenHere(interaction, face), models, texts),
    ...(link === undefined || linksIn(models).includes(link) ? [] : [words.unlisted]),
  ]
  await interaction.editReply(content.join('\n'))
}
