import { expect, test } from 'vitest'
import { macrosFor } from '../../src/roles/macros.ts'
import { createCharacter, reviseCharacter } from '../../src/story/edit/people.ts'
import { setClock } from '../../src/story/edit/world.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { begun, by, entityIn, having, says } from './told.ts'

const mira = entityIn(begun, 'Mira')
const told = having(
  begun,
  by(reviseCharacter, { character: mira, persona: 'The keeper’s daughter.', traits: 'Counts stairs.' }),
  by(createCharacter, { name: 'Jon' }),
  by(setClock, { minutes: 65 }),
  says('"Jon?"', { id: '1002', displayName: 'Ben' }),
)
const as = (speaker: string) => ({
  ...told.head,
  state: { ...told.head.state, turn: { ...told.head.state.turn, speaker } },
})

test('macros are about whoever speaks, the players and the story', () =>
  expect(macrosFor(as(mira), true)).toEqual({
    char: 'Mira',
    user: 'Ada or Ben',
    persona: '',
    description: 'The keeper’s daughter.',
    personality: 'Counts stairs.',
    scenario: '',
    group: 'Mira and Jon',
    time: '01:05',
    isotime: '01:05',
    date: 'day 1',
    weather: '',
  }))

test('what only the speaker knows is in no other prompt', () =>
  expect(macrosFor(as(mira), false).personality).toBe(''))

test('a narrator is nobody in the cast', () =>
  expect(macrosFor(as(NARRATOR), false)).toMatchObject({
    char: 'Narrator',
    description: '',
    personality: '',
  }))

test('the persona is the one of the player whose turn it is', () => {
  const adas = having(begun, says('"Mira?"')).head
  expect(macrosFor(adas, false)).toMatchObject({ persona: 'a smuggler', user: 'Ada' })
})

test('where nobody plays, they are called so', () => {
  const { state } = told.head
  const empty = { ...told.head, state: { ...state, cast: { characters: [], personas: [] } } }
  expect(macrosFor(empty, false)).toMatchObject({ user: 'the players', group: '' })
})
