import { type Interaction, MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { turnIn } from '../../src/discord/controls.ts'
import { demandTold, inWords, playedHere } from '../../src/discord/here.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import { calling } from '../../src/turn/gather.ts'

/** The story of this thread, for those who play in it, while it can be told. */
const toldHere = async (interaction: Interaction<'cached'>, face: Face): Promise<StoryRef> => {
  const { ref } = await playedHere(interaction, face, face.texts.turns.notPlaying)
  await demandTold(ref, face)
  return ref
}

/** `/turn go`. */
export const go: CommandHandler = async (interaction, face) => {
  const { engine, texts } = face
  const ref = await toldHere(interaction, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const outcome = await engine.ask(ref, calling(interaction.user.id, face), interaction.id)
  if (outcome === 'duplicate') return
  await interaction.editReply(
    typeof outcome === 'object'
      ? inWords(texts.turns.refused, outcome)
      : outcome === 'answered'
        ? texts.turns.went
        : texts.turns.unanswered,
  )
}

/** *Answer now*, under the line that says for whom a round waits. */
export const goPressed: ButtonHandler = async (interaction, args, face) => {
  const { turn } = turnIn(args)
  const ref = await toldHere(interaction, face)
  await interaction.deferUpdate()
  const outcome = await face.engine.ask(ref, calling(interaction.user.id, face, turn), interaction.id)
  if (typeof outcome === 'object')
    await interaction.followUp({
      content: inWords(face.texts.turns.refused, outcome),
      flags: MessageFlags.Ephemeral,
    })
}
