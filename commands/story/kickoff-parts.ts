import { castIn, labelOf } from '../../src/discord/names.ts'
import type { Texts } from '../../src/locales/en.ts'
import { isCast } from '../../src/story/cast.ts'
import { timeOf } from '../../src/story/clock.ts'
import type { Head } from '../../src/story/head.ts'
import { isMerelyThere, type Kickoff, type KickoffPerson, type KickoffPlace } from '../../src/turn/kickoff.ts'

/** Which part of a proposal: its kind, and for people and relations whom it is about. */
export type PartKey =
  | readonly ['place' | 'time' | 'weather' | 'people']
  | readonly ['person', entity: string]
  | readonly ['relation', from: string, to: string]

/** A part as people read it. */
export type Part = { readonly key: PartKey; readonly label: string; readonly words: string }

/** The key that a menu or a form carries; undefined where it is none. */
export const readKey = ([kind, one, other]: readonly string[]): PartKey | undefined => {
  if (kind === 'place' || kind === 'time' || kind === 'weather' || kind === 'people') return [kind]
  if (kind === 'person' && one !== undefined) return [kind, one]
  if (kind === 'relation' && one !== undefined && other !== undefined) return [kind, one, other]
  return undefined
}

/** What is special about a place, in the words that the list of places has for it. */
export const traitsOf = (
  { moving, public: isPublic, audible }: Omit<KickoffPlace, 'name' | 'type' | 'inside'>,
  { place: { mark } }: Texts,
): string[] => [
  ...(moving ? [mark.moving] : []),
  ...(isPublic ? [] : [mark.closed]),
  ...(audible === 'near' ? [] : [mark[audible]]),
]

/** Whom or what someone attends to; empty for nobody. */
export const attendedBy = ({ attention }: KickoffPerson, head: Head, texts: Texts): string => {
  if (!attention) return ''
  return 'thing' in attention ? attention.thing : labelOf(castIn(head, texts), attention.entity)
}

const placeWords = ({ place }: Kickoff, texts: Texts): string => {
  const { kickoff: words } = texts
  if (!place) return words.noPlace
  const inside = place.inside ? [words.inside(place.inside.name)] : []
  return [place.name, place.type, ...inside, ...traitsOf(place, texts)].join(' · ')
}

const timeWords = ({ time, firstDay }: Kickoff, { state }: Head, texts: Texts): string => {
  const { clock, kickoff: words } = texts
  const when = clock.when(timeOf(time ?? state.clock.minutes))
  const told = time === null ? words.unchanged(when) : when
  return firstDay === null ? told : words.day(told, firstDay)
}

const personWords = (person: KickoffPerson, head: Head, texts: Texts): string => {
  const { activity: words } = texts
  if (isMerelyThere(person)) return texts.kickoff.nothingKnown
  const { posture, action, holding, status } = person
  const attended = attendedBy(person, head, texts)
  return [
    posture,
    action,
    holding.length > 0 && words.holds(holding.join(', ')),
    status,
    attended && words.attends(attended),
  ]
    .filter(Boolean)
    .join(' · ')
}

/** All parts of a proposal, without those about people who are no longer in the story. */
export const partsOf = (kickoff: Kickoff, head: Head, texts: Texts): Part[] => {
  const { kickoff: words } = texts
  const { cast, clock } = head.state
  const known = castIn(head, texts)
  const name = (entity: string) => labelOf(known, entity)
  const people = kickoff.people.filter(({ entity }) => isCast(cast, entity))
  const relations = kickoff.relations.filter(({ from, to }) => isCast(cast, from) && isCast(cast, to))
  const there = people.map(({ entity }) => name(entity)).join(', ')
  return [
    { key: ['place'], label: words.place, words: placeWords(kickoff, texts) },
    { key: ['time'], label: words.time, words: timeWords(kickoff, head, texts) },
    {
      key: ['weather'],
      label: words.weather,
      words: kickoff.weather ?? words.unchanged(clock.weather ?? ''),
    },
    { key: ['people'], label: words.people, words: there || words.everybody },
    ...people.map(
      (person): Part => ({
        key: ['person', person.entity],
        label: name(person.entity),
        words: personWords(person, head, texts),
      }),
    ),
    ...relations.map(
      ({ from, to, affinity, trust, summary }): Part => ({
        key: ['relation', from, to],
        label: words.relation(name(from), name(to)),
        words: [words.felt(affinity, trust), summary].filter(Boolean).join('\n'),
      }),
    ),
  ]
}
