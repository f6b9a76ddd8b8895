import { expect, test } from 'vitest'
import { saidParts } from '../../src/prompt/history.ts'
import { NARRATOR } from '../../src/story/ref.ts'
import { aLine } from './line.ts'

const all = [NARRATOR, 'mira', 'ada']
const names: Record<string, string> = { [NARRATOR]: 'Narrator', mira: 'Mira', ada: 'Ada' }
const partsOf = (entity: string, now: number, lines = told) =>
  saidParts(entity, lines, now, (id) => names[id] ?? '')
const told = [
  aLine(1, NARRATOR, 'Rain.', all),
  aLine(2, 'ada', '*knocks* ', all),
  aLine(2, 'ada', '"Mira?"\n', all),
  aLine(2, 'mira', '"Go away."', all),
  aLine(3, 'ada', '*hides the key*', [NARRATOR, 'ada']),
]

test('one’s own lines are the assistant’s, all others’ stand under their names', () =>
  expect(partsOf('mira', 3).map(({ speaker, text }) => [speaker, text])).toEqual([
    ['other', 'Narrator: Rain.'],
    ['other', 'Ada: *knocks* "Mira?"'],
    ['self', '"Go away."'],
    ['other', 'Ada: *hides the key*'],
  ]))

test('what is said now is what is to be answered', () =>
  expect(partsOf('mira', 3).map(({ section, turn }) => [section, turn])).toEqual([
    ['history', 1],
    ['history', 2],
    ['history', 2],
    ['line', 3],
  ]))

test('the last four turns must stand in a prompt, with the one that is answered', () => {
  const turns = [1, 2, 3, 4, 5, 6].map((turn) => aLine(turn, 'ada', 'Hm.', all))
  expect(partsOf('mira', 6, turns).map(({ tier }) => tier)).toEqual([
    'nice',
    'nice',
    'must',
    'must',
    'must',
    'must',
  ])
})

test('what is said in one breath is for those who perceived all of it', () => {
  const quieter = [
    aLine(1, 'ada', '"Hm." ', all),
    aLine(1, 'ada', '*winks*', [NARRATOR, 'mira', 'ada', 'jon']),
  ]
  expect(partsOf('mira', 1, quieter)).toMatchObject([{ text: 'Ada: "Hm." *winks*', audience: all }])
})

test('a whisper stands on its own, as one', () => {
  const aside = [aLine(1, 'ada', '"Hm." ', all), aLine(1, 'ada', '"It is him."', ['ada', 'mira'])]
  expect(partsOf('mira', 1, aside)).toMatchObject([
    { text: 'Ada: "Hm."', audience: all },
    { text: 'Ada (whispering to you alone): "It is him."', audience: ['ada', 'mira'] },
  ])
})
