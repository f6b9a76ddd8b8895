import { type Interaction, MessageFlags, PermissionFlagsBits } from 'discord.js'
import { branchWith, living } from '../../src/discord/branch-names.ts'
import { threadWith, titleOf } from '../../src/discord/branch-thread.ts'
import { type ButtonRow, button, row } from '../../src/discord/buttons.ts'
import type { ButtonHandler, CommandHandler, Face, ModalHandler } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { writtenIn } from '../../src/discord/form.ts'
import { storyHere } from '../../src/discord/here.ts'
import { calledHere } from '../../src/discord/moved.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { isSameName } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import { START_LIMITS } from '../../src/story/intent.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import { nameForm } from '../name-form.ts'

const isAdmin = ({ memberPermissions }: Interaction<'cached'>): boolean =>
  memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true

/** The story of this thread, for whoever started it and for those who manage the server. */
const deletable = async (interaction: Interaction<'cached'>, face: Face): Promise<Head> => {
  const head = await storyHere(interaction, face)
  if (interaction.user.id !== head.state.premise?.author && !isAdmin(interaction))
    throw new UserFacingError('not_yours', face.texts.stories.notYoursToDelete)
  return head
}

/** `/story delete`: asks for the title, so that nobody does this in passing. */
export const remove: CommandHandler = async (interaction, face) => {
  const { texts } = face
  const head = await deletable(interaction, face)
  await interaction.showModal(
    nameForm({
      id: customId('story-delete', head.ref.story),
      title: texts.stories.deleteHeading,
      label: texts.stories.deleteConfirm,
      name: titleOf(head, texts),
      limit: START_LIMITS.title,
    }),
  )
}

const restoreRow = ({ story, branch }: StoryRef, { texts }: Face): ButtonRow =>
  row(button(texts.stories.restore, customId('story-restore', story, branch)))

/** The title was typed: where it is the right one, the story is hidden, and its threads are told. */
export const confirmRemoval: ModalHandler = async (interaction, [story], face) => {
  const { admin, branches, log, texts } = face
  const head = await deletable(interaction, face)
  if (head.ref.story !== story) throw new UserFacingError('stale', texts.branch.elsewhere)
  const title = titleOf(head, texts)
  const shown = plain(title, START_LIMITS.title)
  const typed = writtenIn(interaction, 'name')
  if (!isSameName(typed, title))
    throw new UserFacingError(
      'wrong_title',
      texts.stories.wrongTitle(plain(typed, START_LIMITS.title), shown),
    )
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const told = living(await branches.list(story))
  await admin.remove(story)
  await interaction.editReply(texts.stories.deleted(shown))
  const content = subtext(texts.stories.deletedLine(calledHere(interaction)))
  for (const { ref, thread: channel } of told) {
    const thread = await threadWith(channel, face)
    await thread
      ?.send({ content, components: [restoreRow(ref, face)] })
      .catch((error: unknown) => log.warn({ err: error, channel }, 'a thread could not be told'))
  }
}

/** *Bring it back*, in a thread that a deleted story left: the story is there again, and this branch is told here. */
export const restore: ButtonHandler = async (interaction, [story = '', branch], face) => {
  const { admin, branches, threads, texts } = face
  if (!isAdmin(interaction)) throw new UserFacingError('not_an_admin', texts.stories.adminsOnly)
  const { channel, channelId } = interaction
  const parent = channel?.isThread() ? channel.parentId : null
  const { ref } = branchWith(await branches.list(story), branch, texts)
  if (parent === null || (await threads.storyIn(channelId)))
    throw new UserFacingError('thread_taken', texts.stories.threadTaken)
  await interaction.deferUpdate()
  await admin.restore(story)
  await branches.showIn(ref, channelId, parent)
  // Nothing that was said here in between belongs to the story.
  const line = subtext(texts.stories.restoredLine(calledHere(interaction)))
  const { id } = await interaction.followUp(line)
  await threads.passOver(channelId, id)
  await interaction.editReply({ components: [] })
}
