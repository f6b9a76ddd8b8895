import { MessageFlags } from 'discord.js'
import { introduceBranch, moveTo, orWithout, titleOf } from '../../src/discord/branch-thread.ts'
import type { ButtonHandler } from '../../src/discord/command.ts'
import { subtext } from '../../src/discord/render.ts'
import { channelFor, openThread } from '../../src/discord/thread.ts'
import { headFor } from './confirm.ts'

/** *Open a fresh thread*: the branch goes on there, with its last lines and nothing that is out of force. */
export const fresh: ButtonHandler = async (interaction, args, face) => {
  const { texts } = face
  const head = await headFor(interaction, args, face)
  const channel = channelFor(interaction, texts)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const thread = await openThread(channel, titleOf(head, texts), interaction.user.id, texts)
  await orWithout(thread, () => moveTo(head.ref, thread.id, channel.id, face))
  await interaction.message.edit({
    content: subtext(texts.rewind.movedTo(thread.toString())),
    components: [],
  })
  await interaction.editReply(texts.rewind.freshOpened(thread.toString()))
  await introduceBranch(thread, head.ref, texts.rewind.movedFrom(`<#${interaction.channelId}>`), face)
}
