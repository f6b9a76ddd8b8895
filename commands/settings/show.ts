import { MessageFlags } from 'discord.js'
import type { CommandHandler, Face } from '../../src/discord/command.ts'
import { subtext } from '../../src/discord/render.ts'
import { zoneOf } from '../../src/discord/zone.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { ServerSettings, StorySettings } from '../../src/story/settings.ts'

/** What is set for a server, as people read it. */
export const serverFields = (server: ServerSettings, { settings: words }: Texts) => ({
  zone: zoneOf(server),
  segmenter: server.segments ? words.segmented : words.unsegmented,
})

/** What is set for a story, as people read it. */
export const storyFields = (
  { mode, maxTokens, recalled }: Pick<StorySettings, 'mode' | 'maxTokens' | 'recalled'>,
  { settings: words }: Texts,
) => ({
  writing: words.writing[mode ?? 'usual'],
  length: maxTokens === null ? words.writing.usual : words.tokens(maxTokens),
  recalled: recalled === null ? words.writing.usual : words.memories(recalled),
})

/** What holds on a server, and where it comes from; in the thread of a story for that story, too. */
export const settingsSheet = (
  server: ServerSettings,
  story: StorySettings | undefined,
  { texts, usual }: Pick<Face, 'texts' | 'usual'>,
): string => {
  const { field, from, ...words } = texts.settings
  const { zone, segmenter } = serverFields(server, texts)
  const rows = [
    words.ofServer,
    words.entry(field.zone, zone, server.zone === null ? from.machine : from.server),
    words.entry(field.segmenter, segmenter, server.segments ? from.server : from.usual),
  ]
  if (!story) return [...rows, subtext(words.elsewhere)].join('\n')
  const { mode, maxTokens, recalled } = story
  const held = storyFields(
    {
      mode: mode ?? usual.mode,
      maxTokens: maxTokens ?? usual.maxTokens,
      recalled: recalled ?? usual.recalled,
    },
    texts,
  )
  const where = (value: unknown) => (value === null ? from.usual : from.story)
  return [
    ...rows,
    words.ofStory,
    words.entry(field.writing, held.writing, where(mode)),
    words.entry(field.length, held.length, where(maxTokens)),
    words.entry(field.recalled, held.recalled, where(recalled)),
  ].join('\n')
}

/** `/settings show`. */
export const show: CommandHandler = async (interaction, face) => {
  const { settings, threads } = face
  const ref = await threads.storyIn(interaction.channelId)
  const found = ref && (await settings.of(ref.story))
  const server = found?.server ?? (await settings.ofServer(interaction.guildId))
  await interaction.reply({
    content: settingsSheet(server, found?.story, face),
    flags: MessageFlags.Ephemeral,
  })
}
