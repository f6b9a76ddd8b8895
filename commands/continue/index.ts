import { MessageFlags } from 'discord.js'
import type { Command, CommandHandler } from '../../src/discord/command.ts'
import { againRefused } from '../../src/discord/gathering.ts'
import { demandTold, storyHere } from '../../src/discord/here.ts'
import { suggestVoice, voiceNamed } from '../../src/discord/voices.ts'
import { en } from '../../src/locales/en.ts'
import { goOn } from '../../src/story/decide.ts'
import { namedOption } from '../options.ts'
import { slash } from '../slash.ts'

/** `/continue`: the story goes on though nobody says anything, with whoever is chosen. */
const run: CommandHandler = async (interaction, face) => {
  const { engine, newId, texts } = face
  const head = await storyHere(interaction, face)
  const { ref } = head
  await demandTold(ref, face)
  const speaker = voiceNamed(head, interaction.options.getString('speaker'), texts)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const outcome = await engine.ask(
    ref,
    ({ state }) => goOn(state, interaction.user.id, newId, speaker),
    interaction.id,
  )
  if (outcome === 'duplicate') return
  await interaction.editReply(
    typeof outcome === 'object'
      ? await againRefused(ref, outcome, face)
      : outcome === 'answered'
        ? texts.again.wentOn
        : texts.again.failed,
  )
}

export const proceed: Command = {
  data: slash('continue', en.command.continue, [namedOption('speaker', en.turns.continueSpeaker)]),
  run,
  autocomplete: { speaker: suggestVoice },
}
