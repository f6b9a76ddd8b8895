import type { NewId } from '../kit/ids.ts'
import { personaOf, readIntroduction } from './cast.ts'
import type { StoryEvent } from './event.ts'
import type { SayIntent, StartIntent } from './intent.ts'
import { type EntityId, NARRATOR, type NewText, type PlayerId, SKEIN, type TextId } from './ref.ts'
import { respondentTo } from './respondent.ts'
import type { Segment, SegmentKind } from './segment.ts'
import { evolve, type StoryState } from './state.ts'
import type { Ending, TurnFailure } from './turn.ts'
import { witnessesOf } from './witness.ts'

/** What an intent comes to: facts for the log and the words they point to. All of it belongs to one turn. */
export type Decision = {
  readonly turn: number
  readonly actor: string
  readonly events: readonly StoryEvent[]
  readonly texts: readonly NewText[]
  readonly state: StoryState
}

/** Why an intent comes to nothing. A value, for the caller to put into words. */
export type Refusal = {
  readonly refused: 'already_started' | 'turn_open' | 'turn_not_open' | 'nothing_to_retry' | 'blank'
}

export const isRefusal = (outcome: Decision | Refusal): outcome is Refusal => 'refused' in outcome

// Gathers events while it folds them, so that a later event of one decision sees what an earlier one changed.
const drafting = (from: StoryState, actor: string, newId: NewId) => {
  const events: StoryEvent[] = []
  const texts: NewText[] = []
  let state = from
  const emit = (event: StoryEvent) => {
    events.push(event)
    state = evolve(state, event)
  }
  const text = (author: string, body: string): TextId => {
    const id = newId()
    texts.push({ id, author, body })
    return id
  }
  const optionalText = (author: string, body: string | undefined) => (body ? text(author, body) : null)
  const speak = (speaker: EntityId, kind: SegmentKind, author: string, body: string) =>
    emit({
      type: 'line.spoken',
      data: {
        line: newId(),
        speaker,
        kind,
        text: text(author, body),
        witnesses: witnessesOf(state.cast, kind),
      },
    })
  const takePersona = (player: PlayerId, name: string, description: string | undefined) =>
    emit({
      type: 'persona.taken',
      data: {
        persona: newId(),
        player,
        name: text(player, name),
        description: optionalText(player, description),
      },
    })
  const done = (): Decision => ({ turn: state.turn.number, actor, events, texts, state })
  return { emit, text, optionalText, speak, takePersona, done, state: () => state }
}

/** Begins a story and opens its first turn, in which the narrator sets the scene. */
export const start = (state: StoryState, intent: StartIntent, newId: NewId): Decision | Refusal => {
  if (state.premise) return { refused: 'already_started' }
  const { player } = intent
  const draft = drafting(state, player.id, newId)
  draft.emit({
    type: 'story.started',
    data: {
      title: draft.text(player.id, intent.title),
      premise: draft.optionalText(player.id, intent.premise),
      author: player.id,
    },
  })
  if (intent.character) {
    const { name, description } = readIntroduction(intent.character.name, intent.character.name)
    draft.emit({
      type: 'character.introduced',
      data: {
        character: newId(),
        name: draft.text(player.id, name),
        persona: draft.optionalText(
          player.id,
          [description, intent.character.persona].filter(Boolean).join('\n'),
        ),
      },
    })
  }
  const you = intent.you ? readIntroduction(intent.you, player.displayName) : undefined
  draft.takePersona(player.id, you?.name ?? player.displayName, you?.description)
  draft.emit({ type: 'turn.opened', data: { speaker: NARRATOR, player: player.id, opening: true } })
  return draft.done()
}

/**
 * A player's message, already split into segments. It opens a turn unless all of it is out of character.
 * A player who speaks for the first time takes a persona under their display name.
 */
export const say = (
  state: StoryState,
  player: SayIntent['player'],
  segments: readonly Segment[],
  words: ReadonlyMap<TextId, string>,
  newId: NewId,
): Decision | Refusal => {
  if (segments.length === 0) return { refused: 'blank' }
  if (state.turn.phase === 'open') return { refused: 'turn_open' }
  const draft = drafting(state, player.id, newId)
  if (!personaOf(state.cast, player.id)) draft.takePersona(player.id, player.displayName, undefined)
  const { cast } = draft.state()
  const speaker = personaOf(cast, player.id)?.persona ?? NARRATOR
  if (segments.some(({ kind }) => kind !== 'ooc'))
    draft.emit({
      type: 'turn.opened',
      data: { speaker: respondentTo(cast, words, segments), player: player.id, opening: false },
    })
  for (const { kind, text } of segments) draft.speak(speaker, kind, player.id, text)
  return draft.done()
}

/** The answer as it was delivered, whole or cut. */
export const tell = (state: StoryState, text: string, ending: Ending, newId: NewId): Decision | Refusal => {
  if (state.turn.phase !== 'open') return { refused: 'turn_not_open' }
  if (text.trim() === '') return { refused: 'blank' }
  const draft = drafting(state, SKEIN, newId)
  draft.speak(state.turn.speaker, 'prose', SKEIN, text)
  draft.emit({ type: 'turn.told', data: { ending } })
  return draft.done()
}

/** No answer came. */
export const fail = (state: StoryState, failure: TurnFailure, newId: NewId): Decision | Refusal => {
  if (state.turn.phase !== 'open') return { refused: 'turn_not_open' }
  const draft = drafting(state, SKEIN, newId)
  draft.emit({ type: 'turn.failed', data: { failure } })
  return draft.done()
}

/** A player asks for the newest turn's answer again, after none came. */
export const retry = (
  state: StoryState,
  player: PlayerId,
  turn: number,
  newId: NewId,
): Decision | Refusal => {
  if (state.turn.phase !== 'failed' || state.turn.number !== turn) return { refused: 'nothing_to_retry' }
  const draft = drafting(state, player, newId)
  draft.emit({ type: 'turn.retried', data: { player } })
  return draft.done()
}
