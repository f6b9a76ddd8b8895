import { isSameName } from '../../story/cast.ts'
import { LAST_MINUTE, minutesAt } from '../../story/clock.ts'
import type { Head } from '../../story/head.ts'
import { type Place, placeIn } from '../../story/place.ts'
import type { Roster } from '../roster.ts'
import {
  asHoldings,
  asLabel,
  asSentence,
  isMerelyThere,
  type Kickoff,
  type KickoffPerson,
  type KickoffPlace,
  type KickoffRelation,
  merelyThere,
} from './kickoff.ts'
import { nothing, type Proposal, proposalSchema } from './proposal.ts'
import { everyoneIn } from './request.ts'

/** How proposed words come into the story: as they may stand there, or not at all. */
type Wording = {
  readonly label: (text: string | null) => string | null
  readonly sentence: (text: string | null) => string | null
}

const wordingWith = (isAllowed: (text: string) => boolean): Wording => {
  const allowed = (text: string | null) => (text !== null && isAllowed(text) ? text : null)
  return {
    label: (text) => (text === null ? null : allowed(asLabel(text))),
    sentence: (text) => (text === null ? null : allowed(asSentence(text))),
  }
}

const between = (least: number, most: number, number: number): number =>
  Math.min(most, Math.max(least, Math.round(number)))

const placeFrom = (
  { label }: Wording,
  proposed: Proposal['place'],
  places: readonly Place[],
): KickoffPlace | null => {
  const name = label(proposed?.name ?? null)
  if (!proposed || name === null) return null
  const known = places.find((place) => isSameName(place.name, name))
  const around = proposed.inside ?? placeIn(places, known?.parent ?? null) ?? null
  const outer = label(around?.name ?? null)
  return {
    name: known?.name ?? name,
    type: label(proposed.type) ?? known?.type ?? name,
    inside:
      outer === null || isSameName(outer, name)
        ? null
        : { name: outer, type: label(around?.type ?? null) ?? outer },
    moving: proposed.moving ?? known?.moving ?? false,
    public: proposed.public ?? known?.public ?? true,
    audible: proposed.audible ?? known?.audible ?? 'near',
  }
}

const timeFrom = (proposed: Proposal['time']): number | null => {
  if (!proposed) return null
  const { day, hour, minute } = proposed
  const minutes = minutesAt({
    day: Math.max(1, Math.round(day)),
    hour: between(0, 23, hour),
    minute: between(0, 59, minute),
  })
  return Math.min(LAST_MINUTE, minutes)
}

/** The first of each. */
const once = <T>(entries: readonly T[], keyOf: (entry: T) => string): T[] =>
  entries.filter((entry, index) => entries.findIndex((other) => keyOf(other) === keyOf(entry)) === index)

const peopleFrom = ({ label }: Wording, roster: Roster, proposed: Proposal['present']): KickoffPerson[] => {
  const called = (name: string | null) =>
    roster.find(({ handle }) => name !== null && isSameName(handle, name))
  const people = proposed.flatMap((each): KickoffPerson[] => {
    const who = called(each.who)
    if (!who) return []
    const other = called(each.attends_to)
    const thing = label(each.attends_to)
    const holding = each.holding.map(label).filter((held) => held !== null)
    return [
      {
        entity: who.entity,
        posture: label(each.posture),
        action: label(each.action),
        attention: other
          ? other === who
            ? null
            : { entity: other.entity }
          : thing === null
            ? null
            : { thing },
        holding: asHoldings(holding),
        status: label(each.status),
      },
    ]
  })
  return once(people, ({ entity }) => entity)
}

/** With the people who play in any case: a player is not left out because a model forgot them. */
const withPlayed = (people: readonly KickoffPerson[], roster: Roster): KickoffPerson[] => {
  const forgotten = roster.filter(
    ({ entity, isCharacter }) => !isCharacter && !people.some((person) => person.entity === entity),
  )
  return [...people, ...forgotten.map(({ entity }) => merelyThere(entity))]
}

const relationsFrom = (
  { sentence }: Wording,
  roster: Roster,
  proposed: Proposal['relations'],
): KickoffRelation[] => {
  const relations = proposed.flatMap(({ from, to, affinity, trust, summary }): KickoffRelation[] => {
    const [one, other] = [from, to].map((name) => roster.find(({ handle }) => handle === name)?.entity)
    if (one === undefined || other === undefined || one === other) return []
    const felt = { affinity: between(0, 100, affinity), trust: between(0, 100, trust) }
    return [{ from: one, to: other, ...felt, summary: sentence(summary) }]
  })
  return once(relations, ({ from, to }) => JSON.stringify([from, to]))
}

const isBlank = ({ place, time, firstDay, weather, people, relations }: Kickoff): boolean =>
  [place, time, firstDay, weather].every((part) => part === null) &&
  people.every(isMerelyThere) &&
  relations.length === 0

/**
 * What a proposal, any JSON at all, comes to in a story: whom nobody knows and what must not stand there is left out.
 * Undefined where nothing can be taken from it. Where it has nobody present, the whole cast is, else at least those who
 * are played.
 */
export const readKickoff = (
  head: Pick<Head, 'state' | 'words'>,
  proposal: unknown,
  isAllowed: (text: string) => boolean,
): Kickoff | undefined => {
  const roster = everyoneIn(head)
  const read = proposalSchema(roster).safeParse(proposal).data ?? nothing
  const wording = wordingWith(isAllowed)
  const people = peopleFrom(wording, roster, read.present)
  const kickoff: Kickoff = {
    place: placeFrom(wording, read.place, head.state.places),
    people: people.length > 0 ? withPlayed(people, roster) : roster.map(({ entity }) => merelyThere(entity)),
    time: timeFrom(read.time),
    firstDay: wording.sentence(read.first_day),
    weather: wording.label(read.weather),
    relations: relationsFrom(wording, roster, read.relations),
  }
  return isBlank(kickoff) ? undefined : kickoff
}
