import type { NewId } from '../kit/ids.ts'
import type { StoryEvent } from './event.ts'
import type { EntityId, NewText, PlayerId, TextId } from './ref.ts'
import type { SegmentKind } from './segment.ts'
import { evolve, type StoryState } from './state.ts'
import { witnessesOf } from './witness.ts'

/**
 * What an intent comes to: facts for the log and the words they point to. All of it belongs to one turn, and to one
 * of its alternates or, with null, to all of them.
 */
export type Decision = {
  readonly turn: number
  readonly alternate: number | null
  readonly actor: string
  readonly events: readonly StoryEvent[]
  readonly texts: readonly NewText[]
  readonly state: StoryState
}

/** Why an intent comes to nothing. Values, for the caller to put into words. */
export type RefusalKind =
  | 'already_started'
  | 'turn_open'
  | 'turn_not_open'
  | 'turn_gathering'
  | 'turn_not_gathering'
  | 'nothing_to_retry'
  | 'nothing_to_regenerate'
  | 'nothing_told'
  | 'no_line'
  | 'whispered'
  | 'blank'
  | 'nothing_changed'
  | 'unknown_entity'
  | 'unknown_place'
  | 'too_many_places'
  | 'place_loop'
  | 'place_in_use'
  | 'scene_open'
  | 'no_scene'
  | 'already_present'
  | 'not_present'
  | 'no_persona'
  | 'edge_to_self'
  | 'not_witnessed'
  | 'already_pinned'
  | 'not_pinned'
  | 'pins_full'

/** `malformed`: what came in is not of the form; `fields` are where. */
export type Refusal =
  | { readonly refused: RefusalKind }
  | { readonly refused: 'malformed'; readonly fields: readonly string[] }

export const isRefusal = (outcome: Decision | Refusal): outcome is Refusal => 'refused' in outcome

/**
 * Gathers events while it folds them, so that a later event of one decision sees what an earlier one changed. The
 * actor is the author of the words.
 */
export const drafting = (from: StoryState, actor: string, newId: NewId) => {
  const events: StoryEvent[] = []
  const texts: NewText[] = []
  let state = from
  const emit = (event: StoryEvent): undefined => {
    events.push(event)
    state = evolve(state, event)
  }
  /** Before all that the decision has by now: a turn begins with its opening. */
  const emitFirst = (event: StoryEvent): void => {
    events.unshift(event)
    state = events.reduce(evolve, from)
  }
  const text = (body: string): TextId => {
    const id = newId()
    texts.push({ id, author: actor, body })
    return id
  }
  const optionalText = (body: string | null | undefined) => (body ? text(body) : null)
  /** The text for a field that an edit may leave as it is (undefined), clear (null) or write anew. */
  const revisedText = (body: string | null | undefined, before: TextId | null) =>
    body === undefined ? before : optionalText(body)
  const speak = (speaker: EntityId, kind: SegmentKind, body: string, source: string | null = null) =>
    emit({
      type: 'line.spoken',
      data: {
        line: newId(),
        speaker,
        kind,
        text: text(body),
        witnesses: witnessesOf(state, speaker, kind),
        source,
      },
    })
  /** A player comes in, and into the scene that is open. */
  const takePersona = (
    player: PlayerId,
    who: {
      readonly name: string
      readonly description?: string | null | undefined
      readonly pronouns?: string | null | undefined
    },
  ) => {
    const persona = newId()
    emit({
      type: 'persona.taken',
      data: {
        persona,
        player,
        name: text(who.name),
        description: optionalText(who.description),
        pronouns: optionalText(who.pronouns),
      },
    })
    if (state.scene.open)
      emit({ type: 'scene.joined', data: { scene: state.scene.number, entity: persona, place: null } })
  }
  const decision = (alternate: number | null): Decision => ({
    turn: state.turn.number,
    alternate,
    actor,
    events,
    texts,
    state,
  })
  return {
    newId,
    emit,
    emitFirst,
    text,
    optionalText,
    revisedText,
    speak,
    takePersona,
    state: () => state,
    done: () => decision(null),
    /** For what belongs to the answer in force, and goes with it when another takes its place. */
    doneInAnswer: () => decision(state.turn.alternate),
  }
}

export type Draft = ReturnType<typeof drafting>
