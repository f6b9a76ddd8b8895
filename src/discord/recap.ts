import { nameOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import type { StoryStore } from '../turn/ports.ts'
import { plain, subtext } from './render.ts'
import { MESSAGE_LIMIT } from './split.ts'

/** How many turns back a recap reaches, how many lines it has at most, and how long each is. */
const TURNS = 4
const LINES = 6
const LINE_LIMIT = 240

const row = ({ state, words }: Head, { speaker, text, kind }: Line): string => {
  const name = words.get(nameOf(state.cast, speaker) ?? '')
  const said = plain(text, LINE_LIMIT)
  if (kind === 'ooc') return subtext(said)
  return `> ${name ? `**${plain(name, 60)}**: ` : ''}${said}`
}

/** The last lines of a story, under a heading: for those who come into a thread that goes on with it. */
export const recapOf = async (head: Head, lines: StoryStore['lines'], heading: string): Promise<string> => {
  const { number } = head.state.turn
  const last = (await lines(head, number - TURNS + 1, number)).slice(-LINES)
  return [subtext(heading), ...last.map((line) => row(head, line))].join('\n').slice(0, MESSAGE_LIMIT)
}
