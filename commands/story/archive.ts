import { type Interaction, MessageFlags } from 'discord.js'
import { living } from '../../src/discord/branch-names.ts'
import { tellThread, threadWith, titleOf } from '../../src/discord/branch-thread.ts'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { ledHere } from '../../src/discord/here.ts'
import { calledHere } from '../../src/discord/moved.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { START_LIMITS } from '../../src/story/intent.ts'

/** The threads that tell a story's branches. */
const threadsOf = async (story: string, { branches }: Pick<Face, 'branches'>): Promise<string[]> =>
  living(await branches.list(story)).flatMap(({ thread }) => (thread === undefined ? [] : [thread]))

const shownTitle = (...[head, texts]: Parameters<typeof titleOf>): string =>
  plain(titleOf(head, texts), START_LIMITS.title)

const ledStory = (interaction: Interaction<'cached'>, face: Face) =>
  ledHere(interaction, face, face.texts.stories.notYours)

/** `/story archive`: takes in nothing more, and its threads go to rest. */
export const archive: CommandHandler = async (interaction, face) => {
  const { admin, log, texts } = face
  const head = await ledStory(interaction, face)
  const { story } = head.ref
  if (await admin.isArchived(story))
    throw new UserFacingError('already_archived', texts.stories.alreadyArchived)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await admin.archive(story)
  await interaction.editReply(texts.stories.archived(shownTitle(head, texts)))
  for (const channel of await threadsOf(story, face)) {
    await tellThread(channel, texts.stories.archivedLine(calledHere(interaction)), face)
    const thread = await threadWith(channel, face)
    await thread
      ?.setArchived(true)
      .catch((error: unknown) => log.warn({ err: error, channel }, 'a thread could not be archived'))
  }
}

/** `/story unarchive`: goes on where it stood. Its threads wake as they are told. */
export const unarchive: CommandHandler = async (interaction, face) => {
  const { admin, texts } = face
  const head = await ledStory(interaction, face)
  const { story } = head.ref
  if (!(await admin.isArchived(story))) throw new UserFacingError('not_archived', texts.stories.notArchived)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await admin.unarchive(story)
  await interaction.editReply(texts.stories.unarchived(shownTitle(head, texts)))
  for (const channel of await threadsOf(story, face))
    await tellThread(channel, texts.stories.unarchivedLine(calledHere(interaction)), face)
}
