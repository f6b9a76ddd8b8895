import type { Interaction, InteractionReplyOptions } from 'discord.js'
import type { ButtonRow } from '../../src/discord/buttons.ts'
import type { ButtonHandler, Face } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { pageIn } from '../../src/discord/pager.ts'
import { plain, shorten } from '../../src/discord/render.ts'
import { shares } from '../../src/discord/sheet.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import type { Head } from '../../src/story/head.ts'
import type { EntityId } from '../../src/story/ref.ts'
import { demandOpen } from './owner.ts'

/** With this many rows, each has room for a sentence, whatever stands in the others. */
export const PAGE = 8

type Page = Pick<InteractionReplyOptions, 'content'> & { readonly components: ButtonRow[] }

/** Someone's words between what Skein says before and after them. */
export type Entry = { readonly before: string; readonly words: string; readonly after: string }

/** Rows that fit one message: what is short stays whole, and what is long gets the same room each. */
export const rowsOf = (heading: string, entries: readonly Entry[], footer: string): string => {
  const shown = entries.map(({ words, ...frame }) => ({ ...frame, words: plain(words, MESSAGE_LIMIT) }))
  const joined = (rows: readonly Entry[]) =>
    [heading, ...rows.map(({ before, words, after }) => `${before}${words}${after}`), footer]
      .filter(Boolean)
      .join('\n')
  const frame = joined(shown.map((entry) => ({ ...entry, words: '' })))
  const room = shares(
    shown.map(({ words }) => words.length),
    MESSAGE_LIMIT - frame.length,
  )
  return joined(shown.map((entry, index) => ({ ...entry, words: shorten(entry.words, room[index] ?? 0) })))
}

/** Makes a page of what an owner has, which count from 0. */
export type PageFor = (
  interaction: Interaction<'cached'>,
  head: Head,
  owner: EntityId,
  page: number,
  face: Face,
) => Promise<Page>

/** Handles the buttons under such a page. */
export const leafing =
  (pageFor: PageFor): ButtonHandler =>
  async (interaction, [owner = '', page], face) => {
    const head = await storyHere(interaction, face)
    demandOpen(interaction, head, owner, face)
    const { content = '', components } = await pageFor(interaction, head, owner, pageIn(page), face)
    await interaction.update({ content, components })
  }
