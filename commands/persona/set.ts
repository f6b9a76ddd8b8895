import { type APIModalInteractionResponseCallbackData, MessageFlags } from 'discord.js'
import type { CommandHandler, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { inWords, storyHere } from '../../src/discord/here.ts'
import { plain } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import { NAME_LIMIT, personaOf } from '../../src/story/cast.ts'
import { PERSONA_LIMITS, setPersona } from '../../src/story/edit/people.ts'
import type { Head } from '../../src/story/head.ts'

const FIELDS = ['name', 'pronouns', 'description'] as const

/** The form as it stands: one who has no persona yet begins with the name that Discord shows. */
const personaForm = (
  { state, words: bodies }: Head,
  player: { readonly id: string; readonly displayName: string },
  { persona: words }: Texts,
): APIModalInteractionResponseCallbackData => {
  const known = personaOf(state.cast, player.id)
  return {
    custom_id: customId('persona'),
    title: words.formHeading,
    components: FIELDS.map((id) =>
      formField({
        id,
        label: words.field[id],
        hint: words.hint[id],
        limit: PERSONA_LIMITS[id],
        value: known ? (bodies.get(known[id] ?? '') ?? '') : id === 'name' ? player.displayName : '',
        isLong: id === 'description',
        isRequired: id === 'name',
      }),
    ),
  }
}

/** `/persona set`: asks who one plays. */
export const set: CommandHandler = async (interaction, face) => {
  const head = await storyHere(interaction, face)
  await interaction.showModal(personaForm(head, interaction.member, face.texts))
}

/** The filled form. */
export const save: ModalHandler = async (interaction, _args, face) => {
  const { engine, newId, texts } = face
  const { ref } = await storyHere(interaction, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const player = interaction.user.id
  const name = writtenIn(interaction, 'name')
  const words = {
    player,
    name,
    pronouns: writtenIn(interaction, 'pronouns') || null,
    description: writtenIn(interaction, 'description') || null,
  }
  const outcome = await engine.edit(
    ref,
    ({ state }) => setPersona(state, player, words, newId),
    interaction.id,
  )
  if (outcome === 'duplicate') return
  await interaction.editReply(
    outcome === 'edited'
      ? texts.persona.set(plain(name, NAME_LIMIT))
      : inWords(texts.persona.refused, outcome),
  )
}
