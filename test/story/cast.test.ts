import { expect, test } from 'vitest'
import { readIntroduction } from '../../src/story/cast.ts'

test.each([
  ['Ada', { name: 'Ada', description: '' }],
  ['Ada, a smuggler on the run', { name: 'Ada', description: 'a smuggler on the run' }],
  ['Ada: a smuggler', { name: 'Ada', description: 'a smuggler' }],
  ['Ada – a smuggler', { name: 'Ada', description: 'a smuggler' }],
  ['Ada (a smuggler)', { name: 'Ada', description: 'a smuggler' }],
  ['Anne-Marie of the Moor; a healer', { name: 'Anne-Marie of the Moor', description: 'a healer' }],
  ['Ada\nA smuggler', { name: 'Ada', description: 'A smuggler' }],
  [
    'somebody who has walked a very long way and has no name that anyone remembers',
    {
      name: 'fallback',
      description: 'somebody who has walked a very long way and has no name that anyone remembers',
    },
  ],
  [', nobody', { name: 'fallback', description: ', nobody' }],
])('"%s" is read as a name and who that is', (text, expected) => {
  expect(readIntroduction(text, 'fallback')).toEqual(expected)
})
