import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js'
import type { Face } from '../../src/discord/command.ts'
import { inWords } from '../../src/discord/here.ts'
import type { Head } from '../../src/story/head.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import type { Change } from '../change.ts'

type Asked =
  | ChatInputCommandInteraction<'cached'>
  | ModalSubmitInteraction<'cached'>
  | ButtonInteraction<'cached'>

/**
 * Changes what someone remembers or knows. `change` is given the newest head, and looks up there what it is about. A
 * question with buttons becomes the answer to it.
 */
export const changeMemories = async (
  interaction: Asked,
  ref: StoryRef,
  change: (head: Head) => Promise<Change>,
  { engine, texts }: Face,
): Promise<void> => {
  if (interaction.isButton()) await interaction.deferUpdate()
  else await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  let content = ''
  const outcome = await engine.edit(
    ref,
    async (head) => {
      const { decision, told } = await change(head)
      content = told
      return decision
    },
    interaction.id,
  )
  if (outcome === 'duplicate') return
  await interaction.editReply({
    content: outcome === 'edited' ? content : inWords(texts.memory.refused, outcome),
    components: [],
  })
}
