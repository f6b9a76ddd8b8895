import { MessageFlags, userMention } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { pageIn } from '../../src/discord/pager.ts'
import type { TemplateName } from '../../src/turn/ports/templates.ts'
import { type Page, pageOf, type Reader } from '../cost/page.ts'
import { demandAdmin } from '../settings/admins.ts'
import { promptNamed, promptSaid } from './named.ts'

const pageFor = async (reader: Reader, name: TemplateName, page: number, face: Face): Promise<Page> => {
  const { prompt: words } = face.texts
  demandAdmin(reader, face)
  const versions = await face.templates.history(reader.guildId, name)
  if (versions.length === 0) return { content: words.noHistory(name), components: [] }
  return pageOf(
    {
      heading: words.historyOf(name),
      rows: versions.map(({ version, at, actor, body }) =>
        words.version(version, at, userMention(actor), body === null ? null : body.length),
      ),
      ...{ page, idOf: (to) => customId('prompt-history', name, to) },
    },
    face.texts,
  )
}

/** `/prompt history`. */
export const history: CommandHandler = async (interaction, face) => {
  const page = await pageFor(interaction, promptSaid(interaction, face), 0, face)
  await interaction.reply({ ...page, flags: MessageFlags.Ephemeral })
}

/** The buttons under it. */
export const historyPage: ButtonHandler = async (interaction, [name, page], face) => {
  await interaction.update(await pageFor(interaction, promptNamed(name, face), pageIn(page), face))
}
