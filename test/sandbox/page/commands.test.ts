import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import { expect, it } from 'vitest'
import { leavesOf, matching, readOptions, slashQuery } from '../../../src/sandbox/page/client/commands.ts'

const command = (
  name: string,
  description: string,
  options: APIApplicationCommand['options'] = [],
): APIApplicationCommand => ({
  id: '1',
  application_id: '2',
  version: '3',
  type: ApplicationCommandType.ChatInput,
  default_member_permissions: null,
  name,
  description,
  options,
})

const COMMANDS = [
  command('story', 'Stories', [
    { type: Kind.Subcommand, name: 'start', description: 'Begin a story' },
    {
      type: Kind.SubcommandGroup,
      name: 'cast',
      description: 'Who takes part',
      options: [{ type: Kind.Subcommand, name: 'add', description: 'Add a character' }],
    },
  ]),
  command('find', 'Look something up', [
    { type: Kind.String, name: 'text', description: 'What', required: true, max_length: 5 },
    { type: Kind.Integer, name: 'limit', description: 'How many', min_value: 1, max_value: 10 },
    { type: Kind.Boolean, name: 'mine', description: 'Only mine' },
  ]),
]

const leaves = leavesOf(COMMANDS)
const names = (query: string) => matching(leaves, query).map(({ name }) => name)

it('opens groups up to what can be run', () =>
  expect(leaves.map(({ path }) => path)).toEqual([['story', 'start'], ['story', 'cast', 'add'], ['find']]))

it.each([
  ['', ['story start', 'story cast add', 'find']],
  ['story', ['story start', 'story cast add']],
  ['story  ST', ['story start']],
  ['add', ['story cast add']],
  ['look', ['find']],
  ['nothing', []],
])('finds “%s”', (query, found) => expect(names(query)).toEqual(found))

it('knows a command in the making from text', () => {
  expect(slashQuery('/story st')).toBe('story st')
  expect(slashQuery('and/or')).toBeUndefined()
  expect(slashQuery('/first\nsecond')).toBeUndefined()
})

const [, , find] = leaves

it.each([
  [{}, {}, { text: 'This option is required.' }],
  [{ text: 'a', limit: '3', mine: 'true' }, { text: 'a', limit: 3, mine: true }, {}],
  [{ text: 'a', limit: '' }, { text: 'a' }, {}],
  [{ text: 'toolong' }, {}, { text: 'At most 5 characters.' }],
  [{ text: 'a', limit: 'x' }, { text: 'a' }, { limit: 'This is not a number.' }],
  [{ text: 'a', limit: '1.5' }, { text: 'a' }, { limit: 'A whole number is needed.' }],
  [{ text: 'a', limit: '11' }, { text: 'a' }, { limit: 'At most 10.' }],
])('reads %j', (typed, values, errors) => {
  if (!find) throw new Error('no such leaf')
  expect(readOptions(find, typed)).toEqual({ values, errors })
})
