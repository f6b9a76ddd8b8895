import { MessageFlags } from 'discord.js'
import { confirmRow } from '../../src/discord/buttons.ts'
import type { ButtonHandler, CommandHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { storyHere } from '../../src/discord/here.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { supersedeMemory } from '../../src/story/edit/memory.ts'
import { changeMemories } from './change.ts'
import { memoryAsked, memoryAt } from './memory.ts'
import { nameIn } from './owner.ts'

/** `/memory forget`: asks. */
export const forget: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const { askForget, safe, field, forgetButton } = texts.memory
  const { head, asked } = await memoryAsked(interaction, face)
  const { memory, owner, body } = asked
  await interaction.reply({
    content: sheet(askForget(nameIn(head, owner, face)), [{ label: field.memory, words: body }], safe),
    components: [confirmRow(forgetButton, customId('memory-forget', memory), texts)],
    flags: MessageFlags.Ephemeral,
  })
}

/** The question was answered with yes. */
export const confirmForget: ButtonHandler = async (interaction, [id = ''], face) => {
  const { newId, texts } = face
  const { forgotten, safe, field } = texts.memory
  const { ref } = await storyHere(interaction, face)
  await changeMemories(
    interaction,
    ref,
    async (head) => {
      const memory = await memoryAt(interaction, head, id, face)
      return {
        decision: supersedeMemory(head.state, interaction.user.id, { memory, text: null }, newId),
        told: sheet(
          forgotten(nameIn(head, memory.owner, face)),
          [{ label: field.memory, words: memory.body }],
          safe,
        ),
      }
    },
    face,
  )
}
