import { MessageFlags } from 'discord.js'
import type { Command, CommandHandler } from '../../src/discord/command.ts'
import { demandTold, inWords, storyHere } from '../../src/discord/here.ts'
import { en } from '../../src/locales/en.ts'
import { goOn } from '../../src/story/decide.ts'
import { slash } from '../slash.ts'

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
    typeof outcome === 'object'
      ? inWords(texts.again.refused, outcome)
      : outcome === 'answered'
        ? texts.again.wentOn
        : texts.again.failed,
  )
}

export const proceed: Command = {
  data: slash('continue', en.command.continue),
  run,
}
