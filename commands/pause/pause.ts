import { ButtonStyle, MessageFlags } from 'discord.js'
import { tellThread, threadWith } from '../../src/discord/branch-thread.ts'
import { type ButtonRow, button, row } from '../../src/discord/buttons.ts'
import type { ButtonHandler, CommandHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { isInCharge, storyHere } from '../../src/discord/here.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'

const wayOn = ({ pause: words }: Texts): ButtonRow =>
  row(
    button(words.rewind, customId('pause-rewind')),
    button(words.goOn, customId('unpause'), { style: ButtonStyle.Primary }),
  )

/**
 * `/pause`: for everyone in the thread, at once. The notice is a message of its own: a reply to a command would show
 * who ran it.
 */
export const pauseStory: CommandHandler = async (interaction, face) => {
  const { pauses, texts } = face
  const { ref } = await storyHere(interaction, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  if (!(await pauses.begin(ref.story, interaction.user.id))) {
    await interaction.editReply({ content: texts.pause.already, components: [wayOn(texts)] })
    return
  }
  const thread = await threadWith(interaction.channelId, face)
  await thread?.send({ content: texts.pause.notice, components: [wayOn(texts)] })
  await interaction.editReply(texts.pause.done)
}

/** *Go on*: for whoever paused the story, and those who lead it. */
export const goOn: ButtonHandler = async (interaction, _args, face) => {
  const { pauses, settings, texts } = face
  const { pause: words } = texts
  const head = await storyHere(interaction, face)
  const { story } = head.ref
  const by = (await settings.of(story))?.story.pausedBy ?? null
  if (by !== null && by !== interaction.user.id && !isInCharge(interaction, head))
    throw new UserFacingError('not_yours', words.notYours)
  await interaction.update({ components: [] })
  if (!(await pauses.end(story, interaction.user.id)))
    throw new UserFacingError('not_paused', words.notPaused)
  await tellThread(interaction.channelId, words.over, face)
}
