import { MessageFlags } from 'discord.js'
import type { CommandHandler } from '../../src/discord/command.ts'
import { ledHere } from '../../src/discord/here.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import { ANSWER_LENGTHS, type StorySettings } from '../../src/story/settings.ts'
import { kindIn } from '../options.ts'
import { changedWords } from './changed.ts'
import { storyFields } from './show.ts'

/** What stands for as usual, where leaving an option out means to leave what it sets as it is. */
const USUAL = 0
const USUALLY_RECALLED = -1

/** `/settings story`: what is left out stays as it is. */
export const story: CommandHandler = async (interaction, face) => {
  const { settings, texts } = face
  const { options, user } = interaction
  const { ref } = await ledHere(interaction, face, texts.settings.notYours)
  const writing = kindIn(texts.settings.writing, options.getString('writing'))
  const length = options.getInteger('length')
  const recalled = options.getInteger('recall')
  if (writing === undefined && length === null && recalled === null)
    throw new UserFacingError('nothing_said', texts.settings.nothingSaid)
  if (length !== null && length !== USUAL && length < ANSWER_LENGTHS.least)
    throw new UserFacingError('too_short', texts.settings.badLength(length))

  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  const patch: Partial<StorySettings> = {
    ...(writing === undefined ? {} : { mode: writing === 'usual' ? null : writing }),
    ...(length === null ? {} : { maxTokens: length === USUAL ? null : length }),
    ...(recalled === null ? {} : { recalled: recalled === USUALLY_RECALLED ? null : recalled }),
  }
  const before = await settings.of(ref.story)
  const after = await settings.changeStory(ref.story, patch, user.id)
  await interaction.editReply(
    changedWords((of) => storyFields(of, texts), before?.story ?? after, after, texts),
  )
}
