import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import { describe, expect, it } from 'vitest'
import type { Leaf } from '../../../src/sandbox/page/client/commands.ts'
import { type Filled, optionsSoFar, readOptions } from '../../../src/sandbox/page/client/options.ts'

const leafWith = (...options: APIApplicationCommandBasicOption[]): Leaf => ({
  path: ['find'],
  name: 'find',
  description: 'Look something up',
  options,
})

const filled = (values: Filled['values'], more: Partial<Filled> = {}): Filled => ({
  values,
  chosen: {},
  files: {},
  ...more,
})

const find = leafWith(
  { type: Kind.String, name: 'text', description: 'What', required: true, max_length: 5 },
  { type: Kind.Integer, name: 'limit', description: 'How many', min_value: 1, max_value: 10 },
  { type: Kind.Boolean, name: 'mine', description: 'Only mine' },
)

describe('what was typed', () => {
  it.each([
    [{}, {}, { text: 'This option is required.' }],
    [{ text: 'a', limit: '3', mine: 'true' }, { text: 'a', limit: 3, mine: true }, {}],
    [{ text: 'a', limit: '' }, { text: 'a' }, {}],
    [{ text: 'toolong' }, {}, { text: 'At most 5 characters.' }],
    [{ text: 'a', limit: 'x' }, { text: 'a' }, { limit: 'This is not a number.' }],
    [{ text: 'a', limit: '1.5' }, { text: 'a' }, { limit: 'A whole number is needed.' }],
    [{ text: 'a', limit: '11' }, { text: 'a' }, { limit: 'At most 10.' }],
  ])('reads %j', (typed, values, errors) =>
    expect(readOptions(find, filled(typed))).toEqual({ values, errors }),
  )
})

describe('choices that the bot proposed', () => {
  const who = leafWith(
    { type: Kind.String, name: 'who', description: 'Whom', autocomplete: true, required: true },
    { type: Kind.Integer, name: 'turn', description: 'Which', autocomplete: true },
  )

  it('send their value, not the name that the field shows', () => {
    const chosen = { who: { name: 'Ilse Varn', value: 'ilse' }, turn: { name: 'The storm', value: 12 } }
    const typed = { who: 'Ilse Varn', turn: 'The storm' }
    expect(readOptions(who, filled(typed, { chosen })).values).toEqual({ who: 'ilse', turn: 12 })
  })

  it('are asked for with the field as typed, and with what can be read of the others', () => {
    expect(optionsSoFar(who, filled({ who: 'ilse', turn: '1x' }), 'turn')).toEqual({
      who: 'ilse',
      turn: '1x',
    })
    expect(optionsSoFar(who, filled({ turn: '1x' }), 'who')).toEqual({ who: '' })
  })
})

describe('files', () => {
  const bring = leafWith(
    { type: Kind.Attachment, name: 'card', description: 'A card', required: true },
    { type: Kind.Attachment, name: 'more', description: 'More' },
  )

  it.each([
    [{}, { card: 'Choose a file.' }],
    [{ card: { size: 10_485_760 } }, {}],
    [{ card: { size: 10_485_761 } }, { card: 'A file holds at most 10 MB. Choose a smaller one.' }],
  ])('checks %j', (files, errors) =>
    expect(readOptions(bring, filled({}, { files }))).toEqual({ values: {}, errors }),
  )
})
