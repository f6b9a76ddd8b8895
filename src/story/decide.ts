import type { NewId } from '../kit/ids.ts'
import { nameOnly, personaOf, readIntroduction } from './cast.ts'
import { type Decision, type Draft, drafting, isRefusal, type Refusal } from './draft.ts'
import type { StoryEvent } from './event.ts'
import type { SayIntent, StartIntent } from './intent.ts'
import type { Line } from './line.ts'
import { type EntityId, NARRATOR, type PlayerId, SKEIN, type TextId, type TurnId } from './ref.ts'
import { respondentTo } from './respondent.ts'
import { playersLines, replaceLines } from './revise.ts'
import type { SaidSegment, Segment } from './segment.ts'
import type { StoryState } from './state.ts'
import type { Ending, TurnFailure, WritingOptions } from './turn.ts'
import { witnessesOf } from './witness.ts'

export { type Decision, isRefusal, type Refusal }

const opening = (
  draft: Draft,
  asked: {
    readonly speaker: EntityId
    readonly player: PlayerId
    readonly opening?: boolean
    readonly continues?: boolean
  },
): StoryEvent => ({
  type: 'turn.opened',
  data: {
    opening: false,
    continues: false,
    ...asked,
    turn: draft.newId(),
    after: draft.state().turn.alternate,
  },
})

/** Begins a story and opens its first turn, in which the narrator sets the scene. */
export const start = (state: StoryState, intent: StartIntent, newId: NewId): Decision | Refusal => {
  if (state.premise) return { refused: 'already_started' }
  const { player } = intent
  const draft = drafting(state, player.id, newId)
  draft.emit({
    type: 'story.started',
    data: {
      title: draft.text(intent.title),
      premise: draft.optionalText(intent.premise),
      author: player.id,
    },
  })
  if (intent.character) {
    const { name, description } = readIntroduction(intent.character.name, intent.character.name)
    draft.emit({
      type: 'character.introduced',
      data: {
        ...nameOnly(draft.text(name)),
        character: newId(),
        persona: draft.optionalText([description, intent.character.persona].filter(Boolean).join('\n')),
      },
    })
  }
  const you = intent.you ? readIntroduction(intent.you, player.displayName) : undefined
  draft.takePersona(player.id, you ?? { name: player.displayName })
  draft.emit(opening(draft, { speaker: NARRATOR, player: player.id, opening: true }))
  return draft.done()
}

/**
 * A player's message, already split into segments. It opens a turn unless all of it is out of character, and is
 * answered by someone who heard it.
 * A player who speaks for the first time takes a persona under their display name.
 */
export const say = (
  state: StoryState,
  player: SayIntent['player'],
  segments: readonly SaidSegment[],
  words: ReadonlyMap<TextId, string>,
  newId: NewId,
): Decision | Refusal => {
  if (segments.length === 0) return { refused: 'blank' }
  if (state.turn.phase === 'open') return { refused: 'turn_open' }
  const draft = drafting(state, player.id, newId)
  if (!personaOf(state.cast, player.id)) draft.takePersona(player.id, { name: player.displayName })
  const { cast } = draft.state()
  const speaker = personaOf(cast, player.id)?.persona ?? NARRATOR
  const heardBy = witnessesOf(draft.state(), speaker, 'dialogue')
  const hearers = {
    ...cast,
    characters: cast.characters.filter(({ character }) => heardBy.includes(character)),
  }
  if (segments.some(({ kind }) => kind !== 'ooc'))
    draft.emitFirst(opening(draft, { speaker: respondentTo(hearers, words, segments), player: player.id }))
  for (const { kind, text, source } of segments) draft.speak(speaker, kind, text, source)
  return draft.done()
}

/** The story goes on though nobody said anything: whoever spoke last speaks on. */
export const goOn = (state: StoryState, player: PlayerId, newId: NewId): Decision | Refusal => {
  if (state.turn.phase === 'open') return { refused: 'turn_open' }
  if (state.turn.number === 0) return { refused: 'nothing_told' }
  const draft = drafting(state, player, newId)
  draft.emit(opening(draft, { speaker: state.turn.speaker, player, continues: true }))
  return draft.done()
}

/** `alternate`: its number, the next that the turn has none of. `line`: what the player is to have said instead. */
export type RegenerateIntent = {
  readonly player: PlayerId
  readonly alternate: number
  readonly direction?: string | null
  /** Another voice than the one that answered before. */
  readonly speaker?: EntityId | null
  readonly options?: Partial<Omit<WritingOptions, 'direction'>>
  readonly line?: {
    readonly text: string
    readonly segments: readonly Segment[]
    readonly spoken: readonly Line[]
  }
}

/** Another answer to the newest turn, beside those that there are. */
export const regenerate = (
  state: StoryState,
  { player, alternate, direction, speaker, options, line }: RegenerateIntent,
  newId: NewId,
): Decision | Refusal => {
  const { turn } = state
  if (turn.phase === 'open') return { refused: 'turn_open' }
  if (turn.number === 0) return { refused: 'nothing_to_regenerate' }
  const draft = drafting(state, player, newId)
  const spoken = playersLines(state, line?.spoken ?? [])
  if (line && spoken.length === 0) return { refused: 'no_line' }
  draft.emit({
    type: 'turn.regenerated',
    data: {
      player,
      speaker: speaker ?? null,
      alternate,
      line: line ? { text: draft.text(line.text), replaces: spoken.map(({ id }) => id) } : null,
      direction: draft.optionalText(direction),
      temperature: options?.temperature ?? null,
      maxTokens: options?.maxTokens ?? null,
      model: options?.model ?? null,
    },
  })
  if (line) replaceLines(draft, spoken, line.segments)
  return draft.doneInAnswer()
}

/** Who is to answer, and who after that, as it was planned. `reason`: why that one, for people to read. */
export type Plan = {
  readonly speakers: readonly EntityId[]
  readonly plan: string
  readonly reason: string | null
}

/** Plans the answer to the open turn. */
export const plan = (state: StoryState, planned: Plan, newId: NewId): Decision | Refusal => {
  if (state.turn.phase !== 'open') return { refused: 'turn_not_open' }
  const voices = [NARRATOR, ...state.cast.characters.map(({ character }) => character)]
  if (!planned.speakers.every((speaker) => voices.includes(speaker))) return { refused: 'unknown_entity' }
  const draft = drafting(state, SKEIN, newId)
  draft.emit({
    type: 'turn.planned',
    data: {
      speakers: [...planned.speakers],
      plan: draft.text(planned.plan),
      reason: draft.optionalText(planned.reason),
    },
  })
  return draft.doneInAnswer()
}

/** The answer as it was delivered, whole or cut. */
export const tell = (state: StoryState, text: string, ending: Ending, newId: NewId): Decision | Refusal => {
  if (state.turn.phase !== 'open') return { refused: 'turn_not_open' }
  if (text.trim() === '') return { refused: 'blank' }
  const draft = drafting(state, SKEIN, newId)
  draft.speak(state.turn.speaker, 'prose', text)
  draft.emit({ type: 'turn.told', data: { ending } })
  return draft.doneInAnswer()
}

/** No answer came. */
export const fail = (
  state: StoryState,
  failure: TurnFailure,
  newId: NewId,
  until: number | null = null,
): Decision | Refusal => {
  if (state.turn.phase !== 'open') return { refused: 'turn_not_open' }
  const draft = drafting(state, SKEIN, newId)
  draft.emit({ type: 'turn.failed', data: { failure, until } })
  return draft.doneInAnswer()
}

/** A player asks for the newest turn's answer again, after none came. */
export const retry = (
  state: StoryState,
  player: PlayerId,
  turn: TurnId,
  newId: NewId,
): Decision | Refusal => {
  if (state.turn.phase !== 'failed' || state.turn.id !== turn) return { refused: 'nothing_to_retry' }
  const draft = drafting(state, player, newId)
  draft.emit({ type: 'turn.retried', data: { player } })
  return draft.doneInAnswer()
}
