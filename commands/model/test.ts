import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { plain } from '../../src/discord/render.ts'
import { zoneOf } from '../../src/discord/zone.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { TestedModel } from '../../src/turn/ports/models.ts'
import { demandAdmin } from '../settings/admins.ts'
import { LINK_ROOM } from './links.ts'
import { linkSaid } from './set.ts'

/** How much of what a model answered is shown. */
const ANSWER_ROOM = 600

/** How a live call went. Why one failed is said in our words: a provider's own may hold what is nobody's business. */
export const testedWords = (
  link: string,
  { text, failure, firstTokenMs, totalMs }: TestedModel,
  texts: Texts,
): string => {
  const { model: words } = texts
  const name = plain(link, LINK_ROOM)
  const said = plain(text, ANSWER_ROOM)
  const told = failure
    ? words.failed(name, texts.failed({ failure: failure.kind, until: failure.until ?? null }))
    : said === ''
      ? words.silent(name)
      : words.answered(name, firstTokenMs ?? totalMs, totalMs)
  return said === '' ? told : `${told}\n> ${said}`
}

/** `/model test`. */
export const test: CommandHandler = async (interaction, face) => {
  const { models, settings, texts } = face
  const { guildId: guild, options, user } = interaction
  demandAdmin(interaction, face)
  const link = linkSaid(options.getString('model', true), face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const tested = await models.test(link, {
    ...{ guild, player: user.id, story: null, branch: null, turn: null, role: 'writer' },
    zone: zoneOf(await settings.ofServer(guild)),
  })
  await interaction.editReply(testedWords(link, tested, texts))
}
