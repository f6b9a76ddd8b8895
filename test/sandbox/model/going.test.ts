import { describe, expect, test } from 'vitest'
import { goingIn } from '../../../src/sandbox/model/read/going.ts'

const places = ['Kitchen', 'the lamp room', 'Kitchen 2']
const going = (text: string, isHere = true) => goingIn({ by: 'Ada', text }, isHere, places, ['Mira', 'Jon'])

describe('where a line says that its speaker goes', () => {
  test.each([
    ['*goes to the kitchen*', 'Kitchen'],
    ['*I climb up to the lamp room.* "Hello?"', 'the lamp room'],
    ['"Wait here." *She slowly walks back into the Kitchen, and sits.*', 'Kitchen'],
    ['I enter the lamp room.', 'the lamp room'],
    ['Ada runs into Kitchen 2', 'Kitchen 2'],
  ])('%s leads to %s', (text, place) => {
    expect(going(text)).toEqual({ to: { place }, with: [] })
  })

  test.each([
    '*I leave.*',
    '*leaves the house*',
    '*I take my hat and walk out.*',
    '*storms out of the room*',
    '*I step out into the rain.*',
    '*runs off*',
    'I leave the tavern.',
    'We head home',
  ])('%s leads out of the scene', (text) => {
    expect(going(text)).toMatchObject({ to: 'away' })
  })

  test('takes along whom it names, and all who heard it where it says so', () => {
    expect(going('*walks to the kitchen with Mira*')?.with).toEqual(['Mira'])
    expect(going('*We go to the kitchen.*')?.with).toEqual(['Mira', 'Jon'])
    expect(going('*I leave with the others*')?.with).toEqual(['Mira', 'Jon'])
  })

  test.each([
    '"I leave tomorrow."',
    'Leave me alone!',
    '*leaves the key on the table*',
    '*I step out of the way*',
    '*looks at the kitchen*',
    '*I do not leave.*',
    'We can’t leave.',
    '*I want to go to the kitchen*',
    '*walks towards the window*',
    '*comes closer*',
    '*moves away from Jon*',
    '*turns away*',
    '*passes out*',
    '*runs away from the question*',
    'Is Mira in the kitchen?',
    '*I go to the cellar*',
    '',
  ])('%s leads nowhere', (text) => {
    expect(going(text)).toBeUndefined()
  })

  test.each(['*I come back in.*', '*returns*', '*walks back into the room*', 'I enter.'])(
    '%s brings back one who was elsewhere',
    (text) => {
      expect(going(text, false)).toEqual({ to: 'back', with: [] })
    },
  )

  test.each(['*I leave.*', '*waits in the rain*', '"I come back."'])(
    '%s leaves one who was elsewhere there',
    (text) => {
      expect(going(text, false)).toBeUndefined()
    },
  )
})
