import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { demandTold, ledHere } from '../../src/discord/here.ts'
import { SkeinError } from '../../src/kit/errors.ts'
import { turnModes } from '../../src/story/settings.ts'
import { calling } from '../../src/turn/gather.ts'

/** `/turn mode`: a turn that gathers what players say in another way is answered as it is. */
export const mode: CommandHandler = async (interaction, face) => {
  const { engine, settings, texts } = face
  const { options, user } = interaction
  const { ref } = await ledHere(interaction, face, texts.turns.notYours)
  const turns = turnModes.find((one) => one === options.getString('mode', true))
  // A turn that gathers may be answered by it.
  await demandTold(ref, face)
  if (!turns) throw new SkeinError('unknown_turn_mode', 'no such way to take turns')
  const roundMinutes = options.getInteger('minutes')
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const before = (await settings.of(ref.story))?.story.turns
  const patch = { turns, ...(roundMinutes === null ? {} : { roundMinutes }) }
  const after = await settings.changeStory(ref.story, patch, user.id)
  await interaction.editReply(texts.turns.is(after.turns, after.roundMinutes))
  if (before !== after.turns) await engine.ask(ref, calling(user.id, face), interaction.id)
  // What a round waits for is looked at anew after whatever is done alone.
  else await engine.alone(ref, async () => {})
}
