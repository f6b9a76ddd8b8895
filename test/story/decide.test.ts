import { describe, expect, test } from 'vitest'
import {
  type Decision,
  fail,
  isRefusal,
  type Refusal,
  retry,
  say,
  start,
  tell,
} from '../../src/story/decide.ts'
import type { StartIntent } from '../../src/story/intent.ts'
import { segment } from '../../src/story/segment.ts'
import { emptyState, fold, type StoryState } from '../../src/story/state.ts'
import { countingIds } from '../doubles/ids.ts'

const ada = { id: '1001', displayName: 'ada_l' }
const ben = { id: '1002', displayName: 'Ben' }

const intent: StartIntent = {
  player: ada,
  title: 'The Lighthouse',
  premise: 'A storm is coming.',
  character: { name: 'Mira', persona: 'The keeper.' },
  you: 'Ada, a smuggler',
}

const accepted = (outcome: Decision | Refusal): Decision => {
  if (isRefusal(outcome)) throw new Error(outcome.refused)
  return outcome
}

const newId = countingIds()
const words = (...decisions: readonly Decision[]) =>
  new Map(decisions.flatMap(({ texts }) => texts.map(({ id, body }) => [id, body] as const)))
const begun = accepted(start(emptyState, intent, newId))
const told = accepted(tell(begun.state, 'Rain.', 'finished', newId))
const speak = (state: StoryState, text: string, player = ada) =>
  say(state, player, segment(text), words(begun), newId)
const types = ({ events }: Decision) => events.map(({ type }) => type)

describe('start', () => {
  test('given nothing, when a story is started, then its cast is introduced and its opening waits for the narrator', () => {
    expect(types(begun)).toEqual(['story.started', 'character.introduced', 'persona.taken', 'turn.opened'])
    expect(begun.state.turn).toMatchObject({ number: 1, phase: 'open', speaker: 'narrator', opening: true })
  })

  test('events hold ids, never words', () => {
    const log = JSON.stringify(begun.events)
    for (const { body } of begun.texts) expect(log).not.toContain(body)
  })

  test('people’s words are kept under their own author', () => {
    expect(new Set(begun.texts.map(({ author }) => author))).toEqual(new Set([ada.id]))
  })

  test('given a story, when it is started again, then that is refused', () => {
    expect(start(begun.state, intent, newId)).toEqual({ refused: 'already_started' })
  })

  test('a character may be introduced in the field for its name', () => {
    const character = { name: 'Mira, the ferrywoman', persona: 'Dry.' }
    const { texts } = accepted(start(emptyState, { player: ben, title: 'Fog', character }, newId))
    expect(texts.map(({ body }) => body)).toEqual(['Fog', 'Mira', 'the ferrywoman\nDry.', 'Ben'])
  })

  test('a player who says nothing of themselves plays under their display name', () => {
    const plain = accepted(start(emptyState, { player: ben, title: 'Fog' }, newId))
    expect(plain.texts.map(({ body }) => body)).toEqual(['Fog', 'Ben'])
  })
})

describe('say', () => {
  test('given a told turn, when a player acts, then a turn opens with a line for each segment', () => {
    const said = accepted(speak(told.state, '*lifts the lamp* "Mira?"'))
    expect(types(said)).toEqual(['turn.opened', 'line.spoken', 'line.spoken'])
    expect(said.turn).toBe(2)
  })

  test('every line carries who witnessed it; out of character, nobody in the story does', () => {
    const said = accepted(speak(told.state, '"Hello." ((brb))'))
    const [persona] = begun.state.cast.personas
    const [character] = begun.state.cast.characters
    const witnesses = said.events.flatMap(({ type, data }) =>
      type === 'line.spoken' ? [data.witnesses] : [],
    )
    expect(witnesses).toEqual([['narrator', character?.character, persona?.persona], []])
  })

  test('a message that is all out of character opens no turn, and is kept', () => {
    const said = accepted(speak(told.state, '((back in five))'))
    expect(types(said)).toEqual(['line.spoken'])
    expect(said.state.turn).toEqual(told.state.turn)
    expect(said.texts.map(({ body }) => body)).toEqual(['((back in five))'])
  })

  test('a second player takes a persona with their first line, within the turn, and witnesses it', () => {
    const said = accepted(speak(told.state, 'I follow her.', ben))
    expect(types(said)).toEqual(['turn.opened', 'persona.taken', 'line.spoken'])
    expect(said.state.cast.personas).toHaveLength(2)
  })

  test.each([
    ['*walks down to the beach*', 'narrator'],
    ['"Is anyone here?"', 'Mira'],
    ['*waves at Mira*', 'Mira'],
    ['*admires the miracle* ((Mira is great))', 'narrator'],
  ])('%s is answered by %s', (text, speaker) => {
    const said = accepted(speak(told.state, text))
    const [mira] = begun.state.cast.characters
    expect(said.state.turn.speaker).toBe(speaker === 'Mira' ? mira?.character : speaker)
  })

  test('given a turn that waits for its answer, when someone speaks, then that is refused', () => {
    expect(speak(begun.state, 'I wait.')).toEqual({ refused: 'turn_open' })
  })

  test('a blank message is refused', () => {
    expect(speak(told.state, '   ')).toEqual({ refused: 'blank' })
  })
})

describe('tell, fail and retry', () => {
  test('given an open turn, when its answer is told, then the words are Skein’s and the turn is told', () => {
    expect(types(told)).toEqual(['line.spoken', 'turn.told'])
    expect(told.texts).toMatchObject([{ author: 'skein', body: 'Rain.' }])
    expect(told.state.turn).toMatchObject({ phase: 'told', ending: 'finished' })
  })

  test('given a told turn, when an answer comes late, then it is refused', () => {
    expect(tell(told.state, 'Late.', 'finished', newId)).toEqual({ refused: 'turn_not_open' })
    expect(fail(told.state, 'stalled', newId)).toEqual({ refused: 'turn_not_open' })
  })

  test('an empty answer never enters the story', () => {
    expect(tell(begun.state, ' \n', 'finished', newId)).toEqual({ refused: 'blank' })
  })

  test('given a failed turn, when a player retries it, then it waits for its answer again', () => {
    const failed = accepted(fail(begun.state, 'stalled', newId))
    expect(failed.state.turn).toMatchObject({ phase: 'failed', failure: 'stalled' })
    const retried = accepted(retry(failed.state, ada.id, failed.state.turn.id, newId))
    expect(retried.state.turn).toMatchObject({ number: 1, phase: 'open', failure: null })
  })

  test.each([
    ['told', told.state, told.state.turn.id],
    ['another one', accepted(fail(begun.state, 'empty', newId)).state, 'other'],
  ])('a turn that is %s cannot be retried', (_what, state, turn) => {
    expect(retry(state, ada.id, turn, newId)).toEqual({ refused: 'nothing_to_retry' })
  })

  test('given a failed turn, when a player speaks, then a new turn opens', () => {
    const failed = accepted(fail(begun.state, 'stalled', newId))
    expect(accepted(speak(failed.state, 'I wait.')).state.turn).toMatchObject({ number: 2, phase: 'open' })
  })
})

test('the state of a decision is the fold of its events', () => {
  const said = accepted(speak(told.state, 'I climb the stairs.', ben))
  expect(fold([...begun.events, ...told.events, ...said.events])).toEqual(said.state)
})
