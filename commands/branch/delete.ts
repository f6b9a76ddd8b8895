import { type Interaction, MessageFlags } from 'discord.js'
import { branchNamed, branchWith, shownBranch } from '../../src/discord/branch-names.ts'
import { tellThread, threadWith } from '../../src/discord/branch-thread.ts'
import { button, confirmRow, row } from '../../src/discord/buttons.ts'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { storyHere } from '../../src/discord/here.ts'
import { calledHere } from '../../src/discord/moved.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Head } from '../../src/story/head.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import type { Branch } from '../../src/turn/ports/timeline.ts'
import { branchOf, demandCharge } from './branch.ts'

/** The story of this thread with all of its branches, for those who lead it. */
const led = async (interaction: Interaction<'cached'>, face: Face) => {
  const head = await storyHere(interaction, face)
  demandCharge(interaction, head, face)
  return { head, all: await face.branches.list(head.ref.story) }
}

const demandDeletable = ({ ref }: Branch, head: Head, { texts: { branch: words } }: Face): void => {
  if (ref.branch === ROOT_BRANCH) throw new UserFacingError('root_stays', words.rootStays)
  if (ref.branch === head.ref.branch) throw new UserFacingError('branch_in_use', words.shownHere)
}

/** `/branch delete`: asks. */
export const remove: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const { head, all } = await led(interaction, face)
  const target = branchNamed(all, interaction.options.getString('branch', true), texts)
  demandDeletable(target, head, face)
  const { askDelete, deleteButton } = texts.branch
  await interaction.reply({
    content: askDelete(shownBranch(all, target.ref, texts)),
    components: [confirmRow(deleteButton, customId('branch-delete', target.ref.branch), texts)],
    flags: MessageFlags.Ephemeral,
  })
}

/** The question was answered with yes. */
export const confirmRemoval: ButtonHandler = async (interaction, [id], face) => {
  const { engine, branches, texts } = face
  const { head, all } = await led(interaction, face)
  const target = branchWith(all, id, texts)
  demandDeletable(target, head, face)
  const { ref, thread = '' } = target
  await interaction.deferUpdate()
  await engine.alone(ref, () => branches.remove(ref))
  const shown = shownBranch(all, ref, texts)
  const { isDeleted, threadFreed, undo } = texts.branch
  await interaction.editReply({
    content: isDeleted(shown),
    components: [row(button(undo, customId('branch-restore', ref.branch, thread)))],
  })
  await tellThread(thread || undefined, threadFreed(calledHere(interaction), shown), face)
}

/** Shows a branch where it was told before, if nothing else is told there by now. */
const showAgain = async ({ ref }: Branch, channel: string, face: Face): Promise<string | undefined> => {
  const { branches, threads } = face
  const thread = channel === '' ? undefined : await threadWith(channel, face)
  if (!thread?.parentId || (await threads.storyIn(channel))) return undefined
  await branches.showIn(ref, channel, thread.parentId)
  return channel
}

/** *Undo* under the reply to a deletion. */
export const undoRemoval: ButtonHandler = async (interaction, [id = '', channel = ''], face) => {
  const { branches, threads, texts } = face
  const { head, all } = await led(interaction, face)
  const target = branchOf(all, { ...head.ref, branch: id })
  if (!target) throw new UserFacingError('branch_gone', texts.branch.gone)
  await interaction.deferUpdate()
  await branches.restore(target.ref)
  const there = target.isDeleted ? await showAgain(target, channel, face) : target.thread
  const shown = shownBranch(await branches.list(target.ref.story), target.ref, texts)
  await interaction.editReply({
    content: texts.branch.isBack(shown, there && `<#${there}>`),
    components: [],
  })
  if (!target.isDeleted || there === undefined) return
  const line = await tellThread(there, texts.branch.threadBack(calledHere(interaction), shown), face)
  if (line) await threads.passOver(there, line)
}
