import type { NewId } from '../../kit/ids.ts'
import { castMembers, characterIn, isSameName } from '../../story/cast.ts'
import { type Decision, isRefusal, type Refusal } from '../../story/draft.ts'
import type { Edit } from '../../story/edit/edit.ts'
import { setEdge, summariseEdge } from '../../story/edit/people.ts'
import {
  addPlace,
  changePlace,
  changeWeather,
  closeScene,
  openScene,
  setActivity,
  setClock,
} from '../../story/edit/world.ts'
import { pathOf, placeIn } from '../../story/place.ts'
import type { PlaceId } from '../../story/ref.ts'
import type { StoryState } from '../../story/state.ts'
import { isMerelyThere, type Kickoff, type KickoffPerson, type KickoffPlace } from './kickoff.ts'

/** Edits one after the other, each on what the last one left. One that is refused changes nothing. */
const editing = (from: StoryState, actor: string, newId: NewId) => {
  const accepted: Decision[] = []
  const state = (): StoryState => accepted.at(-1)?.state ?? from
  return {
    state,
    by: <Input>(edit: Edit<Input>, input: Input): void => {
      const outcome = edit(state(), actor, input, newId)
      if (!isRefusal(outcome)) accepted.push(outcome)
    },
    /** All of them as one. */
    done: (): Decision | Refusal => {
      const last = accepted.at(-1)
      if (!last) return { refused: 'nothing_changed' }
      return {
        ...last,
        events: accepted.flatMap(({ events }) => events),
        texts: accepted.flatMap(({ texts }) => texts),
      }
    },
  }
}

type Editing = ReturnType<typeof editing>

const calledIn = ({ state }: Editing, wanted: string): PlaceId[] =>
  state()
    .places.filter(({ name }) => isSameName(name, wanted))
    .map(({ place }) => place)

const added = (edits: Editing, traits: Parameters<typeof addPlace>[2]): PlaceId | null => {
  const before = edits.state().places.length
  edits.by(addPlace, traits)
  const { places } = edits.state()
  return places.length > before ? (places.at(-1)?.place ?? null) : null
}

/** The place as it is to be: the known one of its name, unless that one is somewhere else; else a new one. */
const settingFor = (edits: Editing, { inside, ...traits }: KickoffPlace): PlaceId | null => {
  const outer = inside && (calledIn(edits, inside.name)[0] ?? added(edits, inside))
  const parentOf = (place: PlaceId) => placeIn(edits.state().places, place)?.parent ?? null
  const candidates = calledIn(edits, traits.name)
  const known =
    candidates.find((place) => parentOf(place) === outer) ??
    candidates.find((place) => outer === null || parentOf(place) === null)
  if (known === undefined) return added(edits, { ...traits, parent: outer }) ?? outer
  const holdsOuter =
    outer !== null && pathOf(edits.state().places, outer).some(({ place }) => place === known)
  const parent = outer === null || holdsOuter ? undefined : outer
  edits.by(changePlace, { ...traits, place: known, parent })
  return known
}

const activityOf = (
  person: KickoffPerson,
  isThere: (entity: string) => boolean,
): Parameters<typeof setActivity>[2]['activity'] => {
  if (isMerelyThere(person)) return null
  const { posture, action, attention, holding, status } = person
  return {
    slot: null,
    posture,
    action:
      action === null
        ? null
        : { label: action, interruptibility: 'being_called', attention: 'half', minutes: null },
    attention: attention && 'entity' in attention && !isThere(attention.entity) ? null : attention,
    holding: [...holding],
    status,
  }
}

/**
 * Begins a scene as it was confirmed, in one decision: the time and the weather, the place, the scene in the stead of
 * one that is open, what everyone there does, and what characters feel. Who has left meanwhile is passed over, and so is
 * any part that the story does not take or has already. `actor` is the author of the words in it.
 */
export const stage = (
  state: StoryState,
  actor: string,
  kickoff: Kickoff,
  newId: NewId,
): Decision | Refusal => {
  const edits = editing(state, actor, newId)
  const members = castMembers(state.cast)
  const people = kickoff.people.filter(({ entity }) => members.includes(entity))
  const isThere = (entity: string) => people.some((person) => person.entity === entity)
  edits.by(closeScene, {})
  // What someone does begins at the time that the scene does.
  edits.by(setClock, { minutes: kickoff.time ?? undefined, anchor: kickoff.firstDay ?? undefined })
  if (kickoff.weather !== null) edits.by(changeWeather, { weather: kickoff.weather })
  const place = kickoff.place && settingFor(edits, kickoff.place)
  const participants = people.length > 0 ? people.map(({ entity }) => entity) : undefined
  edits.by(openScene, { place, participants })
  for (const person of people)
    edits.by(setActivity, { entity: person.entity, activity: activityOf(person, isThere) })
  for (const { summary, ...relation } of kickoff.relations) {
    if (!characterIn(state.cast, relation.from)) continue
    edits.by(setEdge, relation)
    if (summary !== null) edits.by(summariseEdge, { from: relation.from, to: relation.to, summary })
  }
  return edits.done()
}
