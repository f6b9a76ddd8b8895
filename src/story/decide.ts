import type { NewId } from '../kit/ids.ts'
import { nameOnly, personaOf, readIntroduction } from './cast.ts'
import { type Decision, drafting, isRefusal, type Refusal } from './draft.ts'
import type { SayIntent, StartIntent } from './intent.ts'
import { NARRATOR, type PlayerId, SKEIN, type TextId } from './ref.ts'
import { respondentTo } from './respondent.ts'
import type { Segment } from './segment.ts'
import type { StoryState } from './state.ts'
import type { Ending, TurnFailure } from './turn.ts'
import { witnessesOf } from './witness.ts'

export { type Decision, isRefusal, type Refusal }

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
  draft.emit({ type: 'turn.opened', data: { speaker: NARRATOR, player: player.id, opening: true } })
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
  segments: readonly Segment[],
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
    draft.emit({
      type: 'turn.opened',
      data: { speaker: respondentTo(hearers, words, segments), player: player.id, opening: false },
    })
  for (const { kind, text } of segments) draft.speak(speaker, kind, text)
  return draft.done()
}

/** The answer as it was delivered, whole or cut. */
export const tell = (state: StoryState, text: string, ending: Ending, newId: NewId): Decision | Refusal => {
  if (state.turn.phase !== 'open') return { refused: 'turn_not_open' }
  if (text.trim() === '') return { refused: 'blank' }
  const draft = drafting(state, SKEIN, newId)
  draft.speak(state.turn.speaker, 'prose', text)
  draft.emit({ type: 'turn.told', data: { ending } })
  return draft.done()
}

/** No answer came. */
export const fail = (state: StoryState, failure: TurnFailure, newId: NewId): Decision | Refusal => {
  if (state.turn.phase !== 'open') return { refused: 'turn_not_open' }
  const draft = drafting(state, SKEIN, newId)
  draft.emit({ type: 'turn.failed', data: { failure } })
  return draft.done()
}

/** A player asks for the newest turn's answer again, after none came. */
export const retry = (
  state: StoryState,
  player: PlayerId,
  turn: number,
  newId: NewId,
): Decision | Refusal => {
  if (state.turn.phase !== 'failed' || state.turn.number !== turn) return { refused: 'nothing_to_retry' }
  const draft = drafting(state, player, newId)
  draft.emit({ type: 'turn.retried', data: { player } })
  return draft.done()
}
