import type { ButtonInteraction, ChatInputCommandInteraction } from 'discord.js'
import type { ButtonRow } from '../../src/discord/buttons.ts'
import { pager } from '../../src/discord/pager.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import type { Texts } from '../../src/locales/en.ts'

/** Who asks for a page: with the command, or with the buttons below a page. */
export type Reader = ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>

export type Page = { readonly content: string; readonly components: ButtonRow[] }

/** Rows, and what stands above and below them on each page. Pages count from 0. */
export type Leafed = {
  readonly heading: string
  readonly rows: readonly string[]
  readonly footer?: string
  readonly page: number
  /** The custom id that leads to a page. */
  readonly idOf: (page: number) => string
}

/** Rows in groups, each as large as fits the room. */
const packed = (rows: readonly string[], room: number): string[][] => {
  const groups: string[][] = []
  let left = 0
  for (const row of rows) {
    const group = groups.at(-1)
    if (group && row.length < left) group.push(row)
    else {
      groups.push([row])
      left = room
    }
    left -= row.length + 1
  }
  return groups
}

/** One page of rows, with as many as a message holds, and the buttons to the others. */
export const pageOf = ({ heading, rows, footer = '', page, idOf }: Leafed, texts: Texts): Page => {
  const groups = packed(rows, MESSAGE_LIMIT - heading.length - footer.length - 2)
  const shown = Math.min(page, Math.max(groups.length - 1, 0))
  return {
    content: [heading, ...(groups[shown] ?? []), footer].filter(Boolean).join('\n'),
    components: pager(shown, shown + 1 < groups.length, idOf, { ...texts, pager: texts.leaf }),
  }
}
