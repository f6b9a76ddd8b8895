import { ComponentType, TextInputStyle } from 'discord-api-types/v10'
import { expect, it } from 'vitest'
import { fieldError, modalFields } from '../../../src/sandbox/page/client/modal-fields.ts'

const input = (custom_id: string, more: object = {}) => ({
  type: ComponentType.TextInput as const,
  style: TextInputStyle.Short,
  custom_id,
  ...more,
})

it('reads both shapes of a form’s fields', () => {
  const fields = modalFields({
    custom_id: 'form',
    title: 'A form',
    components: [
      { type: ComponentType.ActionRow, components: [input('old', { label: 'Old', required: false })] },
      {
        type: ComponentType.Label,
        label: 'New',
        description: 'Hint',
        component: input('new', { value: 'x' }),
      },
      {
        type: ComponentType.Label,
        label: 'Pick',
        component: {
          type: ComponentType.StringSelect,
          custom_id: 'pick',
          options: [
            { label: 'One', value: '1' },
            { label: 'Two', value: '2', default: true },
          ],
        },
      },
    ],
  })
  expect(
    fields.map(({ id, label, hint, required, initial }) => ({ id, label, hint, required, initial })),
  ).toEqual([
    { id: 'old', label: 'Old', hint: '', required: false, initial: '' },
    { id: 'new', label: 'New', hint: 'Hint', required: true, initial: 'x' },
    { id: 'pick', label: 'Pick', hint: '', required: true, initial: '2' },
  ])
})

it.each([
  ['', 'This field is required.'],
  ['ab', 'At least 3 characters (now 2).'],
  ['abc', undefined],
  ['abcdef', 'At most 5 characters (now 6).'],
])('checks “%s”', (text, error) => {
  const [field] = modalFields({
    custom_id: 'form',
    title: 'A form',
    components: [
      { type: ComponentType.Label, label: 'It', component: input('it', { min_length: 3, max_length: 5 }) },
    ],
  })
  expect(field && fieldError(field, text)).toBe(error)
})
