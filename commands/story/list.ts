import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  channelMention,
  type InteractionEditReplyOptions,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js'
import { titleOf } from '../../src/discord/branch-thread.ts'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { goneAmong } from '../../src/discord/gone.ts'
import { isInCharge } from '../../src/discord/here.ts'
import { pageIn, pager } from '../../src/discord/pager.ts'
import { plain, renderLine, subtext } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { ListedStory } from '../../src/turn/ports.ts'
import { reopenRow } from './reopen.ts'

/** Ten entries of a title, its marks and a line stay below Discord's 2,000. */
const PAGE = 10
const TITLE_LIMIT = 40
const LINE_LIMIT = 80

type Gone = ReadonlySet<string>

const entry = ({ head, channel, branches, lastLine }: ListedStory, gone: Gone, texts: Texts): string => {
  const place = gone.has(channel)
    ? `**${plain(titleOf(head, texts), TITLE_LIMIT)}**`
    : channelMention(channel)
  const about = texts.list.entry(place, head.state.turn.number, branches)
  const first = gone.has(channel) ? `${about} · ${texts.list.threadDeleted}` : about
  return `${first}\n${lastLine ? renderLine(lastLine, LINE_LIMIT) : subtext(texts.list.untold)}`
}

type Reader = ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>

// A thread is as visible as its channel: nobody reads here what they could not read there. Who may have seen a channel
// that is gone can no longer be told, so what was told there is for those who manage the server.
const isReadable = ({ guild, member }: Reader, parent: string): boolean => {
  const channel = guild.channels.cache.get(parent)
  return channel
    ? channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel)
    : member.permissions.has(PermissionFlagsBits.ManageGuild)
}

const pageOf = async (
  reader: Reader,
  wanted: number,
  { stories, texts }: Face,
): Promise<Pick<InteractionEditReplyOptions, 'content' | 'components'>> => {
  const channels = (await stories.parents(reader.guildId)).filter((parent) => isReadable(reader, parent))
  const count = await stories.count(channels)
  if (count === 0) return { content: texts.list.empty, components: [] }
  const pages = Math.ceil(count / PAGE)
  const page = Math.min(Math.max(wanted, 0), pages - 1)
  const listed = await stories.page(channels, page * PAGE, PAGE)
  const gone = await goneAmong(
    listed.map(({ channel }) => channel),
    reader.guild,
  )
  const lost = listed.filter(({ channel }) => gone.has(channel))
  const led = lost.filter(({ head }) => isInCharge(reader, head))
  const content = [
    texts.list.heading(count),
    ...listed.map((story) => entry(story, gone, texts)),
    ...(led.length < lost.length ? [subtext(texts.list.askForThread)] : []),
  ]
  return {
    content: content.join('\n\n'),
    components: [
      ...reopenRow(led, texts),
      ...pager(page, page + 1 < pages, (to) => customId('stories', to), texts),
    ],
  }
}

/** `/story list`: the stories of this server with their last lines, the ones told last first. */
export const list: CommandHandler = async (interaction, face) => {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await interaction.editReply(await pageOf(interaction, 0, face))
}

/** The buttons under the list. */
export const listPage: ButtonHandler = async (interaction, [page], face) => {
  await interaction.deferUpdate()
  await interaction.editReply(await pageOf(interaction, pageIn(page), face))
}
