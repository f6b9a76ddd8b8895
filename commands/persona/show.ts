import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { plain } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import type { Texts } from '../../src/locales/en.ts'
import { NAME_LIMIT, type Persona, personaOf } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import type { TextId } from '../../src/story/ref.ts'

const personaSheet = ({ words: bodies }: Head, persona: Persona, { persona: words }: Texts): string => {
  const body = (id: TextId | null) => bodies.get(id ?? '') ?? ''
  return sheet(`### ${words.heading(plain(body(persona.name), NAME_LIMIT))}`, [
    { label: words.field.pronouns, words: body(persona.pronouns) },
    { label: words.field.description, words: body(persona.description) },
  ])
}

/** `/persona show`: one's own. */
export const show: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const head = await storyHere(interaction, face)
  const persona = personaOf(head.state.cast, interaction.user.id)
  const content = persona
    ? personaSheet(head, persona, texts)
    : texts.persona.none(plain(interaction.member.displayName, NAME_LIMIT))
  await interaction.reply({ content, flags: MessageFlags.Ephemeral })
}
