import {
  type APIActionRowComponent,
  type APIButtonComponent,
  ButtonStyle,
  ComponentType,
  type InteractionReplyOptions,
} from 'discord.js'
import { customId } from '../../src/discord/custom-id.ts'
import { plain, shorten } from '../../src/discord/render.ts'
import { shares } from '../../src/discord/sheet.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { EntityId } from '../../src/story/ref.ts'

/** With this many rows, each has room for a sentence, whatever stands in the others. */
export const PAGE = 8

export type Page = Pick<InteractionReplyOptions, 'content'> & {
  readonly components: APIActionRowComponent<APIButtonComponent>[]
}

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

/** The number of a page as a button carries it. */
export const pageIn = (arg: string | undefined): number => Math.max(0, Math.trunc(Number(arg)) || 0)

/** The buttons under a page of what an owner has, where there is more than one. */
export const pager = (
  name: string,
  owner: EntityId,
  page: number,
  hasMore: boolean,
  { memory: words }: Texts,
): APIActionRowComponent<APIButtonComponent>[] => {
  if (page === 0 && !hasMore) return []
  const button = (label: string, to: number, disabled: boolean): APIButtonComponent => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label,
    custom_id: customId(name, owner, to),
    disabled,
  })
  return [
    {
      type: ComponentType.ActionRow,
      components: [button(words.newer, page - 1, page === 0), button(words.older, page + 1, !hasMore)],
    },
  ]
}
