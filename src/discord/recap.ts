import type { AnyThreadChannel } from 'discord.js'
import { nameOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { saidAloud } from '../story/witness.ts'
import type { StoryStore } from '../turn/ports.ts'
import type { Face } from './command.ts'
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

// The segments of one message add up to what was typed.
const joined = (lines: readonly Line[]): Line[] => {
  const whole: Line[] = []
  for (const line of lines) {
    const last = whole.at(-1)
    const goesOn =
      line.source !== null && last?.source === line.source && last.kind !== 'ooc' && line.kind !== 'ooc'
    if (last && goesOn) whole[whole.length - 1] = { ...last, text: last.text + line.text }
    else whole.push(line)
  }
  return whole
}

/** The last lines before the newest answer, which stands below them in full, under a heading; empty without any. */
const recapOf = async (head: Head, lines: StoryStore['lines'], heading: string): Promise<string> => {
  const { number, speaker } = head.state.turn
  const isAnswer = (line: Line) => line.turn === number && line.speaker === speaker && line.source === null
  const all = saidAloud(await lines(head, number - TURNS + 1, number))
  const last = joined(all.filter((line) => !isAnswer(line))).slice(-LINES)
  if (last.length === 0) return ''
  return [subtext(heading), ...last.map((line) => row(head, line))].join('\n').slice(0, MESSAGE_LIMIT)
}

/** Says in a thread what happened last, where anything did. */
export const tellRecap = async (
  thread: AnyThreadChannel,
  head: Head,
  { lines, texts }: Pick<Face, 'lines' | 'texts'>,
): Promise<void> => {
  const recap = await recapOf(head, lines, texts.recap)
  if (recap !== '') await thread.send(recap)
}
