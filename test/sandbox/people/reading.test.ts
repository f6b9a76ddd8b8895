import type { APIMessage } from 'discord-api-types/v10'
import { expect, it } from 'vitest'
import { controlsOf, nameOf, readingOf } from '../../../src/sandbox/people/reading.ts'
import {
  button,
  container,
  file,
  gallery,
  row,
  section,
  select,
  separator,
  thumbnail,
  words,
} from '../discord/version2.ts'

const message = (content: string, ...components: unknown[]) =>
  ({ content, components }) as Pick<APIMessage, 'content' | 'components'>

it('is read from top to bottom: words, what can be pressed, what pictures show, the names of files', () => {
  const shown = message(
    '',
    words('# The lake'),
    container([
      section(button('look', { label: 'Look' }), words('Mira'), words('at the shore')),
      separator(),
      section(thumbnail('https://a.example/b.png', { description: 'Her portrait' }), words('Tomas')),
      gallery('https://a.example/c.png'),
      row(select('whose', ['mira', 'tomas'], { placeholder: 'Whose state?' })),
    ]),
    file('attachment://notes.txt'),
  )
  expect(readingOf(shown).split('\n')).toEqual([
    '# The lake',
    'Mira',
    'at the shore',
    '[Look]',
    'Tomas',
    '(Her portrait)',
    '[Whose state?]',
    '(attachment://notes.txt)',
  ])
})

it('is read with its text first, where it has one', () => {
  const emoji = button('again', { label: undefined, emoji: { name: '🔁' } })
  expect(readingOf(message('Once', row(button('on', { label: 'Go on' }), emoji)))).toBe('Once\n[Go on]\n[🔁]')
})

it('shows of a select what is chosen', () => {
  const options = [
    { label: 'Mira', value: 'mira' },
    { label: 'Tomas', value: 'tomas', default: true },
  ]
  expect(readingOf(message('', row(select('whose', [], { options }))))).toBe('[Tomas]')
})

it('has its buttons and selects in reading order, however deep they stand', () => {
  const shown = message(
    '',
    container([section(button('a'), words('A')), row(button('b'), button('c'))]),
    row(select('d', ['x'])),
  )
  expect(controlsOf(shown).map(nameOf)).toEqual(['a', 'b', 'c', 'd'])
})
