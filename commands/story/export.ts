import { MessageFlags } from 'discord.js'
import { titleOf } from '../../src/discord/branch-thread.ts'
import type { CommandHandler } from '../../src/discord/command.ts'
import { ledHere } from '../../src/discord/here.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { shorten } from '../../src/kit/text.ts'
import { START_LIMITS } from '../../src/story/intent.ts'

const EXTENSION = '.skein'

/** A title as a file can be called, on any system. */
export const fileName = (title: string, fallback: string): string => {
  const stem = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/^[. ]+|[. ]+$/gu, '')
  return `${shorten(stem || fallback, START_LIMITS.title)}${EXTENSION}`
}

/** `/story export`: the story with all of its branches, as a file for whoever asked. */
export const exportStory: CommandHandler = async (interaction, face) => {
  const { admin, texts } = face
  const head = await ledHere(interaction, face, texts.stories.notYours)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const bytes = await admin.exportStory(head.ref.story)
  if (!bytes) throw new UserFacingError('story_gone', texts.stories.gone)
  const limit = interaction.attachmentSizeLimit
  if (bytes.length > limit)
    throw new UserFacingError('file_too_large', texts.stories.tooLargeToSend(bytes.length, limit))
  const title = titleOf(head, texts)
  await interaction.editReply({
    content: texts.stories.exported(plain(title, START_LIMITS.title), bytes.length),
    files: [{ attachment: Buffer.from(bytes), name: fileName(title, texts.start.untitled) }],
  })
}
