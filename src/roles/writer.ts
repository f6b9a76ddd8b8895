import { saidParts } from '../prompt/history.ts'
import { calledIn } from '../prompt/names.ts'
import type { Part, Section } from '../prompt/part.ts'
import { activityText, feelingText, sceneText, timeText } from '../prompt/world.ts'
import type { KnownFact, Recalled } from '../recall/recall.ts'
import { activitySeenBy } from '../story/activity.ts'
import { type Character, characterIn } from '../story/cast.ts'
import type { Head } from '../story/head.ts'
import type { Line } from '../story/line.ts'
import { type EntityId, NARRATOR, type TextId } from '../story/ref.ts'
import { present, whereIs } from '../story/scene.ts'
import { perceivedFor, witnessesOf } from '../story/witness.ts'
import { planFor } from './plan-notes.ts'

/** What happened in some turns, told in short for those who perceived the same of it. */
export type Summary = {
  readonly from: number
  readonly to: number
  readonly owners: readonly EntityId[]
  readonly body: string
}

export type WriterInput = {
  readonly head: Head
  /** The newest turns that are not summed up yet; may hold more than the speaker perceived. */
  readonly lines: readonly Line[]
  /** The standing instructions for a narrator or a character, and what must not stand in the story. */
  readonly rules: string
  readonly boundaries: string
  readonly summaries: readonly Summary[]
  /** How the speaker has changed, the newest last; a narrator never does. */
  readonly changes: readonly string[]
  readonly recalled: readonly Recalled[]
  readonly facts: readonly KnownFact[]
  /** Whether a text may stand in the story: what was noted before a line was drawn may not any more. */
  readonly isAllowed: (text: string) => boolean
}

/** One row of the list of the cast, which all may know. */
const castRow = (name: string, kind: string, who: string) =>
  `- ${name} (${kind})${who ? `: ${who}` : ''}`.replace(/\s+/gu, ' ')

const worded =
  ({ words }: Head) =>
  (id: TextId | null | undefined) =>
    (id && words.get(id)) || ''

const storyText = (head: Head): string => {
  const word = worded(head)
  const { premise } = head.state
  return [`Title: ${word(premise?.title)}`, word(premise?.premise) && `Premise: ${word(premise?.premise)}`]
    .filter(Boolean)
    .join('\n')
}

const castText = (head: Head): string => {
  const word = worded(head)
  const { characters, personas } = head.state.cast
  return [
    ...characters.map(({ name, persona }) => castRow(word(name), 'character', word(persona))),
    ...personas.map(({ name, description, pronouns }) =>
      castRow(
        word(name),
        ['played by a person', word(pronouns)].filter(Boolean).join(', '),
        word(description),
      ),
    ),
  ].join('\n')
}

/** What a character knows of itself. Only its own prompt holds more than the row in the list of the cast. */
const selfText = (character: Character, head: Head): string => {
  const word = worded(head)
  const told = (label: string, id: TextId | null) => (word(id) ? [`${label}${word(id)}`] : [])
  return [
    ...told(`${word(character.name)}: `, character.persona),
    ...told('What marks you: ', character.traits),
    ...told('What lies behind you, and only you know: ', character.backstory),
    ...told('What you and the players are to each other: ', character.relationship),
  ].join('\n')
}

const selfParts = (speaker: EntityId, { head, changes }: WriterInput): Part[] => {
  const character = characterIn(head.state.cast, speaker)
  if (!character) return []
  const audience = [speaker]
  const voice = worded(head)(character.voice)
  return [
    { section: 'self', tier: 'must', audience, text: selfText(character, head) },
    { section: 'examples', tier: 'nice', audience, text: voice },
    ...changes.map((change): Part => ({ section: 'changes', tier: 'should', audience, text: `- ${change}` })),
  ]
}

const REMEMBERED = {
  pinned: { section: 'pin', tier: 'should' },
  recalled: { section: 'memory', tier: 'should' },
  further: { section: 'memory', tier: 'nice' },
} as const

/** A memory as its owner has it: what they were told is told so, and over whom it came they need not know. */
const memoryText = ({ body, toldBy }: Recalled, head: Head): string =>
  toldBy === null ? `- ${body}` : `- ${body} (told by ${calledIn(head)(toldBy)})`

const recalledParts = (speaker: EntityId, { head, recalled, facts }: WriterInput): Part[] => {
  const noted = ({ body, score, cues }: KnownFact | Recalled) => ({
    text: `- ${body}`,
    audience: [speaker],
    why: [`score ${score.toFixed(1)}`, ...cues].join(', '),
  })
  return [
    ...recalled.map(
      (memory): Part => ({
        ...REMEMBERED[memory.how],
        ...noted(memory),
        text: memoryText(memory, head),
        ...(memory.how === 'pinned' ? { why: 'pinned' } : {}),
      }),
    ),
    ...facts.map((fact): Part => ({ section: 'fact', tier: REMEMBERED[fact.how].tier, ...noted(fact) })),
  ]
}

/** What those do whom all perceive who are told of it, and saw when it was noted. */
const activityParts = (readers: readonly EntityId[], head: Head, here: readonly EntityId[]): Part[] =>
  here.flatMap((entity): Part[] => {
    const text = activityText(head, entity, readers)
    const audience = witnessesOf(head.state, entity, 'action').filter((reader) =>
      activitySeenBy(head.state.activities, entity, [reader]),
    )
    const isSeen = readers.every((reader) => audience.includes(reader))
    return text && isSeen ? [{ section: 'activity', tier: 'must', text: `- ${text}`, audience }] : []
  })

/**
 * What is true now, as the speaker can tell; a narrator tells all who hear the answer. One who is in no scene knows
 * nothing of the one that is open.
 */
const worldParts = (speaker: EntityId, head: Head): Part[] => {
  const all = present(head.state.cast, head.state.scene)
  const here = all.filter((entity) => entity !== NARRATOR)
  const readers = speaker === NARRATOR ? witnessesOf(head.state, NARRATOR, 'prose') : [speaker]
  if (readers.some((reader) => whereIs(head.state.scene, reader) === undefined))
    return [{ section: 'scene', tier: 'must', text: `Time: ${timeText(head)}`, audience: readers }]
  const felt = here.map((entity) => feelingText(head, speaker, entity)).filter((text) => text !== undefined)
  return [
    { section: 'scene', tier: 'must', text: sceneText(head), audience: here },
    ...activityParts(readers, head, here),
    ...(speaker === NARRATOR
      ? []
      : [{ section: 'feelings', tier: 'must', text: felt.join('\n'), audience: [speaker] } as const]),
  ]
}

const OPENING = 'Begin the story: set the opening scene.'

const GO_ON = '(Nobody says anything. Go on with the story.)'

/** How the story begins anew in the first turn after a reset: with the first scenes of those who have one. */
const newBeginning = ({ state: { turn, cast, resets }, words }: Head): string[] => {
  const isFirst = resets.some((reset) => reset.character === null && reset.turn === turn.number - 1)
  if (!isFirst) return []
  const scenes = cast.characters.map(({ kickoff }) => words.get(kickoff ?? '')).filter(Boolean)
  const begins = '(The story begins anew here, as if no more than its opening had happened.'
  return [`${[begins, ...scenes].join('\n')})`]
}

/** What an answer is asked with beside what was said: how to begin, that nobody spoke, where it is to go. */
const requestParts = (head: Head): Part[] => {
  const { turn } = head.state
  const direction = head.words.get(turn.options.direction ?? '')
  return [
    ...(turn.opening ? [OPENING] : []),
    ...newBeginning(head),
    ...(turn.continues ? [GO_ON] : []),
    ...(direction ? [`(Direction for this answer: ${direction})`] : []),
  ].map((text): Part => ({ section: 'request', tier: 'must', text, audience: 'everyone' }))
}

/** What models have noted of the story: the lines and veils of today hold for it, too. */
const NOTED: ReadonlySet<Section> = new Set(['changes', 'summary', 'activity', 'pin', 'fact', 'memory'])

/** What the prompt for the answer to a head's open turn is made of. Parts may be without words. */
export const writerParts = (input: WriterInput): Part[] => {
  const { head, rules, boundaries, summaries, isAllowed } = input
  const { turn } = head.state
  const { speaker } = turn
  const lines = perceivedFor(head.state, speaker, input.lines)
  const everyone = 'everyone' as const
  const parts: Part[] = [
    // A character's own can hold what only it knows.
    { section: 'rules', tier: 'must', text: rules, audience: speaker === NARRATOR ? everyone : [speaker] },
    { section: 'boundaries', tier: 'must', text: boundaries, audience: everyone },
    { section: 'story', tier: 'must', text: storyText(head), audience: everyone },
    { section: 'cast', tier: 'must', text: castText(head), audience: everyone },
    ...selfParts(speaker, input),
    ...summaries.map(
      ({ from, to, body, owners }): Part => ({
        section: 'summary',
        tier: 'should',
        text: body,
        audience: owners,
        turn: to,
        why: `turns ${from} to ${to}`,
      }),
    ),
    ...saidParts(speaker, lines, turn.number, calledIn(head)),
    ...worldParts(speaker, head),
    ...recalledParts(speaker, input),
    { section: 'plan', tier: 'should', text: planFor(head, isAllowed), audience: 'nobody' },
    ...requestParts(head),
  ]
  return parts.filter(({ section, text }) => !NOTED.has(section) || isAllowed(text))
}
