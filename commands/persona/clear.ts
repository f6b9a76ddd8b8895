import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { inWords, storyHere } from '../../src/discord/here.ts'
import { plain } from '../../src/discord/render.ts'
import { NAME_LIMIT } from '../../src/story/cast.ts'
import { clearPersona } from '../../src/story/edit/people.ts'

/** `/persona clear`: at the next message one plays under the name that Discord shows. */
export const clear: CommandHandler = async (interaction, face) => {
  const { engine, newId, texts } = face
  const { ref } = await storyHere(interaction, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const player = interaction.user.id
  const outcome = await engine.edit(
    ref,
    ({ state }) => clearPersona(state, player, { player }, newId),
    interaction.id,
  )
  if (outcome === 'duplicate') return
  await interaction.editReply(
    outcome === 'edited'
      ? texts.persona.cleared(plain(interaction.member.displayName, NAME_LIMIT))
      : inWords(texts.persona.refused, outcome),
  )
}
