import type { CommandHandler, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { formField, writtenIn } from '../../src/discord/form.ts'
import { storyHere } from '../../src/discord/here.ts'
import { castIn, labelOf } from '../../src/discord/names.ts'
import { shorten } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { PROSE_LIMIT } from '../../src/story/edit/edit.ts'
import { supersedeMemory } from '../../src/story/edit/memory.ts'
import { changeMemories } from './change.ts'
import { memoryAsked, memoryAt } from './memory.ts'
import { nameIn } from './owner.ts'

/** Discord's limit for a form's title. */
const TITLE_LIMIT = 45

/** `/memory edit`: a form with the words as they stand. */
export const edit: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const { heading, label, hint } = texts.memory.form
  const { head, asked } = await memoryAsked(interaction, face)
  const { memory, owner, body } = asked
  await interaction.showModal({
    custom_id: customId('memory-edit', memory),
    title: shorten(heading(labelOf(castIn(head, texts), owner)), TITLE_LIMIT),
    components: [
      formField({ id: 'text', label, hint, limit: PROSE_LIMIT, value: body, isLong: true, isRequired: true }),
    ],
  })
}

/** The form, filled. */
export const saveEdit: ModalHandler = async (interaction, [id = ''], face) => {
  const { newId, texts } = face
  const { edited, field } = texts.memory
  const { ref } = await storyHere(interaction, face)
  const text = writtenIn(interaction, 'text')
  await changeMemories(
    interaction,
    ref,
    async (head) => {
      const memory = await memoryAt(interaction, head, id, face)
      const fields = [
        { label: field.before, words: memory.body },
        { label: field.after, words: text },
      ]
      return {
        decision:
          text === memory.body
            ? { refused: 'nothing_changed' }
            : supersedeMemory(head.state, interaction.user.id, { memory, text }, newId),
        told: sheet(edited(nameIn(head, memory.owner, face)), fields),
      }
    },
    face,
  )
}
