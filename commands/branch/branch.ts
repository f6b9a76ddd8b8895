import {
  type AnyThreadChannel,
  type ChatInputCommandInteraction,
  type Interaction,
  MessageFlags,
  type ModalSubmitInteraction,
  type TextChannel,
} from 'discord.js'
import { freeBranchName, living, shownBranch } from '../../src/discord/branch-names.ts'
import {
  branchThreadName,
  goOnHere,
  introduceBranch,
  orWithout,
  showHere,
  tellThread,
} from '../../src/discord/branch-thread.ts'
import type { Face } from '../../src/discord/command.ts'
import { isInCharge, storyHere } from '../../src/discord/here.ts'
import { calledHere } from '../../src/discord/moved.ts'
import { channelFor, openThread } from '../../src/discord/thread.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { personaOf } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import type { Branch } from '../../src/turn/ports/timeline.ts'
import { stayed } from '../../src/turn/timeline.ts'

type Asked = ChatInputCommandInteraction<'cached'> | ModalSubmitInteraction<'cached'>

/** The story of this thread, for those who play in it or lead it. */
export const playedHere = async (interaction: Interaction<'cached'>, face: Face): Promise<Head> => {
  const head = await storyHere(interaction, face)
  if (!personaOf(head.state.cast, interaction.user.id) && !isInCharge(interaction, head))
    throw new UserFacingError('not_playing', face.texts.branch.notPlaying)
  return head
}

/** What is done here alone is for those who lead the story. */
export const demandCharge = (interaction: Interaction<'cached'>, head: Head, { texts }: Face): void => {
  if (!isInCharge(interaction, head)) throw new UserFacingError('not_in_charge', texts.branch.notYours)
}

/** The branch that this thread tells, among those of its story. */
export const branchOf = (branches: readonly Branch[], { branch }: StoryRef): Branch | undefined =>
  branches.find(({ ref }) => ref.branch === branch)

/** A branch to be. `turn`: after which it begins; without one, after the newest. */
export type Beginning = {
  readonly head: Head
  readonly turn: number | undefined
  readonly name: string
  readonly description: string
  readonly isHere: boolean
}

// The timeline looks again; this spares a thread that would be deleted at once.
const demandTurn = async ({ head, turn }: Beginning, { past, texts }: Face): Promise<void> => {
  const { number } = head.state.turn
  if (turn === undefined || turn === number || (await past.endOfTurn(head, turn))) return
  throw new UserFacingError('unknown_turn', texts.stays.unknown_turn)
}

/** Saves the branch. Gives its ref and the turn that it begins after; undefined where that was done before. */
const save = async (
  interaction: Asked,
  { head, turn, name, description }: Beginning,
  { timeline, newId, texts }: Face,
): Promise<{ readonly ref: StoryRef; readonly after: number } | undefined> => {
  const ref = { story: head.ref.story, branch: newId() }
  const branch = { id: ref.branch, author: interaction.user.id, name, description: description || null }
  const begun = await timeline.branch(head.ref, turn, branch, interaction.id)
  if (begun === 'duplicate') return undefined
  if (stayed(begun)) throw new UserFacingError(begun.stays, texts.stays[begun.stays])
  return { ref, after: begun.at.turn }
}

/** A branch, and the thread that tells it. */
export type Begun = { readonly ref: StoryRef; readonly thread: AnyThreadChannel }

const beginInThread = async (
  interaction: Asked,
  beginning: Beginning,
  channel: TextChannel,
  face: Face,
): Promise<Begun | undefined> => {
  const { branches, texts } = face
  const { head, name } = beginning
  const thread = await openThread(channel, branchThreadName(head, name, texts), interaction.user.id, texts)
  const saved = await orWithout(thread, async () => {
    const begun = await save(interaction, beginning, face)
    if (begun) await branches.showIn(begun.ref, thread.id, channel.id)
    else await thread.delete()
    return begun
  })
  if (!saved) return undefined
  const { ref, after } = saved
  const shown = shownBranch(await branches.list(ref.story), ref, texts)
  await interaction.editReply(texts.branch.created(shown, thread.toString()))
  const { leads, leftFrom } = texts.branch
  await tellThread(
    interaction.channelId ?? undefined,
    leads(calledHere(interaction), shown, after, thread.toString()),
    face,
  )
  await introduceBranch(thread, ref, leftFrom(shown, after, `<#${interaction.channelId}>`), face)
  return { ref, thread }
}

const beginHere = async (interaction: Asked, beginning: Beginning, face: Face): Promise<void> => {
  const { branches, texts } = face
  const saved = await save(interaction, beginning, face)
  if (!saved) return
  const { ref, after } = saved
  await showHere(interaction, beginning.head.ref, ref, face)
  const shown = shownBranch(await branches.list(ref.story), ref, texts)
  await interaction.editReply(texts.branch.createdHere(shown))
  await goOnHere(ref, texts.branch.beganHere(calledHere(interaction), shown, after), face)
}

/** Begins a branch: in a thread of its own, which it gives, or here. */
export const beginBranch = async (
  interaction: Asked,
  beginning: Beginning,
  face: Face,
): Promise<Begun | undefined> => {
  const { branches, texts } = face
  const { head, isHere } = beginning
  if (isHere) demandCharge(interaction, head, face)
  const name = freeBranchName(living(await branches.list(head.ref.story)), beginning.name, undefined, texts)
  await demandTurn(beginning, face)
  const channel = isHere ? undefined : channelFor(interaction, texts)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  if (channel) return beginInThread(interaction, { ...beginning, name }, channel, face)
  await beginHere(interaction, { ...beginning, name }, face)
  return undefined
}
