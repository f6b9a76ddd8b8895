import { describe, expect, it } from 'vitest'
import { watch } from '../../doubles/watch.ts'
import { flawsAt, type Json, stage } from './stage.ts'

const command = (more: Json = {}) => ({ name: 'story', description: 'Stories', ...more })
const option = (more: Json = {}) => ({ type: 3, name: 'title', description: 'Its title', ...more })

const setUp = async () => {
  const on = await stage()
  const globals = `/applications/${on.discord.ids.bot}/commands`
  const put = (commands: unknown) => on.callLater('PUT', globals, commands)
  return {
    ...on,
    globals,
    put,
    guilds: globals.replace('commands', `guilds/${on.discord.ids.guild}/commands`),
  }
}

describe('registering commands', () => {
  it('replaces the scope’s commands, and keeps the id of one that keeps its name', async () => {
    const { put, callLater, globals } = await setUp()
    const first = await put([command(), command({ name: 'other' })])
    const [story] = first.body as unknown as Json[]
    const second = await put([command({ description: 'Better' })])
    expect(second.body).toMatchObject([{ id: story?.id, description: 'Better', type: 1 }])
    expect((second.body as unknown as Json[])[0]?.version).not.toBe(story?.version)
    expect(await callLater('GET', globals)).toMatchObject({ body: [{ name: 'story' }] })
  })

  it('keeps the guild’s apart from the global ones, and people see the guild’s first', async () => {
    const { put, callLater, guilds, discord } = await setUp()
    const seen = watch(discord.person(discord.ids.people.player))
    await put([command()])
    await callLater('PUT', guilds, [command({ description: 'Here' })])
    const { commands } = seen.named('commands').at(-1) ?? {}
    expect(commands).toMatchObject([{ description: 'Here', guild_id: discord.ids.guild }])
  })

  it.each<[string, unknown, (string | number)[], string]>([
    ['an upper-case name', [command({ name: 'Story' })], [0, 'name'], 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a name with a space', [command({ name: 'a b' })], [0, 'name'], 'STRING_TYPE_REGEX'],
    ['no description', [{ name: 'x' }], [0, 'description'], 'BASE_TYPE_REQUIRED'],
    [
      'a description over 100 characters',
      [command({ description: 'd'.repeat(101) })],
      [0, 'description'],
      'BASE_TYPE_BAD_LENGTH',
    ],
    ['a name twice', [command(), command()], [1, 'name'], 'APPLICATION_COMMANDS_DUPLICATE_NAME'],
    [
      'a required option after an optional one',
      [command({ options: [option(), option({ name: 'b', required: true })] })],
      [0, 'options', 1, 'required'],
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'an option name twice',
      [command({ options: [option(), option()] })],
      [0, 'options', 1, 'name'],
      'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE',
    ],
    [
      'an unknown option type',
      [command({ options: [option({ type: 99 })] })],
      [0, 'options', 0],
      'UNION_TYPE_CHOICES',
    ],
    [
      'a subcommand beside an option',
      [command({ options: [option(), option({ type: 1, name: 'start' })] })],
      [0, 'options'],
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    ],
    [
      '26 options',
      [command({ options: Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` })) })],
      [0, 'options'],
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'choices of the wrong type',
      [command({ options: [option({ type: 4, choices: [{ name: 'a', value: 'a' }] })] })],
      [0, 'options', 0, 'choices', 0, 'value'],
      'NUMBER_TYPE_COERCE',
    ],
  ])('refuses %s', async (_, form, place, code) => {
    const { put } = await setUp()
    const answer = await put(form)
    expect(answer.body.code).toBe(50035)
    expect(flawsAt(answer, ...place)).toEqual([code])
  })

  it('refuses more than 100 (30032), another application (10002) and commands that are not built (501)', async () => {
    const { put, callLater, globals, discord } = await setUp()
    const many = Array.from({ length: 101 }, (_, n) => command({ name: `c${n}` }))
    expect((await put(many)).body.code).toBe(30032)
    const other = globals.replace(discord.ids.bot, '12345678901234567')
    expect((await callLater('GET', other)).body.code).toBe(10002)
    expect((await put([{ name: 'Wave', type: 2 }])).status).toBe(501)
  })
})

describe('using a command', () => {
  const start = {
    type: 1,
    name: 'start',
    description: 'Start one',
    options: [
      option({ required: true, min_length: 2, max_length: 5 }),
      option({ type: 4, name: 'turns', min_value: 1, max_value: 9 }),
      option({ type: 6, name: 'with' }),
      option({ name: 'tone', choices: [{ name: 'Light', value: 'light' }] }),
    ],
  }
  const registered = async () => {
    const on = await setUp()
    await on.put([
      command({ options: [start] }),
      command({ name: 'purge', default_member_permissions: '8192' }),
    ])
    const interactions: Json[] = []
    on.discord.world.on((event) => {
      if (event.name === 'interaction_created') interactions.push(event.payload as unknown as Json)
    })
    const player = on.discord.person(on.discord.ids.people.player)
    const use = (path: string[], options: Record<string, string | number | boolean> = {}) =>
      player.command(on.discord.ids.channels.stories, path, options)
    return { ...on, interactions, use }
  }

  it('gives the application typed options, nested as they were registered, with what they name resolved', async () => {
    const { use, interactions, discord } = await registered()
    const { second, player } = discord.ids.people
    use(['story', 'start'], { title: 'Tale', turns: 3, with: second })
    expect(interactions).toMatchObject([
      {
        type: 2,
        guild_id: discord.ids.guild,
        channel: { id: discord.ids.channels.stories },
        member: { user: { id: player } },
        data: {
          name: 'story',
          options: [
            {
              name: 'start',
              type: 1,
              options: [
                { name: 'title', type: 3, value: 'Tale' },
                { name: 'turns', type: 4, value: 3 },
                { name: 'with', type: 6, value: second },
              ],
            },
          ],
          resolved: { users: { [second]: { username: 'tomas' } }, members: { [second]: {} } },
        },
      },
    ])
  })

  it.each<[string, string[], Record<string, string | number | boolean>, string]>([
    ['an unknown command', ['tale'], {}, 'There is no command /tale.'],
    ['a command by its group alone', ['story'], {}, 'Choose one of its subcommands.'],
    ['an unknown subcommand', ['story', 'end'], {}, 'no subcommand “end”'],
    ['a missing option', ['story', 'start'], {}, '“title” is required.'],
    ['an unknown option', ['story', 'start'], { title: 'Tale', x: 1 }, 'no option “x”'],
    ['too long a text', ['story', 'start'], { title: 'Too long' }, '2 to 5 characters'],
    ['a number out of range', ['story', 'start'], { title: 'Tale', turns: 10 }, 'at most 9'],
    ['a broken number', ['story', 'start'], { title: 'Tale', turns: 1.5 }, 'a whole number'],
    ['a value that is no choice', ['story', 'start'], { title: 'Tale', tone: 'x' }, 'one of its choices'],
    ['a person who is not there', ['story', 'start'], { title: 'Tale', with: '1' }, 'a person'],
    ['what only moderators may use', ['purge'], {}, 'There is no command /purge.'],
  ])('refuses %s', async (_, path, options, words) => {
    const { use, interactions } = await registered()
    expect(() => use(path, options)).toThrow(words)
    expect(interactions).toEqual([])
  })
})
