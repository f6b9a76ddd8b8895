import { onOneRow, shorten } from '../../kit/text.ts'
import { type Activity, HOLDING_LIMIT } from '../../story/activity.ts'
import type { Edge } from '../../story/edge.ts'
import { LABEL_LIMIT } from '../../story/label.ts'
import type { PlaceTraits } from '../../story/place.ts'
import type { EntityId } from '../../story/ref.ts'

/** The longest sentence in a kickoff, in UTF-16 units: what is between two, or what day 1 is. */
export const SENTENCE_LIMIT = 300

/** `inside`: the place around it, which may not be known yet. */
export type KickoffPlace = Omit<PlaceTraits, 'parent'> & {
  readonly inside: Pick<PlaceTraits, 'name' | 'type'> | null
}

/** One who is there, and what they do. */
export type KickoffPerson = { readonly entity: EntityId; readonly action: string | null } & Pick<
  Activity,
  'posture' | 'attention' | 'holding' | 'status'
>

/** How a character stands to someone when the story begins. */
export type KickoffRelation = Pick<Edge, 'from' | 'to' | 'affinity' | 'trust'> & {
  readonly summary: string | null
}

/**
 * How a scene is to begin: what is proposed, then corrected part by part, then staged. Null: as it is by now. `time`
 * counts as the story's clock does; `firstDay` says what day 1 is. With nobody there, everybody is.
 */
export type Kickoff = {
  readonly place: KickoffPlace | null
  readonly people: readonly KickoffPerson[]
  readonly time: number | null
  readonly firstDay: string | null
  readonly weather: string | null
  readonly relations: readonly KickoffRelation[]
}

const within = (text: string, limit: number): string | null => shorten(onOneRow(text), limit) || null

/** A few words as an event can hold them; null where there are none. */
export const asLabel = (text: string): string | null => within(text, LABEL_LIMIT)

/** A sentence on one row; null where there is none. */
export const asSentence = (text: string): string | null => within(text, SENTENCE_LIMIT)

/** What someone can hold, each thing once. */
export const asHoldings = (things: readonly string[]): string[] => [
  ...new Set(
    things
      .map(asLabel)
      .filter((thing) => thing !== null)
      .slice(0, HOLDING_LIMIT),
  ),
]

/** One of whom no more is known than that they are there. */
export const merelyThere = (entity: EntityId): KickoffPerson => ({
  entity,
  posture: null,
  action: null,
  attention: null,
  holding: [],
  status: null,
})

/** Whether no more is known of someone than that they are there. */
export const isMerelyThere = ({ posture, action, attention, holding, status }: KickoffPerson): boolean =>
  posture === null && action === null && attention === null && holding.length === 0 && status === null

/** With just these people there: of those who were, what they do stays. */
export const withPeople = (kickoff: Kickoff, entities: readonly EntityId[]): Kickoff => ({
  ...kickoff,
  people: [...new Set(entities)].map(
    (entity) => kickoff.people.find((person) => person.entity === entity) ?? merelyThere(entity),
  ),
})

/** With this in the place of what someone did. One who is not there stays away. */
export const withPerson = (kickoff: Kickoff, person: KickoffPerson): Kickoff => ({
  ...kickoff,
  people: kickoff.people.map((known) => (known.entity === person.entity ? person : known)),
})

export const withoutPerson = (kickoff: Kickoff, entity: EntityId): Kickoff => ({
  ...kickoff,
  people: kickoff.people.filter((person) => person.entity !== entity),
})

const isBetween =
  ({ from, to }: Pick<KickoffRelation, 'from' | 'to'>) =>
  (other: Pick<KickoffRelation, 'from' | 'to'>): boolean =>
    other.from === from && other.to === to

export const relationIn = (
  { relations }: Kickoff,
  ends: Pick<KickoffRelation, 'from' | 'to'>,
): KickoffRelation | undefined => relations.find(isBetween(ends))

/** With this in the place of what was between the two. */
export const withRelation = (kickoff: Kickoff, relation: KickoffRelation): Kickoff => ({
  ...kickoff,
  relations: kickoff.relations.map((known) => (isBetween(relation)(known) ? relation : known)),
})

export const withoutRelation = (kickoff: Kickoff, ends: Pick<KickoffRelation, 'from' | 'to'>): Kickoff => ({
  ...kickoff,
  relations: kickoff.relations.filter((known) => !isBetween(ends)(known)),
})
