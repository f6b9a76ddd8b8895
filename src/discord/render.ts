import { escapeMarkdown } from 'discord.js'
import { shorten } from '../kit/text.ts'
import type { Line } from '../story/line.ts'

export { shorten }

/** Discord's small grey print. It holds for one line, so each line gets its mark. */
export const subtext = (text: string): string => text.replace(/^(?=.)/gmu, '-# ')

// Quotes and small print begin a row too; what stands in angle brackets may be a mention, an emoji or a time. A bare
// address becomes a link by its slashes.
const inert = (row: string): string =>
  escapeMarkdown(row, { heading: true, bulletedList: true, numberedList: true, maskedLink: true })
    .replace(/<(?=\S)/gu, '\\<')
    .replace(/(?<=[a-z]:)(?=\/\/)/giu, '\\')
    .replace(/^(?=>|-#)/u, '\\')

/** Someone's words as they stand, in one row of at most `limit` units: no mark of theirs takes effect. */
export const plain = (text: string, limit: number): string =>
  shorten(inert(text.replace(/\s+/gu, ' ').trim()), limit)

/** The same, of any length, with its lines kept. */
export const plainLines = (text: string): string =>
  text
    .trim()
    .split(/\r?\n/u)
    .map((row) => inert(row.trim()))
    .join('\n')

/** A line as Skein prints the transcript, in one row. What was said out of character is small print. */
export const renderLine = ({ kind, text }: Pick<Line, 'kind' | 'text'>, limit: number): string =>
  kind === 'ooc' ? subtext(plain(text, limit)) : plain(text, limit)
