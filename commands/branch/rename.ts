import { MessageFlags } from 'discord.js'
import {
  branchNamed,
  freeBranchName,
  knownBranches,
  living,
  shownBranch,
} from '../../src/discord/branch-names.ts'
import { branchThreadName, threadWith } from '../../src/discord/branch-thread.ts'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { labelOf } from '../../src/discord/names.ts'
import { demandCharge } from './branch.ts'

// Discord lets a thread be renamed twice in ten minutes: nobody waits for that.
const renameThread = async (channel: string | undefined, name: string, face: Face): Promise<void> => {
  try {
    const thread = await threadWith(channel, face)
    await thread?.setName(name)
  } catch (error) {
    face.log.warn({ err: error, channel }, 'a thread could not be renamed')
  }
}

/** `/branch rename`: another name, another description, or both. */
export const rename: CommandHandler = async (interaction, face) => {
  const { branches, texts } = face
  const { options, user } = interaction
  const head = await storyHere(interaction, face)
  demandCharge(interaction, head, face)
  const all = living(await branches.list(head.ref.story))
  const { ref, description, thread } = branchNamed(all, options.getString('branch', true), texts)
  const before = shownBranch(all, ref, texts)
  const name = freeBranchName(all, options.getString('name', true), ref.branch, texts)
  const written = options.getString('description')?.trim()
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await branches.rename(ref, user.id, name, written ?? description ?? null)
  const after = shownBranch(await branches.list(ref.story), ref, texts)
  await interaction.editReply(
    labelOf(knownBranches(all, texts), ref.branch) === name
      ? texts.branch.described(after)
      : texts.branch.renamed(before, after),
  )
  void renameThread(thread, branchThreadName(head, name, texts), face)
}
