import type { ChatMessage, Moment } from './prompt.ts'

/** Something said or done, as a prompt lists it. What is told without a name stands there as it is. */
export type Line = {
  /** What stands before it in brackets, where lines are numbered. */
  readonly number: number | undefined
  readonly by: string | undefined
  /** Who perceived it, where the prompt says so. */
  readonly heardBy: readonly string[]
  readonly text: string
}

const HEADING = /^(#{1,4}\s|[\p{Lu}][^.!?"“*:[]*:$)/u
const NEW = /\b(new|newest|latest|since|just|settle)\b/i
const LISTS = /\b(told|tell|said|lines|new|newest|latest)\b/i
const NUMBERED = /^\s*\[(\d+)\]\s*(.*)$/
const NAMED = /^\**([\p{Lu}][\p{L}\p{M}\d'’. -]{0,40}?)\**\s*(?:\(([^)]*)\))?\**:\**\s+(\S.*)$/u

const lineOf = (text: string, number?: number): Line => {
  const [, by, remark = '', rest] = NAMED.exec(text) ?? []
  const [, heard = ''] = /\bby\s+(.*)$/.exec(remark) ?? []
  const heardBy = heard.split(/,\s*|\s+and\s+/).filter(Boolean)
  return { number, by, heardBy, text: (rest ?? text).trim() }
}

type Block = { readonly heading: string; readonly lines: Line[] }

/** The numbered lines under each heading. */
const blocks = (text: string): Block[] => {
  const found: Block[] = [{ heading: '', lines: [] }]
  for (const row of text.split('\n')) {
    const numbered = NUMBERED.exec(row)
    const block = found.at(-1)
    const last = block?.lines.at(-1)
    if (numbered) block?.lines.push(lineOf(numbered[2] ?? '', Number(numbered[1])))
    else if (HEADING.test(row)) found.push({ heading: row, lines: [] })
    // A line goes on over several rows.
    else if (last) block?.lines.splice(-1, 1, { ...last, text: `${last.text}\n${row}`.trim() })
  }
  return found.filter(({ lines }) => lines.length > 0)
}

/** Without numbers, a row that begins with a name is a line, and so is a paragraph where no name stands. */
const unnumbered = (text: string): Line[] => {
  const rows = text.split('\n')
  const heading = rows.findIndex((row) => HEADING.test(row) && LISTS.test(row))
  const found: Line[] = []
  let afterBlank = true
  for (const row of rows.slice(heading + 1).map((each) => each.trim())) {
    const line = lineOf(row)
    const last = found.at(-1)
    const goesOn = line.by === undefined && (last?.by !== undefined || !afterBlank)
    afterBlank = row === ''
    if (row === '') continue
    if (last && goesOn) found.splice(-1, 1, { ...last, text: `${last.text}\n${row}` })
    else found.push(line)
  }
  return found
}

/** The lines that a prompt is about: of numbered ones those that it calls new, else the last that it lists. */
export const linesIn = (messages: readonly ChatMessage[]): Line[] => {
  const said = messages.filter(({ role }) => role === 'user')
  const listed = blocks(messages.map(({ content }) => content).join('\n\n'))
  const block = listed.find(({ heading }) => NEW.test(heading)) ?? listed.at(-1)
  return block?.lines ?? unnumbered(said.map(({ content }) => content).join('\n\n'))
}

export const momentOf = ({ by, text }: Line): Moment => ({ by, own: false, text })
