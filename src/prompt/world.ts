import { listed, twoDigits } from '../kit/text.ts'
import { type Activity, activitySeenBy } from '../story/activity.ts'
import { timeOf } from '../story/clock.ts'
import { edgeBetween } from '../story/edge.ts'
import type { Head } from '../story/head.ts'
import { pathOf } from '../story/place.ts'
import { type EntityId, NARRATOR, type PlaceId } from '../story/ref.ts'
import { participantIn, present } from '../story/scene.ts'
import { calledIn } from './names.ts'

/** "Day 2, 18:05", and what day 1 is where that is known. */
export const timeText = ({ state: { clock }, words }: Head): string => {
  const { day, hour, minute } = timeOf(clock.minutes)
  const anchor = words.get(clock.anchor ?? '')
  const time = `Day ${day}, ${twoDigits(hour)}:${twoDigits(minute)}`
  return anchor ? `${time} (day 1: ${anchor})` : time
}

/** "the kitchen, in the lighthouse"; undefined where nobody knows. */
export const placeText = ({ state: { places } }: Head, place: PlaceId | null): string | undefined => {
  if (place === null) return undefined
  const path = pathOf(places, place).map(({ name }) => name)
  return path.length > 0 ? path.toReversed().join(', in ') : undefined
}

/** Where and when a scene is, and who is there. */
export const sceneText = (head: Head): string => {
  const { cast, scene, clock } = head.state
  const called = calledIn(head)
  const here = present(cast, scene).filter((entity) => entity !== NARRATOR)
  const place = placeText(head, scene.open?.place ?? null)
  const elsewhere = here.flatMap((entity) => {
    const at = placeText(head, participantIn(scene, entity)?.place ?? null)
    return at && at !== place ? [`${called(entity)} is in ${at}.`] : []
  })
  return [
    place && `Place: ${place}`,
    `Time: ${timeText(head)}`,
    clock.weather && `Weather: ${clock.weather}`,
    here.length > 0 && `Here: ${listed(here.map(called))}`,
    ...elsewhere,
  ]
    .filter(Boolean)
    .join('\n')
}

const attentionText = ({ attention }: Activity, called: (entity: EntityId) => string): string | undefined => {
  if (attention === null) return undefined
  return `attends to ${'entity' in attention ? called(attention.entity) : attention.thing}`
}

/**
 * What someone does, in a line: "Mira: sitting, by the window, mending a net, holds a lamp". `readers`: all who can
 * learn of it; undefined where one of them did not see it.
 */
export const activityText = (
  head: Head,
  entity: EntityId,
  readers: readonly EntityId[],
): string | undefined => {
  const known = activitySeenBy(head.state.activities, entity, readers)
  if (!known) return undefined
  const called = calledIn(head)
  const { posture, slot, action, holding, status } = known
  const parts = [
    posture,
    slot,
    action?.label,
    holding.length > 0 && `holds ${listed(holding)}`,
    attentionText(known, called),
    status,
  ].filter(Boolean)
  return parts.length > 0 ? `${called(entity)}: ${parts.join(', ')}` : undefined
}

/** A feeling from 0 to 100 in a word, so that models need no scale. */
const inWords = (feeling: number, [none, little, some, much]: readonly [string, string, string, string]) => {
  if (feeling < 20) return none
  if (feeling < 40) return little
  return feeling <= 60 ? undefined : feeling <= 80 ? some : much
}

const AFFINITY = ['hate', 'dislike', 'fondness', 'love'] as const
const TRUST = ['deep distrust', 'wariness', 'trust', 'trust without question'] as const

/** How one of the cast feels about another, in a line; undefined where there is nothing to say of it. */
export const feelingText = (head: Head, from: EntityId, to: EntityId): string | undefined => {
  const { affinity, trust, summary } = edgeBetween(head.state.edges, from, to)
  const felt = [inWords(affinity, AFFINITY), inWords(trust, TRUST)].filter((word) => word !== undefined)
  const told = head.words.get(summary ?? '')
  if (felt.length === 0 && !told) return undefined
  return `- ${calledIn(head)(to)}: ${[listed(felt), told].filter(Boolean).join('. ')}`
}
