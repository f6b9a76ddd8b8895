import {
  type APIActionRowComponent,
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
  type Interaction,
  type InteractionReplyOptions,
  MessageFlags,
  TimestampStyles,
  time,
} from 'discord.js'
import { knownBranches, living } from '../../src/discord/branch-names.ts'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { storyHere } from '../../src/discord/here.ts'
import { shownAs } from '../../src/discord/names.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import type { Branch } from '../../src/turn/ports/timeline.ts'

/** Ten entries of a name, its marks and a sentence stay below Discord's 2,000. */
const PAGE = 10
const DESCRIPTION_ROOM = 60

const pager = (
  page: number,
  pages: number,
  { branch }: Texts,
): APIActionRowComponent<APIButtonComponent>[] => {
  if (pages <= 1) return []
  const button = (label: string, to: number): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: customId('branches', to),
    disabled: to < 0 || to >= pages,
  })
  return [
    {
      type: ComponentType.ActionRow,
      components: [button(branch.newer, page - 1), button(branch.older, page + 1)],
    },
  ]
}

/** One page of a story's branches, the ones told last first. */
export const branchPage = (
  branches: readonly Branch[],
  here: StoryRef,
  wanted: number,
  texts: Texts,
): Pick<InteractionReplyOptions, 'content' | 'components'> => {
  const { branch: words } = texts
  const there = living(branches)
  const known = knownBranches(there, texts)
  const entry = ({ ref, turns, updatedAt, thread, description }: Branch): string => {
    const place =
      ref.branch === here.branch ? words.here : thread === undefined ? words.noThread : `<#${thread}>`
    const told = time(new Date(updatedAt), TimestampStyles.RelativeTime)
    const row = words.entry(shownAs(known, ref.branch), [words.turns(turns), told, place])
    return description ? `${row}\n${subtext(plain(description, DESCRIPTION_ROOM))}` : row
  }
  const pages = Math.ceil(there.length / PAGE)
  const page = Math.min(Math.max(wanted, 0), pages - 1)
  const newestFirst = there.toSorted((one, other) => other.updatedAt - one.updatedAt)
  const rows = newestFirst.slice(page * PAGE, (page + 1) * PAGE).map(entry)
  return {
    content: [words.heading(there.length), ...rows].join('\n'),
    components: pager(page, pages, texts),
  }
}

const pageFor = async (interaction: Interaction<'cached'>, wanted: number, face: Face) => {
  const { ref } = await storyHere(interaction, face)
  return branchPage(await face.branches.list(ref.story), ref, wanted, face.texts)
}

/** `/branch list`. */
export const list: CommandHandler = async (interaction, face) => {
  await interaction.reply({ ...(await pageFor(interaction, 0, face)), flags: MessageFlags.Ephemeral })
}

/** The buttons under the list. */
export const listPage: ButtonHandler = async (interaction, [page], face) => {
  const { content = '', components = [] } = await pageFor(interaction, Number(page), face)
  await interaction.update({ content, components })
}
