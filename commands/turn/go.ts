import { type Interaction, MessageFlags } from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { turnIn } from '../../src/discord/controls.ts'
import { demandTold, inWords, isInCharge, storyHere } from '../../src/discord/here.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { personaOf } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import { calling } from '../../src/turn/gather.ts'

/** The story of this thread, for those who play in it. */
const playedHere = async (interaction: Interaction<'cached'>, face: Face): Promise<Head> => {
  const head = await storyHere(interaction, face)
  await demandTold(head.ref, face)
  if (!personaOf(head.state.cast, interaction.user.id) && !isInCharge(interaction, head))
    throw new UserFacingError('not_playing', face.texts.turns.notPlaying)
  return head
}

/** `/turn go`. */
export const go: CommandHandler = async (interaction, face) => {
  const { engine, texts } = face
  const { ref } = await playedHere(interaction, face)
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
  const { ref } = await playedHere(interaction, face)
  await interaction.deferUpdate()
  const outcome = await face.engine.ask(ref, calling(interaction.user.id, face, turn), interaction.id)
  if (typeof outcome === 'object')
    await interaction.followUp({
      content: inWords(face.texts.turns.refused, outcome),
      flags: MessageFlags.Ephemeral,
    })
}
