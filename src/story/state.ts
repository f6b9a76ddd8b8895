import { unreachable } from '../kit/errors.ts'
import { type Activities, changeActivity, dropActivity } from './activity.ts'
import { type Arrivals, arrive, dropArrival, tellAnew } from './arrival.ts'
import * as casting from './cast.ts'
import { type Clock, changeWeather, firstMorning, passTime, setClock } from './clock.ts'
import { dropEdgesOf, type Edges, setEdge, shiftEdge, summariseEdge } from './edge.ts'
import type { StoryEvent } from './event.ts'
import { evolve as evolveCast } from './evolution.ts'
import { dropPinsOf, type Pins, pin, supersede, unpin } from './memory.ts'
import { leave, type Past, wholePast } from './past.ts'
import { addPlace, changePlace, type Places, removePlace } from './place.ts'
import type { Premise } from './premise.ts'
import type { EntityId, TextId } from './ref.ts'
import { type Resets, reset } from './reset.ts'
import {
  closeScene,
  dropFromScene,
  joinScene,
  leaveScene,
  noScene,
  openScene,
  type Scene,
  summariseScene,
} from './scene.ts'
import { call, fail, nextTold, noTurn, open, plan, regenerate, reopen, type Turn, tell } from './turn.ts'
import { witnessesOf } from './witness.ts'

/** All that is true of a story at one point of one branch. Its size follows the cast, not the story's length. */
export type StoryState = {
  readonly premise: Premise | null
  readonly cast: casting.Cast
  readonly arrivals: Arrivals
  readonly turn: Turn
  readonly places: Places
  readonly scene: Scene
  readonly activities: Activities
  readonly clock: Clock
  readonly edges: Edges
  readonly pins: Pins
  readonly resets: Resets
  readonly past: Past
  /** The newest turn whose effects stand in the log, with those of all before it. */
  readonly settled: number
  /** The newest turn up to which it is told how characters changed. */
  readonly evolved: number
}

/** Raised when a reducer changes what it makes of old events: kept states of older versions are folded anew. */
export const STATE_VERSION = 5

export const emptyState: StoryState = {
  premise: null,
  cast: casting.emptyCast,
  arrivals: [],
  turn: noTurn,
  places: [],
  scene: noScene,
  activities: [],
  clock: firstMorning,
  edges: [],
  pins: [],
  resets: [],
  past: wholePast,
  settled: 0,
  evolved: 0,
}

// Without all that hangs on a persona that is no longer of the story.
const without = (state: StoryState, entity: EntityId | undefined): StoryState =>
  entity === undefined
    ? state
    : {
        ...state,
        arrivals: dropArrival(state.arrivals, entity),
        scene: dropFromScene(state.scene, entity),
        activities: dropActivity(state.activities, entity),
        edges: dropEdgesOf(state.edges, entity),
        pins: dropPinsOf(state.pins, entity),
      }

const withArrival = (state: StoryState, entity: EntityId): StoryState => ({
  ...state,
  arrivals: arrive(state.arrivals, entity, nextTold(state.turn)),
})

const toldAnew = (state: StoryState, turn: Turn): StoryState => ({
  ...state,
  turn,
  arrivals: tellAnew(state.arrivals, turn.number),
})

/** The one place where state changes. Total over all kinds of events. */
export const evolve = (state: StoryState, event: StoryEvent): StoryState => {
  switch (event.type) {
    case 'story.started':
      return { ...state, premise: event.data }
    case 'story.reset':
      return reset(state, event.data)
    case 'character.introduced':
      return withArrival({ ...state, cast: casting.introduce(state.cast, event.data) }, event.data.character)
    case 'character.revised':
      return { ...state, cast: casting.reviseCharacter(state.cast, event.data) }
    case 'persona.taken':
      return withArrival(
        {
          ...without(state, casting.personaOf(state.cast, event.data.player)?.persona),
          cast: casting.takePersona(state.cast, event.data),
        },
        event.data.persona,
      )
    case 'persona.revised':
      return { ...state, cast: casting.revisePersona(state.cast, event.data) }
    case 'persona.dropped':
      return { ...without(state, event.data.persona), cast: casting.dropPersona(state.cast, event.data) }
    case 'place.added':
      return { ...state, places: addPlace(state.places, event.data) }
    case 'place.changed':
      return { ...state, places: changePlace(state.places, event.data) }
    case 'place.removed':
      return { ...state, places: removePlace(state.places, event.data) }
    case 'scene.opened':
      return { ...state, scene: openScene(state.scene, event.data, state.turn.number) }
    case 'scene.joined':
    case 'scene.moved':
      return { ...state, scene: joinScene(state.scene, event.data) }
    case 'scene.left':
      return { ...state, scene: leaveScene(state.scene, event.data) }
    case 'scene.closed':
      return { ...state, scene: closeScene(state.scene, event.data, state.turn.number) }
    case 'scene.summarised':
      return { ...state, scene: summariseScene(state.scene, event.data) }
    case 'cast.evolved':
      return { ...state, evolved: evolveCast(state.evolved, event.data, state.turn.number) }
    case 'activity.changed':
      return {
        ...state,
        activities: changeActivity(
          state.activities,
          event.data,
          witnessesOf(state, event.data.entity, 'action'),
        ),
      }
    case 'time.passed':
      return { ...state, clock: passTime(state.clock, event.data) }
    case 'clock.set':
      return { ...state, clock: setClock(state.clock, event.data) }
    case 'weather.changed':
      return { ...state, clock: changeWeather(state.clock, event.data) }
    case 'edge.shifted':
      return { ...state, edges: shiftEdge(state.edges, event.data, state.turn.number) }
    case 'edge.set':
      return { ...state, edges: setEdge(state.edges, event.data) }
    case 'edge.summarised':
      return { ...state, edges: summariseEdge(state.edges, event.data) }
    case 'memory.superseded':
      return { ...state, pins: supersede(state.pins, event.data) }
    case 'memory.pinned':
      return { ...state, pins: pin(state.pins, event.data) }
    case 'memory.unpinned':
      return { ...state, pins: unpin(state.pins, event.data) }
    case 'turn.opened':
      return { ...state, turn: open(state.turn, event.data) }
    case 'turn.called':
      return { ...state, turn: call(state.turn, event.data) }
    case 'turn.regenerated':
      return toldAnew(state, regenerate(state.turn, event.data))
    case 'turn.retried':
      return toldAnew(state, reopen(state.turn))
    case 'turn.planned':
      return { ...state, turn: plan(state.turn, event.data) }
    case 'turn.settled':
      return { ...state, settled: state.turn.number }
    case 'past.left':
      return { ...state, past: leave(state.past, event.data) }
    case 'turn.told':
      return { ...state, turn: tell(state.turn, event.data) }
    case 'turn.failed':
      return { ...state, turn: fail(state.turn, event.data) }
    case 'line.spoken':
    case 'line.revised':
    case 'memory.formed':
    case 'fact.learned':
    case 'past.summarised':
      return state
    default:
      return unreachable(event)
  }
}

export const fold = (events: readonly StoryEvent[], from: StoryState = emptyState): StoryState =>
  events.reduce(evolve, from)

/** The text rows that a state points to. */
export const textsIn = ({ premise, cast, turn, clock, edges }: StoryState): TextId[] =>
  [
    premise?.title,
    premise?.premise,
    ...cast.characters.flatMap(({ character: _, ...identity }) => Object.values(identity)),
    ...cast.personas.flatMap(({ name, description, pronouns }) => [name, description, pronouns]),
    turn.options.direction,
    turn.line,
    turn.plan,
    turn.reason,
    clock.anchor,
    ...edges.flatMap(({ summary, reason }) => [summary, reason]),
  ].filter((id) => id != null)
