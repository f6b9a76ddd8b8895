import { ApplicationCommandType, InteractionContextType, MessageFlags } from 'discord.js'
import type { Command, CommandHandler } from '../../src/discord/command.ts'
import { demandTold, inWords, storyHere } from '../../src/discord/here.ts'
import { en } from '../../src/locales/en.ts'
import { goOn } from '../../src/story/decide.ts'

/** `/continue`: the story goes on though nobody says anything. */
const run: CommandHandler = async (interaction, face) => {
  const { engine, newId, texts } = face
  const { ref } = await storyHere(interaction, face)
  await demandTold(ref, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const outcome = await engine.ask(
    ref,
    ({ state }) => goOn(state, interaction.user.id, newId),
    interaction.id,
  )
  if (outcome === 'duplicate') return
  await interaction.editReply(
    outcome === 'answered' ? texts.again.wentOn : inWords(texts.again.refused, outcome),
  )
}

export const proceed: Command = {
  data: {
    type: ApplicationCommandType.ChatInput,
    name: 'continue',
    description: en.command.continue,
    contexts: [InteractionContextType.Guild],
  },
  run,
}
