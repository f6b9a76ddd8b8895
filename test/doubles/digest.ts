import { createHash } from 'node:crypto'
import type { Db } from '../../src/store/database.ts'
import { evolutionStore } from '../../src/store/evolutions.ts'
import { wordsOf } from '../../src/store/load.ts'
import { allRemembered } from '../../src/store/memories.ts'
import { summaryStore } from '../../src/store/summaries.ts'
import { alternatesOf } from '../../src/store/timeline.ts'
import { linesFrom } from '../../src/store/transcript.ts'
import type { Head } from '../../src/story/head.ts'
import type { Line } from '../../src/story/line.ts'
import { type StoryState, textsIn } from '../../src/story/state.ts'
import type { KeptChange } from '../../src/turn/ports/evolution.ts'
import type { KeptSummary } from '../../src/turn/ports/records.ts'
import type { KnownFact, Remembered } from '../../src/turn/ports/timeline.ts'

/** All that a head shows of a story: what is true, and every row that it sees, in order and with its words. */
export type Visible = {
  readonly state: StoryState
  /** What the texts that the state points to say. */
  readonly words: Readonly<Record<string, string>>
  readonly lines: readonly Line[]
  /** The newest turn with each of its answers that can be put in force. */
  readonly alternates: readonly { readonly alternate: number; readonly lines: readonly Line[] }[]
  /** Of each owner who has any, by owner; the newest first. */
  readonly memories: readonly Remembered[]
  /** Of each owner who knows any, by owner; the oldest first. */
  readonly facts: readonly KnownFact[]
  /** Of all owners, those of the oldest turns first. */
  readonly summaries: readonly KeptSummary[]
  /** Of each character, in the order of the cast; the oldest first. */
  readonly evolutions: readonly (readonly KeptChange[])[]
}

const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1)

/** JSON in which the keys of objects stand in order, so that equal values are written alike. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(byKey))
      : inner,
  )

export const hashOf = (visible: Visible): string =>
  createHash('sha256').update(canonical(visible)).digest('hex')

/** With another of the newest turn's alternates in force. What is true then is not asked for. */
const withAlternate = (head: Head, alternate: number): Head => ({
  ...head,
  state: { ...head.state, turn: { ...head.state.turn, alternate } },
})

/** All that a head shows. It grows with the story. */
export const visibleTo = async (db: Db, head: Head): Promise<Visible> => {
  const { state } = head
  const newest = state.turn.number
  const lines = await linesFrom(db, head, 0, newest)
  const linesOfAnswer = async (alternate: number) =>
    alternate === state.turn.alternate
      ? lines.filter(({ turn }) => turn === newest)
      : linesFrom(db, withAlternate(head, alternate), newest, newest)
  const alternates = await alternatesOf(db, head)
  return {
    state,
    words: Object.fromEntries(await wordsOf(db, head.ref.story, textsIn(state))),
    lines,
    alternates: await Promise.all(
      alternates.map(async (alternate) => ({ alternate, lines: await linesOfAnswer(alternate) })),
    ),
    ...(await allRemembered(db, head)),
    summaries: await summaryStore(db).of(head),
    evolutions: await Promise.all(
      state.cast.characters.map(({ character }) => evolutionStore(db).of(head, character)),
    ),
  }
}

/**
 * A hash of all that a head shows, ids and places in the log included: equal for two heads, of one database or of
 * two, that show the same. It grows with the story: for checks, not for turns.
 */
export const digestOf = async (db: Db, head: Head): Promise<string> => hashOf(await visibleTo(db, head))
