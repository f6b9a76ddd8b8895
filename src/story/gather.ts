import type { NewId } from '../kit/ids.ts'
import { type Decision, drafting, type Refusal } from './draft.ts'
import type { Line } from './line.ts'
import type { EntityId, TextId } from './ref.ts'
import { respondentTo } from './respondent.ts'
import { present } from './scene.ts'
import type { StoryState } from './state.ts'
import { isWhispered, saidAloud } from './witness.ts'

/** A line of the turn that gathers, in the log or on its way there. */
export type Said = Pick<Line, 'speaker' | 'kind' | 'text' | 'witnesses' | 'source'>

/** What is said by a decision. */
export const saidBy = ({ events, texts }: Pick<Decision, 'events' | 'texts'>): Said[] => {
  const bodies = new Map(texts.map(({ id, body }) => [id, body]))
  return events.flatMap(({ type, data }) =>
    type === 'line.spoken' ? [{ ...data, text: bodies.get(data.text) ?? '' }] : [],
  )
}

/** The personas who are present and have said and done nothing yet. A whisper is no more than that. */
export const waitedFor = (
  { cast, scene }: Pick<StoryState, 'cast' | 'scene'>,
  said: readonly Said[],
): EntityId[] => {
  const whispers = new Set(said.filter(isWhispered).map(({ source }) => source))
  const spoken = said.filter(({ kind, source }) => kind !== 'ooc' && !whispers.has(source))
  const here = present(cast, scene)
  return cast.personas
    .map(({ persona }) => persona)
    .filter((persona) => here.includes(persona) && !spoken.some(({ speaker }) => speaker === persona))
}

/** Ends the gathering of the newest turn, in which this was said: who is to answer, all of it decides together. */
export const call = (
  state: StoryState,
  by: string,
  said: readonly Said[],
  words: ReadonlyMap<TextId, string>,
  newId: NewId,
): Decision | Refusal => {
  if (state.turn.phase !== 'gathering') return { refused: 'turn_not_gathering' }
  const aloud = saidAloud(said).filter(({ kind }) => kind !== 'ooc')
  if (aloud.length === 0) return { refused: 'no_line' }
  const draft = drafting(state, by, newId)
  draft.emit({ type: 'turn.called', data: { speaker: respondentTo(state.cast, words, aloud) } })
  return draft.done()
}

/** Two decisions of one actor in one turn, of which the second was made on what the first came to. */
export const joined = (first: Decision, second: Decision): Decision => ({
  ...second,
  events: [...first.events, ...second.events],
  texts: [...first.texts, ...second.texts],
})
