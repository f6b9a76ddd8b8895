import { channelMention, MessageFlags } from 'discord.js'
import { branchNamed, shownBranch } from '../../src/discord/branch-names.ts'
import {
  branchThreadName,
  goOnHere,
  introduceBranch,
  orWithout,
  showHere,
  tellThread,
} from '../../src/discord/branch-thread.ts'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { isGone } from '../../src/discord/gone.ts'
import { calledHere } from '../../src/discord/moved.ts'
import { channelFor, openThread } from '../../src/discord/thread.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Head } from '../../src/story/head.ts'
import type { Branch } from '../../src/turn/ports/timeline.ts'
import { demandCharge, playedHere } from './branch.ts'

type Asked = Parameters<CommandHandler>[0]

type Way = { readonly head: Head; readonly target: Branch; readonly shown: string }

/** The branch has no thread: it gets one. */
const openFor = async (interaction: Asked, { head, target, shown }: Way, face: Face): Promise<void> => {
  const { branches, texts } = face
  const channel = channelFor(interaction, texts)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const name = branchThreadName(head, shown, texts)
  const thread = await openThread(channel, name, interaction.user.id, texts)
  await orWithout(thread, () => branches.showIn(target.ref, thread.id, channel.id))
  const { opened, opens, shownAgain } = texts.branch
  await interaction.editReply(opened(shown, thread.toString()))
  await tellThread(interaction.channelId, opens(calledHere(interaction), shown, thread.toString()), face)
  await introduceBranch(thread, target.ref, shownAgain(shown, `<#${interaction.channelId}>`), face)
}

/** This thread goes on with the branch: neither is told anywhere else any more. */
const goHere = async (interaction: Asked, { head, target, shown }: Way, face: Face): Promise<void> => {
  const { texts } = face
  demandCharge(interaction, head, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await showHere(interaction, head.ref, target.ref, face)
  await interaction.editReply(texts.branch.switched(shown))
  await tellThread(target.thread, texts.branch.movedAway(shown, `<#${interaction.channelId}>`), face)
  await goOnHere(target.ref, texts.branch.switchedHere(calledHere(interaction), shown), face)
}

/** `/branch switch`: says where a branch is told, opens a thread for one that is told nowhere, or goes there here. */
export const switchTo: CommandHandler = async (interaction, face) => {
  const { branches, texts } = face
  const head = await playedHere(interaction, face)
  const all = await branches.list(head.ref.story)
  const target = branchNamed(all, interaction.options.getString('branch', true), texts)
  const shown = shownBranch(all, target.ref, texts)
  if (target.ref.branch === head.ref.branch)
    throw new UserFacingError('already_here', texts.branch.alreadyHere(shown))
  if (interaction.options.getBoolean('here')) return goHere(interaction, { head, target, shown }, face)
  const { thread } = target
  if (thread === undefined || (await isGone(thread, face.client)))
    return openFor(interaction, { head, target, shown }, face)
  await interaction.reply({
    content: texts.branch.isIn(shown, channelMention(thread)),
    flags: MessageFlags.Ephemeral,
  })
}
