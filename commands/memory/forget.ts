import { MessageFlags } from 'discord.js'
import { confirmRow } from '../../src/discord/buttons.ts'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { storyHere } from '../../src/discord/here.ts'
import { sheet } from '../../src/discord/sheet.ts'
import { supersedeMemory } from '../../src/story/edit/memory.ts'
import type { Head } from '../../src/story/head.ts'
import type { PlayerId } from '../../src/story/ref.ts'
import type { Remembered } from '../../src/turn/ports/timeline.ts'
import type { Change } from '../change.ts'
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

/** Takes a memory out of its owner's mind. */
export const forgetting = (head: Head, memory: Remembered, player: PlayerId, face: Face): Change => {
  const { forgotten, safe, field } = face.texts.memory
  const fields = [{ label: field.memory, words: memory.body }]
  return {
    decision: supersedeMemory(head.state, player, { memory, text: null }, face.newId),
    told: sheet(forgotten(nameIn(head, memory.owner, face)), fields, safe),
  }
}

/** The question was answered with yes. */
export const confirmForget: ButtonHandler = async (interaction, [id = ''], face) => {
  const { ref } = await storyHere(interaction, face)
  await changeMemories(
    interaction,
    ref,
    async (head) => forgetting(head, await memoryAt(interaction, head, id, face), interaction.user.id, face),
    face,
  )
}
