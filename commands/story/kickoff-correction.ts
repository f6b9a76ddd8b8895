import { calledExactly, castIn, severalNamed } from '../../src/discord/names.ts'
import { plain } from '../../src/discord/render.ts'
import { UserFacingError } from '../../src/kit/errors.ts'
import type { Texts } from '../../src/locales/en.ts'
import { isSameName } from '../../src/story/cast.ts'
import { LAST_MINUTE, minutesAt, timeOf } from '../../src/story/clock.ts'
import { readTimeOfDay } from '../../src/story/duration.ts'
import { NEUTRAL } from '../../src/story/edge.ts'
import type { Head } from '../../src/story/head.ts'
import { LABEL_LIMIT } from '../../src/story/label.ts'
import {
  asHoldings,
  asLabel,
  asSentence,
  isMerelyThere,
  type Kickoff,
  type KickoffPerson,
  type KickoffPlace,
  relationIn,
  withoutPerson,
  withoutRelation,
  withPeople,
  withPerson,
  withRelation,
} from '../../src/turn/kickoff.ts'
import type { Field } from './kickoff-form.ts'
import type { PartKey } from './kickoff-parts.ts'

/** What was written into the inputs of a part's form. */
export type Written = (field: Field) => string

const refuse = (code: string, words: string): never => {
  throw new UserFacingError(code, words)
}

const partsIn = (typed: string): string[] =>
  typed
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

/** What is special about a place, by the words of the list of places. */
const readTraits = (
  typed: string,
  { place: { mark }, kickoff: words }: Texts,
): Pick<KickoffPlace, 'moving' | 'public' | 'audible'> => {
  const marks = Object.entries(mark) as [keyof typeof mark, string][]
  const named = partsIn(typed).map((part) => {
    const found = marks.find(([, label]) => isSameName(label, part))?.[0]
    return (
      found ?? refuse('no_trait', words.noTrait(plain(part, LABEL_LIMIT), Object.values(mark).join(', ')))
    )
  })
  return {
    moving: named.includes('moving'),
    public: !named.includes('closed'),
    audible: named.includes('within') ? 'within' : named.includes('far') ? 'far' : 'near',
  }
}

const placeFrom = (written: Written, before: KickoffPlace | null, texts: Texts): KickoffPlace | null => {
  const { kickoff: words } = texts
  const name = asLabel(written('name'))
  if (name === null) return null
  const outer = asLabel(written('inside'))
  if (outer !== null && isSameName(outer, name)) refuse('place_loop', words.insideItself)
  const wasInside = before?.inside && outer !== null && isSameName(before.inside.name, outer)
  return {
    name,
    type: asLabel(written('type')) ?? words.somePlace,
    inside: outer === null ? null : { name: outer, type: wasInside ? before.inside.type : words.somePlace },
    ...readTraits(written('traits'), texts),
  }
}

/** The minutes that "Day 2, 18:05" or "18:05" says: without a day, on `day`. */
export const readTime = (typed: string, day: number): number | undefined => {
  const read = /^(?:day\s+(?<day>\d{1,7})\s*,?\s+)?(?<time>\S+)$/iu.exec(typed.trim())
  const time = readTimeOfDay(read?.groups?.time ?? '')
  const on = Number(read?.groups?.day ?? day)
  const minutes = time && on >= 1 ? minutesAt({ ...time, day: on }) : undefined
  return minutes !== undefined && minutes <= LAST_MINUTE ? minutes : undefined
}

const timeFrom = (typed: string, before: number | null, head: Head, { kickoff: words }: Texts) => {
  if (typed === '') return null
  const { day } = timeOf(before ?? head.state.clock.minutes)
  return readTime(typed, day) ?? refuse('not_a_time', words.noTime(plain(typed, LABEL_LIMIT)))
}

const attentionFrom = (
  typed: string,
  entity: string,
  head: Head,
  texts: Texts,
): KickoffPerson['attention'] => {
  const thing = asLabel(typed)
  if (thing === null) return null
  const someone = calledExactly(castIn(head, texts), typed)
  if (!someone) return { thing }
  return someone.id === entity ? null : { entity: someone.id }
}

/** Someone of whom there was something, and is nothing any more, is taken out. */
const withThem = (kickoff: Kickoff, entity: string, written: Written, head: Head, texts: Texts): Kickoff => {
  const before = kickoff.people.find((person) => person.entity === entity)
  if (!before) return refuse('part_gone', texts.kickoff.partGone)
  const person: KickoffPerson = {
    entity,
    posture: asLabel(written('posture')),
    action: asLabel(written('action')),
    attention: attentionFrom(written('attention'), entity, head, texts),
    holding: asHoldings(partsIn(written('holding'))),
    status: asLabel(written('status')),
  }
  return isMerelyThere(person) && !isMerelyThere(before)
    ? withoutPerson(kickoff, entity)
    : withPerson(kickoff, person)
}

const feelingFrom = (typed: string, { kickoff: words }: Texts): number => {
  if (typed === '') return NEUTRAL
  const feeling = /^\d{1,3}$/u.test(typed) ? Number(typed) : Number.NaN
  return feeling <= 100 ? feeling : refuse('not_a_feeling', words.noFeeling(plain(typed, LABEL_LIMIT)))
}

const withFeelings = (
  kickoff: Kickoff,
  ends: { readonly from: string; readonly to: string },
  written: Written,
  texts: Texts,
): Kickoff => {
  if (!relationIn(kickoff, ends)) return refuse('part_gone', texts.kickoff.partGone)
  const summary = asSentence(written('summary'))
  const [affinity, trust] = [written('affinity'), written('trust')]
  if (summary === null && affinity === '' && trust === '') return withoutRelation(kickoff, ends)
  const felt = { affinity: feelingFrom(affinity, texts), trust: feelingFrom(trust, texts) }
  return withRelation(kickoff, { ...ends, ...felt, summary })
}

/** A proposal with one part as it was written. Refused, in words, where that cannot be. */
export const corrected = (
  key: PartKey,
  kickoff: Kickoff,
  written: Written,
  head: Head,
  texts: Texts,
): Kickoff => {
  switch (key[0]) {
    case 'place':
      return { ...kickoff, place: placeFrom(written, kickoff.place, texts) }
    case 'time':
      return {
        ...kickoff,
        time: timeFrom(written('time'), kickoff.time, head, texts),
        firstDay: asSentence(written('firstDay')),
      }
    case 'weather':
      return { ...kickoff, weather: asLabel(written('weather')) }
    case 'people': {
      const typed = written('people')
      return withPeople(kickoff, typed === '' ? [] : severalNamed(head, typed, texts))
    }
    case 'person':
      return withThem(kickoff, key[1], written, head, texts)
    case 'relation':
      return withFeelings(kickoff, { from: key[1], to: key[2] }, written, texts)
  }
}
