import { shorten } from '../kit/text.ts'
import { MESSAGE_LIMIT } from './split.ts'

const MARKS = '~~~~'.length

/** A line's own beginning, which only counts at its beginning: small print, a quotation, a heading, a list. */
const BEGINNING = /^(?:-# |>>> |> |#{1,3} |[-*] |\d+\. )*/u

const strikeLine = (line: string): string => {
  const [beginning = ''] = BEGINNING.exec(line) ?? []
  const words = line.slice(beginning.length).replaceAll('~~', '').trim()
  return words === '' ? line : `${beginning}~~${words}~~`
}

/** A message's text struck through, within what a message holds. Code loses its fences: in it, marks would show. */
export const strike = (content: string): string => {
  const lines = content.split('\n').filter((line) => !line.startsWith('```'))
  const room = MESSAGE_LIMIT - lines.length * MARKS
  return shorten(lines.join('\n'), room).split('\n').map(strikeLine).join('\n')
}
