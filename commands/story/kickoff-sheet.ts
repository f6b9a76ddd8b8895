import { ButtonStyle, type InteractionEditReplyOptions } from 'discord.js'
import { type ButtonRow, button, type MenuRow, menuRow, row } from '../../src/discord/buttons.ts'
import { customId } from '../../src/discord/custom-id.ts'
import { plain, shorten, subtext } from '../../src/discord/render.ts'
import { sheet } from '../../src/discord/sheet.ts'
import type { Texts } from '../../src/locales/en.ts'
import type { Head } from '../../src/story/head.ts'
import type { Kickoff } from '../../src/turn/kickoff.ts'
import { OPTION_LIMIT } from '../limits.ts'
import { type Part, partsOf } from './kickoff-parts.ts'

/** As many parts as one message shows with some words for each. A menu would hold 25. */
const PAGE = 12

/** How much of a name stands above a part. */
const LABEL_ROOM = 90

const menuOf = (parts: readonly Part[], id: string, page: number, { kickoff: words }: Texts): MenuRow =>
  menuRow(
    customId('kickoff-part', id, page),
    words.correct,
    parts.map(({ key, label, words: said }) => ({
      label: shorten(label, OPTION_LIMIT),
      description: shorten(said.replace(/\s+/gu, ' '), OPTION_LIMIT),
      value: key.join(':'),
    })),
  )

const buttonsOf = (id: string, page: number, pages: number, { kickoff: words }: Texts): ButtonRow =>
  row(
    button(words.begin, customId('kickoff-begin', id), { style: ButtonStyle.Primary }),
    button(words.discard, customId('kickoff-discard', id)),
    ...(pages > 1
      ? [
          button(words.before, customId('kickoff-page', id, page - 1), { disabled: page === 0 }),
          button(words.after, customId('kickoff-page', id, page + 1), { disabled: page + 1 === pages }),
        ]
      : []),
  )

/** A proposal with what can be done about it: one page of its parts, from 0. */
export const kickoffSheet = (
  id: string,
  kickoff: Kickoff,
  wanted: number,
  head: Head,
  texts: Texts,
): Pick<InteractionEditReplyOptions, 'content' | 'components'> => {
  const { kickoff: words } = texts
  const parts = partsOf(kickoff, head, texts)
  const pages = Math.ceil(parts.length / PAGE)
  const page = Math.min(wanted, pages - 1)
  const shown = parts.slice(page * PAGE, (page + 1) * PAGE)
  const fields = shown.map((part) => ({ label: plain(part.label, LABEL_ROOM), words: part.words }))
  return {
    content: sheet(words.heading, fields, subtext(words.footer)),
    components: [menuOf(shown, id, page, texts), buttonsOf(id, page, pages, texts)],
  }
}
