import { expect, test } from 'vitest'
import { evolutionRows } from '../../commands/character/evolution.ts'
import { MESSAGE_LIMIT } from '../../src/discord/split.ts'
import { en } from '../../src/locales/en.ts'
import { createCharacter } from '../../src/story/edit/people.ts'
import { addPlace } from '../../src/story/edit/world.ts'
import type { KeptChange } from '../../src/turn/ports/evolution.ts'
import { edited, headAfter } from './head.ts'

const head = headAfter(
  edited(createCharacter, () => ({ name: 'Mira' })),
  edited(addPlace, () => ({ name: 'The *Inn*', type: 'inn' })),
)
const [mira] = head.state.cast.characters
const inn = head.state.places[0]?.place ?? ''

const change = (body: string, more: Partial<KeptChange> = {}): KeptChange => ({
  ...{ text: body, body, turn: 14, scene: 2, place: inn, from: 11, to: 20 },
  ...more,
})
const page = (changes: readonly KeptChange[], more: { page?: number; hasMore?: boolean } = {}): string =>
  mira ? evolutionRows(head, mira, { changes, page: 0, hasMore: false, ...more }, en) : ''

test('each change stands under its turns, with the turn, the scene and the place that showed it', () => {
  const changes = [
    change('Mira fears\nthe *sea*.'),
    change('Mira trusts Ada.', { turn: 11, scene: null, place: null }),
    change('Mira limps.', { from: 1, to: 10, turn: 3, place: 'gone' }),
  ]
  expect(page(changes)).toBe(
    [
      '### How Mira has changed',
      '**Turns 11 to 20**',
      'Mira fears the \\*sea\\*.',
      '-# Turn 14 · Scene 2 · The \\*Inn\\*',
      'Mira trusts Ada.',
      '-# Turn 11',
      '**Turns 1 to 10**',
      'Mira limps.',
      '-# Turn 3 · Scene 2',
      '-# You see this because you started this story or moderate this server.',
    ].join('\n'),
  )
})

test('says which page it is where there are more', () => {
  expect(page([change('Mira limps.')], { hasMore: true })).toMatch(/\n-# Page 1 · You see this/u)
  expect(page([change('Mira limps.')], { page: 1 })).toMatch(/\n-# Page 2 · You see this/u)
})

test('fits one message, whatever is in it', () => {
  const long = Array.from({ length: 5 }, (_, nth) =>
    change('*'.repeat(200), { from: nth, to: nth, turn: 100_000 + nth }),
  )
  expect(page(long, { page: 9, hasMore: true }).length).toBeLessThanOrEqual(MESSAGE_LIMIT)
})
