import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { plainLines, subtext } from '../../src/discord/render.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { TemplateName } from '../../src/turn/ports/templates.ts'
import { demandAdmin } from '../settings/admins.ts'
import { inForce, promptSaid } from './named.ts'

type Face = Parameters<CommandHandler>[1]
type Shown = { readonly heading: string; readonly text: string }

const versionOf = async (guild: string, name: TemplateName, wanted: number, face: Face): Promise<Shown> => {
  const { prompt: words } = face.texts
  const found = (await face.templates.history(guild, name)).find(({ version }) => version === wanted)
  if (!found || found.body === null) throw new UserFacingError('no_such_version', words.noVersion(wanted))
  return { heading: words.past(name, wanted), text: found.body }
}

const newestOf = async (guild: string, name: TemplateName, face: Face): Promise<Shown> => {
  const { prompt: words } = face.texts
  const { text, own } = await inForce(guild, name, face)
  const heading = own === undefined ? words.builtIn(name, face.prompts[name].version) : words.own(name, own)
  return { heading, text }
}

/** `/prompt show`. What is too long for a message comes as a file. */
export const show: CommandHandler = async (interaction, face) => {
  const { prompt: words } = face.texts
  const { guildId, options } = interaction
  demandAdmin(interaction, face)
  const name = promptSaid(interaction, face)
  const version = options.getInteger('version')
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const { heading, text } = await (version === null
    ? newestOf(guildId, name, face)
    : versionOf(guildId, name, version, face))
  const whole = `${heading}\n\n${plainLines(text)}`
  await interaction.editReply(
    whole.length <= MESSAGE_LIMIT
      ? whole
      : {
          content: `${heading}\n${subtext(words.inFile)}`,
          files: [{ attachment: Buffer.from(text), name: words.file(name) }],
        },
  )
}
