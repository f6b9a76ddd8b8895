import { type APIModalInteractionResponseCallbackData, MessageFlags } from 'discord.js'
import type { CommandHandler, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { TemplateName } from '../../src/turn/ports/templates.ts'
import { demandAdmin } from '../settings/admins.ts'
import { unknownMacros } from './macros.ts'
import { inForce, promptNamed, promptSaid } from './named.ts'

/** The most that a form takes. */
const PROMPT_LIMIT = 4000

/** What stands in the form for a text that it does not take: a shortened one would be saved as it is. */
const ORIGINAL = '{{original}}'

/** How much is shown of what means nothing. */
const MACROS_ROOM = 600

const promptForm = (
  name: TemplateName,
  text: string,
  { prompt: words }: Texts,
): APIModalInteractionResponseCallbackData => ({
  custom_id: customId('prompt', name),
  title: words.formTitle(name),
  components: [
    {
      ...formField({
        ...{ id: 'text', label: words.formLabel, hint: words.placeholder, limit: PROMPT_LIMIT },
        ...{ value: text.length > PROMPT_LIMIT ? ORIGINAL : text, isLong: true, isRequired: true },
      }),
      description: words.formHint,
    },
  ],
})

/** `/prompt edit`: a form with the text in force. */
export const edit: CommandHandler = async (interaction, face) => {
  demandAdmin(interaction, face)
  const name = promptSaid(interaction, face)
  const { text } = await inForce(interaction.guildId, name, face)
  await interaction.showModal(promptForm(name, text, face.texts))
}

/** The form, filled: a new version. */
export const save: ModalHandler = async (interaction, [named], face) => {
  const { templates, texts } = face
  const { prompt: words } = texts
  const { guildId, user } = interaction
  demandAdmin(interaction, face)
  const name = promptNamed(named, face)
  const text = writtenIn(interaction, 'text').replace(/\r\n?/gu, '\n')
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const isSame = text === (await inForce(guildId, name, face)).text.trim()
  if (text === '' || isSame) {
    await interaction.editReply(isSame ? words.unchanged : words.blank)
    return
  }
  const version = await templates.set(guildId, name, text, user.id)
  const unknown = plain(unknownMacros(text).join(', '), MACROS_ROOM)
  await interaction.editReply(
    [words.saved(name, version), ...(unknown ? [words.unknownMacros(unknown)] : [])].join('\n'),
  )
}
