import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type ButtonInteraction,
  ButtonStyle,
  type ChatInputCommandInteraction,
  ComponentType,
  channelMention,
  type InteractionReplyOptions,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { renderLine } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { ListedStory } from '../../src/turn/ports.ts'

/** Ten entries of a line, its mark and a link stay below Discord's 2,000. */
const PAGE = 10
const LINE_LIMIT = 120

const entry = ({ head: { state }, channel, lastLine }: ListedStory, texts: Texts): string => {
  const line = lastLine ? renderLine(lastLine, LINE_LIMIT) : `-# ${texts.list.untold}`
  return `${texts.list.entry(channelMention(channel), state.turn.number)}\n${line}`
}

const pager = (page: number, pages: number, texts: Texts): APIActionRowComponent<APIButtonComponent>[] => {
  if (pages <= 1) return []
  const button = (label: string, to: number): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: customId('stories', to),
    disabled: to < 0 || to >= pages,
  })
  return [
    {
      type: ComponentType.ActionRow,
      components: [button(texts.list.newer, page - 1), button(texts.list.older, page + 1)],
    },
  ]
}

type Reader = ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>

// A thread is as visible as its channel: nobody reads here what they could not read there.
const readableChannels = ({ guild, member }: Reader): string[] =>
  guild.channels.cache
    .filter((channel) => channel.permissionsFor(member).has(PermissionFlagsBits.ViewChannel))
    .map(({ id }) => id)

const pageOf = async (
  reader: Reader,
  wanted: number,
  { stories, texts }: Face,
): Promise<Pick<InteractionReplyOptions, 'content' | 'components'>> => {
  const channels = readableChannels(reader)
  const count = await stories.count(channels)
  if (count === 0) return { content: texts.list.empty, components: [] }
  const pages = Math.ceil(count / PAGE)
  const page = Math.min(Math.max(wanted, 0), pages - 1)
  const entries = await stories.page(channels, page * PAGE, PAGE)
  return {
    content: [texts.list.heading(count), ...entries.map((story) => entry(story, texts))].join('\n\n'),
    components: pager(page, pages, texts),
  }
}

/** `/story list`: the stories of this server with their last lines, the ones told last first. */
export const list: CommandHandler = async (interaction, face) => {
  await interaction.reply({
    ...(await pageOf(interaction, 0, face)),
    flags: MessageFlags.Ephemeral,
  })
}

/** The buttons under the list. */
export const listPage: ButtonHandler = async (interaction, [page], face) => {
  const { content = '', components = [] } = await pageOf(interaction, Number(page), face)
  await interaction.update({ content, components })
}
