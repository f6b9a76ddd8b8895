import type { Suggest } from '../../src/discord/command.ts'
import { storyHere } from '../../src/discord/here.ts'
import { shorten } from '../../src/discord/render.ts'
import { saidAloud } from '../../src/story/witness.ts'

/** Discord shows so many suggestions, each of so many units. */
const SHOWN = 25
const WORDS_LIMIT = 70

/** The number of a turn, as someone types or chooses it. */
export const turnNumber = (typed: string): number | undefined => {
  const [digits] = /\d{1,9}/u.exec(typed) ?? []
  return digits === undefined ? undefined : Number(digits)
}

/** The turns of this thread's story with their first words, the newest first, or those up to the one that is typed. */
export const suggestTurn: Suggest = async (interaction, typed, face) => {
  const head = await storyHere(interaction, face)
  const newest = Math.min(head.state.turn.number, turnNumber(typed) ?? head.state.turn.number)
  const lines = saidAloud(await face.lines(head, newest - SHOWN + 1, newest))
  const first = new Map<number, string>()
  for (const { turn, text } of lines) if (!first.has(turn)) first.set(turn, text)
  return Array.from({ length: Math.min(SHOWN, newest) }, (_, back) => newest - back).map((turn) => ({
    name: face.texts.rewind.entry(
      turn,
      shorten((first.get(turn) ?? '…').replace(/\s+/gu, ' ').trim(), WORDS_LIMIT),
    ),
    value: String(turn),
  }))
}
