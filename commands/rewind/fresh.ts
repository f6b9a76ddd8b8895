import { MessageFlags } from 'discord.js'
import type { ButtonHandler } from '../../src/discord/command.ts'
import { ledHere } from '../../src/discord/here.ts'
import { tellRecap } from '../../src/discord/recap.ts'
import { subtext } from '../../src/discord/render.ts'
import { channelFor, openThread } from '../../src/discord/thread.ts'
import { UserFacingError } from '../../src/kit/errors.ts'

/** *Open a fresh thread*: the branch goes on there, with its last lines and nothing that is out of force. */
export const fresh: ButtonHandler = async (interaction, [story, branch], face) => {
  const { texts, branches, redraw } = face
  const head = await ledHere(interaction, face, texts.timelineNotYours)
  if (head.ref.story !== story || head.ref.branch !== branch)
    throw new UserFacingError('stale', texts.rewind.stale)
  const channel = channelFor(interaction, texts)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const title = head.words.get(head.state.premise?.title ?? '') ?? texts.start.untitled
  const thread = await openThread(channel, title, interaction.user.id, texts)
  await thread.send(subtext(texts.rewind.movedFrom(`<#${interaction.channelId}>`)))
  await tellRecap(thread, head, face)
  await branches.showIn(head.ref, thread.id, channel.id)
  await interaction.message.edit({
    content: subtext(texts.rewind.movedTo(thread.toString())),
    components: [],
  })
  await interaction.editReply(texts.rewind.freshOpened(thread.toString()))
  await redraw.answer(head)
}
