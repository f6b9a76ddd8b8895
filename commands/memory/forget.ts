import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { storyHere } from '../../src/discord/here.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { supersedeMemory } from '../../src/story/edit/memory.ts'
import { changeMemories } from './change.ts'
import { memoryAt, memorySaid } from './memory.ts'
import { nameIn, ownerSaid } from './owner.ts'

/** `/memory forget`: asks. */
export const forget: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const { askForget, safe, field, forgetButton } = texts.memory
  const { head, owner, name } = await ownerSaid(interaction, face)
  const { memory, body } = await memorySaid(head, owner, interaction.options.getString('memory', true), face)
  await interaction.reply({
    content: sheet(askForget(name), [{ label: field.memory, words: body }], safe),
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Danger,
            label: forgetButton,
            custom_id: customId('memory-forget', memory),
          },
          {
            type: ComponentType.Button,
            style: ButtonStyle.Secondary,
            label: texts.rewind.cancel,
            custom_id: customId('stay'),
          },
        ],
      },
    ],
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
