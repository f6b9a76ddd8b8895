import { describe, expect, test } from 'vitest'
import { fail, goOn, regenerate, say, tell, whisper } from '../../src/story/decide.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { leaveScene, openScene } from '../../src/story/edit/world.ts'
import { call, joined, saidBy, waitedFor } from '../../src/story/gather.ts'
import type { Line } from '../../src/story/line.ts'
import { revise } from '../../src/story/revise.ts'
import { segmentAll } from '../../src/story/segment.ts'
import { fold, type StoryState } from '../../src/story/state.ts'
import { isWhispered, perceivedFor, saidAloud } from '../../src/story/witness.ts'
import {
  accepted,
  ada,
  adaHerself,
  ben,
  by,
  events,
  having,
  jon,
  mira,
  newId,
  told,
  wordsIn,
} from './given.ts'

const words = new Map(told.cast.characters.map(({ name }, at) => [name, ['Mira', 'Jon'][at] ?? '']))
const speak = (state: StoryState, text: string, player = ada, gathers = true) =>
  say(state, player, segmentAll([{ id: 'm1', text }]), words, newId, gathers)
const types = (outcome: ReturnType<typeof say>) => accepted(outcome).events.map(({ type }) => type)

const first = accepted(speak(told, '"Jon, are you there?"'))
const second = accepted(speak(first.state, '*looks at Mira*', ben))
const bens = second.state.cast.personas.find(({ player }) => player === ben.id)?.persona ?? ''
const all = [...saidBy(first), ...saidBy(second)]

describe('a turn that gathers', () => {
  test('given a told turn, when one speaks, then a turn opens that waits for more', () => {
    expect(first.events[0]).toMatchObject({ type: 'turn.opened', data: { gathers: true } })
    expect(first.state.turn).toMatchObject({ number: 2, phase: 'gathering', player: ada.id })
  })

  test('given one, when another speaks, then their lines are said in it, and it stays whose it was', () => {
    expect(types(second)).toEqual(['persona.taken', 'line.spoken'])
    expect(second).toMatchObject({ turn: 2, alternate: null })
    expect(second.state.turn).toMatchObject({ number: 2, phase: 'gathering', player: ada.id })
  })

  test('given one, when something is said out of character, then it is kept in it', () => {
    expect(types(speak(first.state, '((brb))'))).toEqual(['line.spoken'])
  })

  test('given a told turn, when all is out of character, then none opens', () => {
    expect(accepted(speak(told, '((brb))')).state.turn).toEqual(told.turn)
  })

  test('given one, when it is called, then who was called first answers, of all that was said', () => {
    const called = accepted(call(second.state, ada.id, all, words, newId))
    expect(called.events).toEqual([{ type: 'turn.called', data: { speaker: jon } }])
    expect(called.state.turn).toMatchObject({ number: 2, phase: 'open', speaker: jon, player: ada.id })
    expect(accepted(call(second.state, ada.id, saidBy(second), words, newId)).state.turn.speaker).toBe(mira)
  })

  test('given a call with the last words, then both are one decision', () => {
    const called = accepted(call(second.state, ben.id, all, words, newId))
    const both = joined(second, called)
    expect(both.events.map(({ type }) => type)).toEqual(['persona.taken', 'line.spoken', 'turn.called'])
    expect(wordsIn(both)).toEqual(['Ben', '*looks at Mira*'])
    expect(fold(both.events, first.state)).toEqual(both.state)
  })

  test('given a called turn, then it is told like any other', () => {
    const called = accepted(call(second.state, ada.id, all, words, newId))
    expect(accepted(tell(called.state, 'Aye.', 'finished', newId)).state.turn.phase).toBe('told')
  })

  test('given one, when a message of it is written anew, then that is not refused', () => {
    const [line] = saidBy(first).map((said): Line => ({ ...said, id: 'l1', turn: 2, place: 9 }))
    const revised = revise(
      first.state,
      ada.id,
      line ? [line] : [],
      segmentAll([{ id: 'm1', text: 'No.' }]),
      newId,
    )
    expect(types(revised)).toEqual(['line.revised'])
  })

  test.each([
    ['when the story is to go on', () => goOn(first.state, ada.id, newId), 'turn_gathering'],
    [
      'when it is to be answered anew',
      () => regenerate(first.state, { player: ada.id, alternate: 1 }, newId),
      'turn_gathering',
    ],
    ['when an answer comes', () => tell(first.state, 'Early.', 'finished', newId), 'turn_not_open'],
    ['when none comes', () => fail(first.state, 'stalled', newId), 'turn_not_open'],
    [
      'when it is called and nothing is left of it',
      () => call(first.state, ada.id, [], words, newId),
      'no_line',
    ],
    [
      'when it is called with no more than a remark',
      () => call(first.state, ada.id, saidBy(accepted(speak(told, '((brb))'))), words, newId),
      'no_line',
    ],
    [
      'given a told turn, when it is called',
      () => call(told, ada.id, all, words, newId),
      'turn_not_gathering',
    ],
  ])('%s, it is refused', (_when, decide, refused) => expect(events(decide())).toEqual({ refused }))
})

describe('whom a round waits for', () => {
  test('those who are present and have said nothing', () => {
    expect(waitedFor(second.state, [])).toEqual([adaHerself, bens])
    expect(waitedFor(second.state, saidBy(first))).toEqual([bens])
    expect(waitedFor(second.state, all)).toEqual([])
  })

  test('not those who left the scene', () => {
    const apart = having(second.state, by(openScene, { place: null }), by(leaveScene, { entity: bens }))
    expect(waitedFor(apart, saidBy(first))).toEqual([])
  })

  test('also those who have only whispered, or spoken out of character', () => {
    const to = { player: ben, to: mira, text: '“Hush.”', shown: '*whispers to Mira.*', source: 'm3' }
    const whispered = accepted(whisper(second.state, to, newId))
    const remark = accepted(speak(second.state, '((brb))', ben))
    expect(waitedFor(second.state, [...saidBy(first), ...saidBy(whispered), ...saidBy(remark)])).toEqual([
      bens,
    ])
  })
})

describe('a whisper', () => {
  const intent = { player: ada, to: mira, text: '“The light.”', shown: '*whispers to Mira.*', source: 'm2' }
  const whispered = accepted(whisper(told, intent, newId))
  const [shown, secret] = saidBy(whispered)
  const lines = saidBy(whispered).map((said, at): Line => ({ ...said, id: `l${at}`, turn: 2, place: at }))

  test('opens a turn that the one answers to whom it was said, whatever is planned', () => {
    expect(whispered.events.map(({ type }) => type)).toEqual(['turn.opened', 'line.spoken', 'line.spoken'])
    expect(whispered.state.turn).toMatchObject({ phase: 'open', speaker: mira, chosen: true, player: ada.id })
  })

  test('is perceived by the two alone; all others perceive that it was said', () => {
    expect(secret).toMatchObject({ kind: 'dialogue', text: '“The light.”', witnesses: [adaHerself, mira] })
    expect(shown).toMatchObject({
      kind: 'action',
      source: 'm2',
      witnesses: ['narrator', mira, jon, adaHerself],
    })
    for (const entity of ['narrator', jon])
      expect(perceivedFor(whispered.state, entity, lines).map(({ text }) => text)).toEqual([intent.shown])
    expect(perceivedFor(whispered.state, mira, lines)).toHaveLength(2)
    expect(saidAloud(lines).map(({ text }) => text)).toEqual([intent.shown])
    expect(isWhispered({ kind: 'ooc', witnesses: [] })).toBe(false)
  })

  test('given a turn that gathers, then it is said in that, and whom it names does not count', () => {
    const within = accepted(whisper(first.state, { ...intent, text: '“Mira, listen.”' }, newId))
    expect(within.state.turn).toEqual(first.state.turn)
    const called = call(within.state, ada.id, [...saidBy(within).slice(1), ...saidBy(first)], words, newId)
    expect(accepted(called).state.turn.speaker).toBe(jon)
  })

  test('by one who plays for the first time comes from their new persona', () => {
    const bens = accepted(whisper(told, { ...intent, player: ben }, newId))
    expect(bens.events.map(({ type }) => type).slice(0, 2)).toEqual(['turn.opened', 'persona.taken'])
    expect(saidBy(bens)[1]?.witnesses).toEqual([bens.state.cast.personas.at(-1)?.persona, mira])
  })

  const answered = having(whispered.state, (state) => tell(state, 'Aye.', 'finished', newId))
  const instead = { text: 'No.', segments: segmentAll([{ id: 'm2', text: 'No.' }]), spoken: lines }
  const apart = having(
    told,
    by(createCharacter, { name: 'Eli' }),
    by(openScene, { participants: [adaHerself] }),
  )
  test.each([
    ['without a word', () => whisper(told, { ...intent, text: ' ' }, newId), 'blank'],
    ['while an answer is written', () => whisper(whispered.state, intent, newId), 'turn_open'],
    ['to nobody', () => whisper(told, { ...intent, to: 'nobody' }, newId), 'unknown_entity'],
    ['to a player', () => whisper(told, { ...intent, to: adaHerself }, newId), 'unknown_entity'],
    ['to one who is elsewhere', () => whisper(apart, intent, newId), 'not_present'],
    [
      'when it is to be another line',
      () => regenerate(answered, { player: ada.id, alternate: 1, line: instead }, newId),
      'whispered',
    ],
  ])('%s, it is refused', (_when, decide, refused) => expect(events(decide())).toEqual({ refused }))
})
