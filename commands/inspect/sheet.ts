import { plain, shorten, subtext } from '../../src/discord/render.ts'
import type { Texts } from '../../src/locales/en.ts'
import { type Readable, type Reader, readableParts } from '../../src/safety/readable.ts'
import { type EntityId, NARRATOR } from '../../src/story/ref.ts'
import type { KeptPrompt } from '../../src/turn/ports/records.ts'
import { LINK_ROOM } from '../model/links.ts'
import type { Records } from './records.ts'

type Part = KeptPrompt['parts'][number]

/** How much is shown of a text, of which the file holds all. */
const TEXT_ROOM = 240
const WHY_ROOM = 120
const NAMES_ROOM = 300

/** Who reads, and how they see others called. */
export type Reading = { readonly reader: Reader; readonly nameOf: (entity: EntityId) => string }

const shownLink = ({ connection, model }: { readonly connection: string; readonly model: string }): string =>
  plain(`${connection}/${model}`, LINK_ROOM)

const hiddenWords = (
  { audience }: Pick<Part, 'audience'>,
  { nameOf }: Reading,
  { inspect: words }: Texts,
): string => {
  const knowing = typeof audience === 'string' ? [] : audience.filter((entity) => entity !== NARRATOR)
  if (knowing.length === 0) return words.hiddenForAll
  return words.hiddenFor(shorten(knowing.map(nameOf).join(', '), NAMES_ROOM), knowing.length === 1)
}

/** What a part is and how it came in or, where its reader may not know that, for whom it is. */
export const partWords = (read: Readable<Part>, reading: Reading, texts: Texts): string => {
  const { inspect: words } = texts
  const what = words.part(read.part)
  if (read.isHidden) return `${what} · ${hiddenWords(read.part, reading, texts)}`
  const { turn, why } = read.part
  return [
    what,
    ...(turn === undefined ? [] : [words.fromTurn(turn)]),
    ...(why === undefined ? [] : [plain(why, WHY_ROOM)]),
  ].join(' · ')
}

/** Which prompt it is, of which version and length. */
export const promptHeading = (
  { role, template, parts, tokens }: KeptPrompt,
  { inspect: words }: Texts,
): string => words.prompt(role, template, tokens, parts.filter(({ isKept }) => !isKept).length)

// The heading goes with the first part: none stands alone at the end of a page.
const promptRows = (prompt: KeptPrompt, reading: Reading, texts: Texts): string[] => {
  const [first = '', ...others] = readableParts(reading.reader, prompt).map((read) => {
    const row = `- ${partWords(read, reading, texts)}`
    return read.isHidden ? row : `${row}\n> ${plain(read.part.text, TEXT_ROOM)}`
  })
  return [`${promptHeading(prompt, texts)}\n${first}`, ...others]
}

const failureRows = ({ failures }: Records, { reader }: Reading, { inspect: words }: Texts): string[] =>
  failures.map(({ role, attempt, kind, detail, raw, ...called }) => {
    const row = words.failure(role, shownLink(called), attempt, kind)
    const told = reader.isInCharge ? [detail, raw].filter((text) => text !== '') : []
    return [row, ...told.map((text) => `  > ${plain(text, TEXT_ROOM)}`)].join('\n')
  })

const planRows = (plan: string | undefined, { reader }: Reading, { inspect: words }: Texts): string[] =>
  plan === undefined || !reader.isInCharge
    ? []
    : [words.plan, ...plan.split('\n').map((row) => `> ${plain(row, TEXT_ROOM)}`)]

const under = (heading: string, rows: readonly string[]): string[] =>
  rows.length === 0 ? [] : [heading, ...rows]

/** The rows that say what was asked of models for a turn, as far as its reader may know it. */
export const recordRows = (records: Records, reading: Reading, texts: Texts): string[] => {
  const { inspect: words } = texts
  const { phases, reason, calls, prompts } = records
  return [
    ...(phases.length === 0 ? [] : [words.phases(texts.phases(phases))]),
    ...(reason === undefined ? [] : [words.reason(plain(reason, TEXT_ROOM))]),
    ...planRows(records.plan, reading, texts),
    ...(calls.length === 0
      ? [words.noCalls]
      : [words.calls, ...calls.map((call) => words.call(call, shownLink(call)))]),
    ...under(words.failures, failureRows(records, reading, texts)),
    ...prompts.flatMap((prompt) => promptRows(prompt, reading, texts)),
    ...(prompts.length === 0 ? [subtext(records.isAnswered ? words.none : words.notYet)] : []),
  ]
}
