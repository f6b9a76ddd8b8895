import { type Attachment, MessageFlags } from 'discord.js'
import { introduceBranch } from '../../src/discord/branch-thread.ts'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { download } from '../../src/discord/download.ts'
import { calledHere } from '../../src/discord/moved.ts'
import { plain } from '../../src/discord/render.ts'
import { channelFor, openThread } from '../../src/discord/thread.ts'
import { SkeinError, UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { START_LIMITS } from '../../src/story/intent.ts'
import type { ImportedStory } from '../../src/turn/ports/stories.ts'

/** The largest file that is fetched: no larger one is read. */
const FILE_LIMIT = 25 * 2 ** 20

/** How much is shown of a file's name. */
const NAME_ROOM = 100

const fetchFile = async ({ url, size }: Attachment, { stories: words }: Texts): Promise<Uint8Array> => {
  const bytes = size > FILE_LIMIT ? 'too_large' : await download(url, FILE_LIMIT)
  if (bytes === 'too_large') throw new UserFacingError('file_too_large', words.tooLargeToRead(FILE_LIMIT))
  if (bytes === 'unreachable') throw new UserFacingError('file_unreachable', words.noDownload)
  return bytes
}

type Faults = Texts['bundle']['fault']

const isFault = (fault: unknown, faults: Faults): fault is keyof Faults =>
  typeof fault === 'string' && Object.hasOwn(faults, fault)

/** Takes the story in. Refused, in words, for a file that is none. */
const takeIn = async (bytes: Uint8Array, guild: string, { admin, texts }: Face): Promise<ImportedStory> => {
  try {
    return await admin.importStory(bytes, guild)
  } catch (error) {
    const { fault: faults } = texts.bundle
    if (!(error instanceof SkeinError) || !isFault(error.details.fault, faults)) throw error
    throw new UserFacingError('bundle_faulty', faults[error.details.fault], error.details, error)
  }
}

/** `/story import`: a story from a file, in a new thread. Its other branches wait for theirs. */
export const importStory: CommandHandler = async (interaction, face) => {
  const { admin, branches, texts } = face
  const file = interaction.options.getAttachment('file', true)
  const channel = channelFor(interaction, texts)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const imported = await takeIn(await fetchFile(file, texts), interaction.guildId, face)
  const title = imported.title ?? texts.start.untitled
  const opened = async () => {
    const thread = await openThread(channel, title, interaction.user.id, texts)
    await branches.showIn(imported.ref, thread.id, channel.id)
    return thread
  }
  // A story that is told nowhere could not be found again.
  const thread = await opened().catch(async (error: unknown) => {
    await admin.remove(imported.ref.story)
    throw error
  })
  const { turns, branches: count } = imported
  const shown = plain(title, START_LIMITS.title)
  await interaction.editReply(texts.stories.imported(shown, turns, count, thread.toString()))
  const line = texts.stories.importedFrom(calledHere(interaction), plain(file.name, NAME_ROOM))
  await introduceBranch(thread, imported.ref, line, face)
}
