import { describe, expect, test } from 'vitest'
import { growingAnswer, readAnswer } from '../../src/roles/read-answer.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { begun, by, entityIn, having, says } from './told.ts'

const told = having(begun, by(createCharacter, { name: 'C++ (old)' }), says('"Mira?"'))
const as = (speaker: string) => ({
  ...told.head,
  state: { ...told.head.state, turn: { ...told.head.state.turn, speaker } },
})
const asMira = as(entityIn(told, 'Mira'))

describe('what of a model’s text enters the story', () => {
  test.each([
    ['  Rain falls.  ', 'Rain falls.'],
    ['Mira: "Go."', '"Go."'],
    ['"Go."\n\nAda: I go.\n\nMira: Good.', '"Go."'],
    ['"Go."\n\n**Ada:** I go.', '"Go."'],
    ['"Go."\n**Ada**: I go.', '"Go."'],
    ['**Mira:** "Go."', '"Go."'],
    ['**Mira**: "Go."', '"Go."'],
    ['"Ada: that is what they call you."', '"Ada: that is what they call you."'],
    ['Mira: "Mira: that is me."', '"Mira: that is me."'],
    ['Ada: I go.', ''],
    ['', ''],
  ])('%j becomes %j', (text, expected) => expect(readAnswer(text, asMira)).toBe(expected))

  test('a name is read as it is written, whatever it means to a computer', () => {
    expect(readAnswer('C++ (old): "Go."', as(entityIn(told, 'C++ (old)')))).toBe('"Go."')
    expect(readAnswer('CCC old: "Go."', as(entityIn(told, 'C++ (old)')))).toBe('CCC old: "Go."')
  })

  test('another in the cast can be quoted: only players speak for themselves alone', () =>
    expect(readAnswer('The crate says:\nMira: fragile', as('narrator'))).toBe(
      'The crate says:\nMira: fragile',
    ))
})

describe('what of a growing text is shown', () => {
  test.each([
    ['Mi', ''],
    ['**Mira', ''],
    ['Mira: "Go', '"Go'],
    ['Mirage', 'Mirage'],
    ['"Go."\n\nAd', '"Go."'],
    ['"Go."\n\n**Ad', '"Go."'],
    ['"Go."\n\nAdd salt', '"Go."\n\nAdd salt'],
    [' \n', ''],
  ])('%j shows %j', (text, expected) => expect(growingAnswer(text, asMira)).toBe(expected))

  test('never more than what is shown in the end', () => {
    const whole = 'Mira: "Go."\nAdmit it.\nAda: I go.'
    const end = readAnswer(whole, asMira)
    expect(end).toBe('"Go."\nAdmit it.')
    for (let length = 0; length <= whole.length; length += 1) {
      const shown = growingAnswer(whole.slice(0, length), asMira)
      expect(end.startsWith(shown), whole.slice(0, length)).toBe(true)
    }
  })
})
