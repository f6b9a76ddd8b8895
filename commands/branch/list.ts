import {
  type Interaction,
  type InteractionEditReplyOptions,
  MessageFlags,
  TimestampStyles,
  time,
} from 'discord.js'
import { knownBranches, living } from '../../src/discord/branch-names.ts'
import type { ButtonHandler, CommandHandler, Face } from '../../src/discord/command.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { goneAmong } from '../../src/discord/gone.ts'
import { storyHere } from '../../src/discord/here.ts'
import { shownAs } from '../../src/discord/names.ts'
import { pageIn, pager } from '../../src/discord/pager.ts'
import { plain, subtext } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import type { StoryRef } from '../../src/story/ref.ts'
import type { Branch } from '../../src/turn/ports/timeline.ts'

/** Ten entries of a name, its marks and a sentence stay below Discord's 2,000. */
const PAGE = 10
const DESCRIPTION_ROOM = 60

/** The branches on a page, the ones told last first; a page beyond the last is the last. */
const onPage = (there: readonly Branch[], wanted: number) => {
  const pages = Math.ceil(there.length / PAGE)
  const page = Math.min(Math.max(wanted, 0), pages - 1)
  const newestFirst = there.toSorted((one, other) => other.updatedAt - one.updatedAt)
  return { page, pages, shown: newestFirst.slice(page * PAGE, (page + 1) * PAGE) }
}

/** One page of a story's branches, the ones told last first. `gone`: threads that no longer exist. */
export const branchPage = (
  branches: readonly Branch[],
  here: StoryRef,
  wanted: number,
  texts: Texts,
  gone: ReadonlySet<string> = new Set(),
): Pick<InteractionEditReplyOptions, 'content' | 'components'> => {
  const { branch: words } = texts
  const there = living(branches)
  const known = knownBranches(there, texts)
  const { page, pages, shown } = onPage(there, wanted)
  const placeOf = ({ ref, thread }: Branch): string => {
    if (ref.branch === here.branch) return words.here
    if (thread === undefined) return words.noThread
    return gone.has(thread) ? texts.list.threadDeleted : `<#${thread}>`
  }
  const entry = (branch: Branch): string => {
    const { ref, turns, updatedAt, description } = branch
    const told = time(new Date(updatedAt), TimestampStyles.RelativeTime)
    const row = words.entry(shownAs(known, ref.branch), [words.turns(turns), told, placeOf(branch)])
    return description ? `${row}\n${subtext(plain(description, DESCRIPTION_ROOM))}` : row
  }
  const hint = gone.size > 0 ? [subtext(texts.list.switchToOpen)] : []
  return {
    content: [words.heading(there.length), ...shown.map(entry), ...hint].join('\n'),
    components: pager(page, page + 1 < pages, (to) => customId('branches', to), texts),
  }
}

const pageFor = async (
  { guild }: Interaction<'cached'>,
  { ref }: Head,
  wanted: number,
  { branches, texts }: Face,
) => {
  const all = await branches.list(ref.story)
  const threads = onPage(living(all), wanted).shown.flatMap(({ thread }) => thread ?? [])
  return branchPage(all, ref, wanted, texts, await goneAmong(threads, guild))
}

/** `/branch list`. */
export const list: CommandHandler = async (interaction, face) => {
  const head = await storyHere(interaction, face)
  await interaction.deferReply({ flags: MessageFlags.Ephemeral })
  await interaction.editReply(await pageFor(interaction, head, 0, face))
}

/** The buttons under the list. */
export const listPage: ButtonHandler = async (interaction, [page], face) => {
  const head = await storyHere(interaction, face)
  await interaction.deferUpdate()
  await interaction.editReply(await pageFor(interaction, head, pageIn(page), face))
}
