import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { gatheringWords } from '../../src/discord/gathering.ts'
import { storyHere } from '../../src/discord/here.ts'
import { StorySettings } from '../../src/story/settings.ts'

/** `/turn show`. */
export const show: CommandHandler = async (interaction, face) => {
  const { settings, texts } = face
  const head = await storyHere(interaction, face)
  const { turns, roundMinutes } = (await settings.of(head.ref.story))?.story ?? StorySettings.parse({})
  const rows = [
    texts.turns.is(turns, roundMinutes),
    ...(head.state.turn.phase === 'gathering' ? [await gatheringWords(head, face)] : []),
  ]
  await interaction.reply({ content: rows.join('\n'), flags: MessageFlags.Ephemeral })
}
