import type { Texts } from '../locales/en.ts'
import { type ButtonRow, button, row } from './buttons.ts'

/**
 * The buttons under a page of a list that has the newest first; none where there is only one page. Pages count from 0.
 * `idOf`: the custom id that leads to a page.
 */
export const pager = (
  page: number,
  hasMore: boolean,
  idOf: (page: number) => string,
  { pager: words }: Texts,
): ButtonRow[] =>
  page === 0 && !hasMore
    ? []
    : [
        row(
          button(words.newer, idOf(page - 1), { disabled: page === 0 }),
          button(words.older, idOf(page + 1), { disabled: !hasMore }),
        ),
      ]

/** The number of a page as a button carries it. */
export const pageIn = (arg: string | undefined): number => Math.max(0, Math.trunc(Number(arg)) || 0)
