import { type ButtonRow, button, row } from '../../src/discord/buttons.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type View, viewId } from './view.ts'

/** The part of rows that is shown, and whether there are more. A part that is not there any more is the last one. */
export const partOf = <Row>(
  rows: readonly Row[],
  part: number,
  size: number,
): { readonly part: number; readonly shown: readonly Row[]; readonly hasMore: boolean } => {
  const at = Math.min(part, Math.max(0, Math.ceil(rows.length / size) - 1))
  return {
    part: at,
    shown: rows.slice(at * size, (at + 1) * size),
    hasMore: rows.length > (at + 1) * size,
  }
}

/** The buttons that lead to the parts beside one; none where there is only one. */
export const partButtons = (
  part: number,
  hasMore: boolean,
  viewOf: (part: number) => View,
  { state: words }: Texts,
): ButtonRow[] =>
  part === 0 && !hasMore
    ? []
    : [
        row(
          button(words.before, viewId('part', viewOf(Math.max(0, part - 1))), { disabled: part === 0 }),
          button(words.after, viewId('part', viewOf(part + 1)), { disabled: !hasMore }),
        ),
      ]
