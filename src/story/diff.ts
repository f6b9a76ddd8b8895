import type { Activities } from './activity.ts'
import type { Cast, Character, Persona } from './cast.ts'
import type { Clock } from './clock.ts'
import { type Edge, type Edges, edgeBetween } from './edge.ts'
import type { Pin } from './memory.ts'
import type { Place } from './place.ts'
import type { Premise } from './premise.ts'
import type { EntityId, PlaceId } from './ref.ts'
import type { Participant, Scene } from './scene.ts'
import type { StoryState } from './state.ts'

/** What stands in one state and in the other. */
export type Sides<One, Other = One> = { readonly one: One; readonly other: Other }

/** A value that differs; null when it is alike. */
export type Changed<T> = Sides<T> | null

/** The entries of a list that differ, in the order of their ids. Null: that state has no such entry. */
export type Entries<T> = readonly (Sides<T> | Sides<T, null> | Sides<null, T>)[]

/** What one feels for another. An edge that nothing has changed is as neutral as one that is not listed. */
export type Feelings = Pick<Edge, 'affinity' | 'trust' | 'summary'>
export type EdgeDiff = { readonly from: EntityId; readonly to: EntityId } & Sides<Feelings>

type Activity = Omit<Activities[number], 'seen'>

/**
 * What differs between two states of a story. Words are compared by the ids of their texts: the same words, written
 * twice, differ.
 */
export type StateDiff = {
  readonly premise: Changed<Premise | null>
  readonly cast: { readonly characters: Entries<Character>; readonly personas: Entries<Persona> }
  readonly places: Entries<Place>
  readonly scene: {
    readonly number: Changed<number>
    readonly open: Changed<boolean>
    readonly place: Changed<PlaceId | null>
    readonly participants: Entries<Participant>
  }
  readonly activities: Entries<Activity>
  readonly clock: { readonly [Key in keyof Clock]: Changed<Clock[Key]> }
  readonly edges: readonly EdgeDiff[]
  readonly pins: Entries<Pin>
}

/** Of two states that are alike. */
export const noDifference: StateDiff = {
  premise: null,
  cast: { characters: [], personas: [] },
  places: [],
  scene: { number: null, open: null, place: null, participants: [] },
  activities: [],
  clock: { minutes: null, anchor: null, weather: null },
  edges: [],
  pins: [],
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

// Not by JSON: the order of an object's keys tells which event made it, and nothing more.
const alike = (one: unknown, other: unknown): boolean => {
  if (!isObject(one) || !isObject(other)) return one === other
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && alike(one[key], other[key]))
  )
}

const changed = <T>(one: T, other: T): Changed<T> => (alike(one, other) ? null : { one, other })

const allKeys = (...maps: readonly ReadonlyMap<string, unknown>[]): string[] =>
  [...new Set(maps.flatMap((map) => [...map.keys()]))].sort()

const entries =
  <T extends object>(idOf: (entry: T) => string) =>
  (ones: readonly T[], others: readonly T[]): Entries<T> => {
    const inOne = new Map(ones.map((entry) => [idOf(entry), entry]))
    const inOther = new Map(others.map((entry) => [idOf(entry), entry]))
    return allKeys(inOne, inOther).flatMap((id): Entries<T> => {
      const [one, other] = [inOne.get(id), inOther.get(id)]
      if (one === undefined) return other === undefined ? [] : [{ one: null, other }]
      if (other === undefined) return [{ one, other: null }]
      return alike(one, other) ? [] : [{ one, other }]
    })
  }

// Of two ids, whatever they are made of.
const idOfPair = (first: string, second: string): string => JSON.stringify([first, second])

const characters = entries<Character>(({ character }) => character)
const personas = entries<Persona>(({ persona, player }) => idOfPair(persona, player))
const participants = entries<Participant>(({ entity }) => entity)
const activities = entries<Activity>(({ entity }) => entity)

// In which hand something is held, no activity says; who saw it is how it came about.
const inAnyHand = (all: Activities): Activity[] =>
  all.map(({ seen: _, ...activity }) => ({ ...activity, holding: activity.holding.toSorted() }))

const feelings = (edges: Edges, { from, to }: Edge): Feelings => {
  const { affinity, trust, summary } = edgeBetween(edges, from, to)
  return { affinity, trust, summary }
}

const edges = (ones: Edges, others: Edges): EdgeDiff[] => {
  const known = new Map([...ones, ...others].map((edge) => [idOfPair(edge.from, edge.to), edge]))
  return allKeys(known).flatMap((id) => {
    const edge = known.get(id)
    const differing = edge && changed(feelings(ones, edge), feelings(others, edge))
    return differing ? [{ from: edge.from, to: edge.to, ...differing }] : []
  })
}

/** How each part of a state is compared. Null: it tells what has happened, not what is true. */
const parts = {
  premise: changed,
  cast: (one: Cast, other: Cast) => ({
    characters: characters(one.characters, other.characters),
    personas: personas(one.personas, other.personas),
  }),
  arrivals: null,
  turn: null,
  places: entries<Place>(({ place }) => place),
  scene: (one: Scene, other: Scene) => ({
    number: changed(one.number, other.number),
    open: changed(one.open !== null, other.open !== null),
    place: changed(one.open?.place ?? null, other.open?.place ?? null),
    participants: participants(one.open?.participants ?? [], other.open?.participants ?? []),
  }),
  activities: (one: Activities, other: Activities) => activities(inAnyHand(one), inAnyHand(other)),
  clock: (one: Clock, other: Clock) => ({
    minutes: changed(one.minutes, other.minutes),
    anchor: changed(one.anchor, other.anchor),
    weather: changed(one.weather, other.weather),
  }),
  edges,
  pins: entries<Pin>(({ owner, memory }) => idOfPair(owner, memory)),
  resets: null,
  past: null,
  settled: null,
  evolved: null,
} satisfies {
  readonly [Part in keyof StoryState]: Part extends keyof StateDiff
    ? (one: StoryState[Part], other: StoryState[Part]) => StateDiff[Part]
    : null
}

/** What differs between two states of one story, as between two of its branches. The order of lists is none of it. */
export const diffStates = (one: StoryState, other: StoryState): StateDiff => ({
  premise: parts.premise(one.premise, other.premise),
  cast: parts.cast(one.cast, other.cast),
  places: parts.places(one.places, other.places),
  scene: parts.scene(one.scene, other.scene),
  activities: parts.activities(one.activities, other.activities),
  clock: parts.clock(one.clock, other.clock),
  edges: parts.edges(one.edges, other.edges),
  pins: parts.pins(one.pins, other.pins),
})

export const isEmpty = (diff: StateDiff): boolean => alike(diff, noDifference)
