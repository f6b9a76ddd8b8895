import type { NewId } from '../kit/ids.ts'
import { characterIn, nameOnly, personaOf, readIntroduction } from './cast.ts'
import { type Decision, type Draft, drafting, isRefusal, type Refusal } from './draft.ts'
import type { StoryEvent } from './event.ts'
import type { SayIntent, StartIntent, WhisperIntent } from './intent.ts'
import type { Line } from './line.ts'
import { type EntityId, NARRATOR, type PlayerId, SKEIN, type TextId, type TurnId } from './ref.ts'
import { respondentTo } from './respondent.ts'
import { playersLines, replaceLines } from './revise.ts'
import type { SaidSegment, Segment } from './segment.ts'
import type { StoryState } from './state.ts'
import type { Ending, Failure, TurnFailure, WritingOptions } from './turn.ts'
import { isWhispered, witnessesOf } from './witness.ts'

export { type Decision, isRefusal, type Refusal }

const opening = (
  draft: Draft,
  asked: {
    readonly speaker: EntityId
    readonly player: PlayerId
    readonly opening?: boolean
    readonly continues?: boolean
    readonly chosen?: boolean
    readonly gathers?: boolean
  },
): StoryEvent => ({
  type: 'turn.opened',
  data: {
    opening: false,
    continues: false,
    chosen: false,
    gathers: false,
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

/** The persona that a player speaks through: one who has none yet takes one under their display name. */
const voiceOf = (draft: Draft, player: SayIntent['player']): EntityId => {
  if (!personaOf(draft.state().cast, player.id)) draft.takePersona(player.id, { name: player.displayName })
  return personaOf(draft.state().cast, player.id)?.persona ?? NARRATOR
}

/**
 * A player's message, already split into segments. It is said in the turn that gathers; where none does, it opens one,
 * unless all of it is out of character, which is answered by someone who heard it. `gathers`: a turn that it opens waits
 * for more.
 */
export const say = (
  state: StoryState,
  player: SayIntent['player'],
  segments: readonly SaidSegment[],
  words: ReadonlyMap<TextId, string>,
  newId: NewId,
  gathers = false,
): Decision | Refusal => {
  if (segments.length === 0) return { refused: 'blank' }
  if (state.turn.phase === 'open') return { refused: 'turn_open' }
  const draft = drafting(state, player.id, newId)
  const voice = voiceOf(draft, player)
  if (state.turn.phase !== 'gathering' && segments.some(({ kind }) => kind !== 'ooc')) {
    const witnesses = witnessesOf(draft.state(), voice, 'dialogue')
    const heard = segments.map(({ kind, text }) => ({ kind, text, witnesses }))
    const speaker = respondentTo(draft.state().cast, words, heard)
    draft.emitFirst(opening(draft, { speaker, player: player.id, gathers }))
  }
  for (const { kind, text, source } of segments) draft.speak(voice, kind, text, source)
  return draft.done()
}

/**
 * What a player says to one character alone: all others perceive no more than that it was said. It is said in the turn
 * that gathers; where none does, that character answers.
 */
export const whisper = (
  state: StoryState,
  { player, to, text, shown, source }: WhisperIntent,
  newId: NewId,
): Decision | Refusal => {
  if (text.trim() === '') return { refused: 'blank' }
  if (state.turn.phase === 'open') return { refused: 'turn_open' }
  if (!characterIn(state.cast, to)) return { refused: 'unknown_entity' }
  const draft = drafting(state, player.id, newId)
  const voice = voiceOf(draft, player)
  if (!witnessesOf(draft.state(), voice, 'dialogue').includes(to)) return { refused: 'not_present' }
  if (state.turn.phase !== 'gathering')
    draft.emitFirst(opening(draft, { speaker: to, player: player.id, chosen: true }))
  draft.speak(voice, 'action', shown, source)
  draft.emit({
    type: 'line.spoken',
    data: {
      ...{ line: newId(), speaker: voice, kind: 'dialogue', text: draft.text(text), source },
      witnesses: [voice, to],
    },
  })
  return draft.done()
}

/** Who can be given a voice by a model. */
const isVoice = ({ cast }: StoryState, speaker: EntityId): boolean =>
  speaker === NARRATOR || cast.characters.some(({ character }) => character === speaker)

/**
 * The story goes on though nobody said anything: the one who is chosen speaks, else the next that the plan has, else
 * whoever spoke last.
 */
export const goOn = (
  state: StoryState,
  player: PlayerId,
  newId: NewId,
  chosen: EntityId | null = null,
): Decision | Refusal => {
  const { turn } = state
  if (turn.phase === 'open') return { refused: 'turn_open' }
  if (turn.phase === 'gathering') return { refused: 'turn_gathering' }
  if (turn.number === 0) return { refused: 'nothing_told' }
  if (chosen !== null && !isVoice(state, chosen)) return { refused: 'unknown_entity' }
  const draft = drafting(state, player, newId)
  const speaker = chosen ?? turn.next.find((next) => isVoice(state, next)) ?? turn.speaker
  draft.emit(opening(draft, { speaker, player, continues: true, chosen: chosen !== null }))
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
  if (turn.phase === 'gathering') return { refused: 'turn_gathering' }
  if (turn.number === 0) return { refused: 'nothing_to_regenerate' }
  const draft = drafting(state, player, newId)
  const spoken = playersLines(state, line?.spoken ?? [])
  if (line && spoken.length === 0) return { refused: 'no_line' }
  // Other words would stand in the place of both what was whispered and what all perceived of it.
  if (line && spoken.some(isWhispered)) return { refused: 'whispered' }
  if (speaker && !isVoice(state, speaker)) return { refused: 'unknown_entity' }
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
  if (!planned.speakers.every((speaker) => isVoice(state, speaker))) return { refused: 'unknown_entity' }
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
  { until = null, section = null }: Partial<Failure> = {},
): Decision | Refusal => {
  if (state.turn.phase !== 'open') return { refused: 'turn_not_open' }
  const draft = drafting(state, SKEIN, newId)
  draft.emit({ type: 'turn.failed', data: { failure, until, section } })
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
