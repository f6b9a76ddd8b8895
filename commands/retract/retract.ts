import { MessageFlags } from 'discord.js'
import { threadWith } from '../../src/discord/branch-thread.ts'
import { type ButtonRow, button, row } from '../../src/discord/buttons.ts'
import type { ButtonHandler, Face, MessageCommand } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { eraseSaid } from '../../src/discord/edits.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'

/** The name of the button that takes a whisper back. */
export const RETRACT = 'retract'

/** Under the reply to a whisper, which nobody sees but who whispered. */
export const retractRow = (message: string, { retract: words }: Texts): ButtonRow =>
  row(button(words.button, customId(RETRACT, message)))

/** Whether a message in a channel shows what someone said, or is about to. */
const isSaid = async (channel: string, message: string, { engine, threads }: Face): Promise<boolean> => {
  if ((await threads.takenIn(channel, message, message)).length > 0) return true
  const ref = await threads.storyIn(channel)
  return ref !== undefined && engine.amend(ref, message, null)
}

/** Erases the words first: they are what has to go. Gives what is to be said of it. */
const takeBack = async (channel: string, message: string, face: Face): Promise<string> => {
  const { log, texts } = face
  await eraseSaid(channel, message, face)
  try {
    await (await threadWith(channel, face))?.messages.delete(message)
    return texts.retract.done
  } catch (error) {
    log.warn({ err: error, channel, message }, 'a message whose words were taken back is still there')
    return texts.retract.stays
  }
}

/** *Take back my words*: for messages of the bot that show what the one who asks said by a command. */
export const retractShown: MessageCommand['run'] = async (interaction, face) => {
  const { channelId, targetMessage: target, user } = interaction
  const isOwn = target.interactionMetadata?.user.id === user.id
  if (!isOwn || !(await isSaid(channelId, target.id, face)))
    throw new UserFacingError('not_yours', face.texts.retract.notYours)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await interaction.editReply(await takeBack(channelId, target.id, face))
}

/** *Take it back*, under the reply to a whisper. */
export const retractWhisper: ButtonHandler = async (interaction, [message = ''], face) => {
  await interaction.deferUpdate()
  const content = await takeBack(interaction.channelId, message, face)
  await interaction.editReply({ content, components: [] })
}
