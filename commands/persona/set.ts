import {
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
} from 'discord.js'
import type { ButtonHandler, CommandHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { inWords, storyHere } from '../../src/discord/here.ts'
import { demandFreeName } from '../../src/discord/names.ts'
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

/** Asks who one plays. */
const askWho = async (
  interaction: ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>,
  face: Face,
): Promise<void> => {
  const head = await storyHere(interaction, face)
  await interaction.showModal(personaForm(head, interaction.member, face.texts))
}

/** `/persona set`. */
export const set: CommandHandler = askWho

/** The button under the question that a newcomer is asked. */
export const setByButton: ButtonHandler = (interaction, _args, face) => askWho(interaction, face)

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
  const besideName = (['pronouns', 'description'] as const).map((field) => ({
    label: texts.persona.field[field],
    words: words[field] ?? '',
  }))
  const outcome = await engine.edit(
    ref,
    (head) => {
      const known = personaOf(head.state.cast, player)
      if (!known || head.words.get(known.name) !== name)
        demandFreeName(head, name, known?.persona, besideName, texts)
      return setPersona(head.state, player, words, newId)
    },
    interaction.id,
  )
  if (outcome === 'duplicate') return
  await interaction.editReply(
    outcome === 'edited'
      ? texts.persona.set(plain(name, NAME_LIMIT))
      : inWords(texts.persona.refused, outcome),
  )
}
