import { expect, test } from 'vitest'
import { calledHere } from '../../commands/character/character.ts'
import { prefill } from '../../commands/character/form.ts'
import { characterList, characterSheet } from '../../commands/character/show.ts'
import { en } from '../../src/locales/en.ts'
import { nameOnly } from '../../src/story/cast.ts'
import type { Head } from '../../src/story/head.ts'
import { ROOT_BRANCH } from '../../src/story/ref.ts'
import { emptyState } from '../../src/story/state.ts'

/** A head whose characters are these, each text under its own words. */
const headWith = (...characters: readonly { readonly name: string; readonly persona?: string }[]): Head => ({
  ref: { story: 's', branch: ROOT_BRANCH },
  strand: 1,
  seq: 1,
  state: {
    ...emptyState,
    cast: {
      personas: [],
      characters: characters.map(({ name, persona = null }, index) => ({
        ...nameOnly(name),
        character: `c${index}`,
        persona,
      })),
    },
  },
  words: new Map(
    characters.flatMap(({ name, persona = '' }) => [
      [name, name],
      [persona, persona],
    ]),
  ),
})
const only = (head: Head) => calledHere(head, head.words.keys().next().value ?? '', en)

test('nobody, one and many are told apart', () => {
  expect(characterList(headWith(), en)).toContain('no characters yet')
  expect(characterList(headWith({ name: 'Eli' }), en)).toBe('**1 character**\n**Eli**')
})

test('however many there are, the list fits one message', () => {
  const many = Array.from({ length: 15 }, (_, index) => ({
    name: `${index}${'*'.repeat(58)}`,
    persona: 'x_'.repeat(2000),
  }))
  const list = characterList(headWith(...many), en)
  expect(list.length).toBeLessThanOrEqual(2000)
  expect(list).toContain('… and 3 more')
})

test('one of whom no more than the name is written says so', () => {
  const head = headWith({ name: 'Eli' })
  expect(characterSheet(head, only(head), true, en)).toBe('### Eli\n\nNo more than the name is known.')
})

test('a name is found in any case and any way to write its letters', () => {
  const head = headWith({ name: 'Zoé' })
  expect(calledHere(head, ' ZOE\u0301 ', en).character).toBe('c0')
  expect(calledHere(head, 'zo', en).character).toBe('c0')
  expect(() => calledHere(head, 'oé', en)).toThrow('The characters of this story: Zoé')
  expect(() => calledHere(headWith(), 'Zo', en)).toThrow('no characters yet')
})

test('a form never opens with more than it takes', () => {
  const head = headWith({ name: 'Eli', persona: 'x'.repeat(5000) })
  expect(prefill(head, only(head), ['name', 'persona'])).toEqual({
    name: 'Eli',
    persona: `${'x'.repeat(3999)}…`,
  })
})
