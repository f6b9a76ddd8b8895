import { describe, expect, test } from 'vitest'
import { growingAnswer, readAnswer } from '../../src/roles/read-answer.ts'
import { createCharacter, setPersona } from '../../src/story/edit/people.ts'
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

  test.each([
    'Ada: I go.',
    'ADA: I go.',
    'Ada : I go.',
    '*Ada:* I go.',
    '__Ada__: I go.',
    '[Ada]: I go.',
    '**[Ada]:** I go.',
    '“Ada”: I go.',
    '> Ada: I go.',
    '>Ada: I go.',
    '- Ada: I go.',
    '### Ada: I go.',
    'Ada (softly): I go.',
    '**Ada** *(softly)*: I go.',
    'Ada [aside]: I go.',
    'Ada： I go.',
    'C++ (old): I go.',
    'Narrator: They go.',
  ])('one voice ends where another begins: %j', (intrusion) => {
    expect(readAnswer(`"Go."\n${intrusion}`, asMira)).toBe('"Go."')
    expect(readAnswer(intrusion, asMira)).toBe('')
  })

  test.each([
    'To Ada: all my love.',
    'Ada, listen: the sea.',
    'Adam: that was her father’s name.',
    '"Ada: that is what they call you."',
    'It says “Ada”: no more.',
    'Ada leans on the rail (the old one): she is tired.',
  ])('a name in a sentence is a part of it: %j', (prose) =>
    expect(readAnswer(`"Go."\n${prose}`, asMira)).toBe(`"Go."\n${prose}`),
  )

  test.each(['[Mira]: *nods*', '> **Mira** (softly): *nods*', 'MIRA:*nods*'])(
    'the speaker’s own name is left out however it is written: %j',
    (text) => expect(readAnswer(text, asMira)).toBe('*nods*'),
  )

  test('one whose player writes their name small is known by it with a capital, too', () => {
    const small = having(begun, by(setPersona, { player: '1001', name: 'ada of the sea' }))
    const head = { ...small.head, state: { ...small.head.state, turn: asMira.state.turn } }
    expect(readAnswer('"Go."\nAda Of The Sea: I go.', head)).toBe('"Go."')
    expect(readAnswer('"Go."\nada of the sea: I go.', head)).toBe('"Go."')
  })
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

  test.each([
    'Ada: I go.',
    '> [ADA]: I go.',
    '**Ada** (softly): I go.',
    '“Ada” : I go.',
    'C++ (old) [low]: I go.',
  ])('never more than what is shown in the end: %j', (intrusion) => {
    const whole = `**Mira:** "Go."\nAdmit it.\n${intrusion}`
    const end = readAnswer(whole, asMira)
    expect(end).toBe('"Go."\nAdmit it.')
    for (let length = 0; length <= whole.length; length += 1) {
      const shown = growingAnswer(whole.slice(0, length), asMira)
      expect(end.startsWith(shown), whole.slice(0, length)).toBe(true)
    }
  })
})
