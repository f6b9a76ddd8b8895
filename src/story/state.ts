import { unreachable } from '../kit/errors.ts'
import { type Cast, emptyCast, introduce, takePersona } from './cast.ts'
import type { StoryEvent } from './event.ts'
import type { Premise } from './premise.ts'
import { fail, noTurn, open, reopen, type Turn, tell } from './turn.ts'

/** All that is true of a story at one point of one branch. Its size follows the cast, not the story's length. */
export type StoryState = {
  readonly premise: Premise | null
  readonly cast: Cast
  readonly turn: Turn
}

/** Raised when a reducer changes what it makes of old events: kept states of older versions are folded anew. */
export const STATE_VERSION = 1

export const emptyState: StoryState = { premise: null, cast: emptyCast, turn: noTurn }

/** The one place where state changes. Total over all kinds of events. */
export const evolve = (state: StoryState, event: StoryEvent): StoryState => {
  switch (event.type) {
    case 'story.started':
      return { ...state, premise: event.data }
    case 'character.introduced':
      return { ...state, cast: introduce(state.cast, event.data) }
    case 'persona.taken':
      return { ...state, cast: takePersona(state.cast, event.data) }
    case 'turn.opened':
      return { ...state, turn: open(state.turn, event.data) }
    case 'turn.retried':
      return { ...state, turn: reopen(state.turn) }
    case 'turn.told':
      return { ...state, turn: tell(state.turn, event.data) }
    case 'turn.failed':
      return { ...state, turn: fail(state.turn, event.data) }
    case 'line.spoken':
      return state
    default:
      return unreachable(event)
  }
}

export const fold = (events: readonly StoryEvent[], from: StoryState = emptyState): StoryState =>
  events.reduce(evolve, from)
