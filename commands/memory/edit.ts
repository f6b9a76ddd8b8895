import type { APIModalInteractionResponseCallbackData } from 'discord.js'
import type { CommandHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { storyHere } from '../../src/discord/here.ts'
import { castIn, labelOf } from '../../src/discord/names.ts'
import { shorten } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import type { Texts } from '../../src/locales/en.ts'
import { PROSE_LIMIT } from '../../src/story/edit/edit.ts'
import { supersedeMemory } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import type { PlayerId } from '../../src/story/ref.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import type { Change } from '../change.ts'
import { changeMemories } from './change.ts'
import { memoryAsked, memoryAt } from './memory.ts'
import { nameIn } from './owner.ts'

/** Discord's limit for a form's title. */
const TITLE_LIMIT = 45

/** A form with the words of a memory as they stand. `id`: the custom id that it carries. */
export const memoryForm = (
  head: Head,
  { owner, body }: Remembered,
  id: string,
  texts: Texts,
): APIModalInteractionResponseCallbackData => {
  const { heading, label, hint } = texts.memory.form
  return {
    custom_id: id,
    title: shorten(heading(labelOf(castIn(head, texts), owner)), TITLE_LIMIT),
    components: [
      formField({ id: 'text', label, hint, limit: PROSE_LIMIT, value: body, isLong: true, isRequired: true }),
    ],
  }
}

/** Puts other words in a memory's place. */
export const rewording = (
  head: Head,
  memory: Remembered,
  { text, player }: { readonly text: string; readonly player: PlayerId },
  face: Face,
): Change => {
  const { edited, field } = face.texts.memory
  const fields = [
    { label: field.before, words: memory.body },
    { label: field.after, words: text },
  ]
  return {
    decision:
      text === memory.body
        ? { refused: 'nothing_changed' }
        : supersedeMemory(head.state, player, { memory, text }, face.newId),
    told: sheet(edited(nameIn(head, memory.owner, face)), fields),
  }
}

/** `/memory edit`. */
export const edit: CommandHandler = async (interaction, face) => {
  const { head, asked } = await memoryAsked(interaction, face)
  await interaction.showModal(memoryForm(head, asked, customId('memory-edit', asked.memory), face.texts))
}

/** The form, filled. */
export const saveEdit: ModalHandler = async (interaction, [id = ''], face) => {
  const { ref } = await storyHere(interaction, face)
  const said = { text: writtenIn(interaction, 'text'), player: interaction.user.id }
  await changeMemories(
    interaction,
    ref,
    async (head) => rewording(head, await memoryAt(interaction, head, id, face), said, face),
    face,
  )
}
