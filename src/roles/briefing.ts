import { listed } from '../kit/text.ts'
import { saidParts } from '../prompt/history.ts'
import { calledIn } from '../prompt/names.ts'
import { activityText, sceneText } from '../prompt/world.ts'
import { personaOf } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { type EntityId, NARRATOR } from '../story/ref.ts'
import { knownSince } from '../story/reset.ts'
import { present } from '../story/scene.ts'
import { witnessedBy, witnessesOf } from '../story/witness.ts'

/** The longest briefing, in tokens. What people say gets what the rest leaves over. */
export const BRIEFING_LIMIT = 400
const SCENE_LIMIT = 100
const DOING_LIMIT = 80
const NAMES_LIMIT = 60
const DIRECTION_LIMIT = 50

type Count = (text: string) => number

const startOf = (text: string, length: number) => `${text.slice(0, length).replace(/[\ud800-\udbff]$/, '')}…`
/** Who spoke, and the end of what they said: that is what is to be answered. */
const endOf = (text: string, length: number) => {
  const name = text.slice(0, text.indexOf(': ') + 2)
  return `${name}…${text
    .slice(name.length)
    .slice(-length)
    .replace(/^[\udc00-\udfff]/, '')}`
}

/** As much of a text as a limit lets through; nothing where that is none. */
const clipped = (text: string, limit: number, count: Count, cut = startOf): string => {
  let kept = text
  for (let length = text.length; count(kept) > limit; kept = cut(text, length)) {
    length = Math.floor(length * Math.min(0.9, limit / count(kept)))
    if (length < 1) return ''
  }
  return kept
}

/**
 * Who can be given the next answer: those characters who perceive what the player says and does now, and the
 * narrator. Never a persona.
 */
export const voicesIn = ({ state }: Pick<Head, 'state'>): EntityId[] => {
  const player = personaOf(state.cast, state.turn.player)?.persona ?? NARRATOR
  const hearers = witnessesOf(state, player, 'dialogue')
  const characters = state.cast.characters.map(({ character }) => character)
  return [...characters.filter((character) => hearers.includes(character)), NARRATOR]
}

/** What each one who is present perceived, and still knows: what a plan can rest on without telling a secret. */
const sharedBy = (entities: readonly EntityId[], { state }: Head, lines: readonly Line[]): Line[] =>
  entities.reduce<Line[]>(
    (shared, entity) => knownSince(state.resets, entity, witnessedBy(entity, shared)),
    [...lines],
  )

/** The newest texts that fit a limit together, in their order. Of the newest its end is kept where it is too long. */
const newest = (texts: readonly string[], limit: number, count: Count): string[] => {
  const kept: string[] = []
  let left = limit
  for (const text of texts.toReversed()) {
    const fitting = kept.length === 0 ? clipped(text, left - 1, count, endOf) : text
    left -= count(fitting) + 1
    if (left < 0 || fitting === '') break
    kept.unshift(fitting)
  }
  return kept
}

const whoseTurn = (head: Head): string => {
  const { turn, cast } = head.state
  const persona = personaOf(cast, turn.player)
  const name = persona ? calledIn(head)(persona.persona) : 'a player'
  return turn.continues ? `Nobody said anything; ${name} asks the story to go on.` : `It is ${name}’s turn.`
}

/**
 * All that a planner learns of a story, put together by code: the scene, what those present do, whose turn it is,
 * and the newest lines, as far as every one of them perceives it. So nothing in a plan can be a secret to its speaker.
 */
export const briefingOf = (head: Head, lines: readonly Line[], count: Count): string => {
  const { cast, scene, turn } = head.state
  const called = calledIn(head)
  const here = present(cast, scene)
  const played = cast.personas.map(({ persona }) => persona).filter((persona) => here.includes(persona))
  const isSeenByAll = (entity: EntityId) => {
    const witnesses = witnessesOf(head.state, entity, 'action')
    return here.every((other) => witnesses.includes(other))
  }
  const doing = here.filter(isSeenByAll).map((entity) => activityText(head, entity, here))
  const direction = head.words.get(turn.options.direction ?? '')
  const world = [
    clipped(sceneText(head), SCENE_LIMIT, count),
    clipped(doing.filter(Boolean).join('\n'), DOING_LIMIT, count),
    clipped(`You can choose from: ${listed(voicesIn(head).map(called))}.`, NAMES_LIMIT, count),
    played.length > 0 && clipped(`Played by people: ${listed(played.map(called))}.`, NAMES_LIMIT, count),
    `${whoseTurn(head)} By rule, ${called(turn.speaker)} would answer.`,
    direction && clipped(`Direction for this answer: ${direction}`, DIRECTION_LIMIT, count),
    'What was told last:',
  ]
    .filter(Boolean)
    .join('\n')
  const said = saidParts('', sharedBy(here, head, lines), turn.number, called).map(({ text }) => text)
  const told = newest(said, BRIEFING_LIMIT - count(world) - 2, count)
  return clipped([world, ...(told.length > 0 ? told : ['(nothing)'])].join('\n'), BRIEFING_LIMIT, count)
}
