import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10'
import { expect, it } from 'vitest'
import {
  leavesOf,
  matching,
  messageCommandsOf,
  slashQuery,
} from '../../../src/sandbox/page/client/commands.ts'

const command = (
  name: string,
  description: string,
  options: APIApplicationCommand['options'] = [],
  type = ApplicationCommandType.ChatInput,
): APIApplicationCommand => ({
  id: '1',
  application_id: '2',
  version: '3',
  type,
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
  command('Remember this', '', [], ApplicationCommandType.Message),
  command('find', 'Look something up'),
]

const leaves = leavesOf(COMMANDS)
const names = (query: string) => matching(leaves, query).map(({ name }) => name)

it('opens groups up to what can be run', () =>
  expect(leaves.map(({ path }) => path)).toEqual([['story', 'start'], ['story', 'cast', 'add'], ['find']]))

it('keeps the commands of a message’s menu apart from those after a slash', () =>
  expect(messageCommandsOf(COMMANDS)).toEqual(['Remember this']))

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
