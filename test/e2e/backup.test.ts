import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { backup } from '../../commands/backup/index.ts'
import { en } from '../../src/locales/en.ts'
import { backupsIn, listBackups } from '../../src/store/backup.ts'
import { FORM } from '../doubles/player.ts'
import { startWorld, type World } from './world.ts'

let world: World

beforeEach(async () => {
  world = await startWorld()
})
afterEach(async () => {
  expect(world.violations).toEqual([])
  await world.close()
})

/** What a server's admin can do in its settings: let everyone use the command. */
const openToAll = async () => {
  const { apiUrl, token, ids } = world.discord
  const response = await fetch(`${apiUrl}/v10/applications/${ids.bot}/commands`, {
    method: 'POST',
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...backup.data, default_member_permissions: null }),
  })
  expect(response.ok).toBe(true)
}

const NAME = /skein-[\dTZ-]+\.sqlite/u

describe('/backup', () => {
  test('an admin makes, lists and checks backups while a story is told', async () => {
    const { player } = await world.enter('player')
    const { player: admin } = await world.enter('admin')
    await player.start(world.stories, FORM)

    expect((await admin.command(world.stories, ['backup', 'list'])).content).toMatch(
      /^There are no backups yet/u,
    )
    const made = await admin.command(world.stories, ['backup', 'now'])
    const [name = ''] = NAME.exec(made.content) ?? []
    expect(made.content).toMatch(/ is made and checked: \d+\.\d MiB\.$/u)

    const listed = await admin.command(world.stories, ['backup', 'list'])
    expect(listed.content).toMatch(/^✅ `skein-\S+\.sqlite` · <t:\d+:R> · \d+\.\d MiB$/u)
    expect((await admin.command(world.stories, ['backup', 'verify'])).content).toBe(
      `\`${name}\` is good: it can be restored.`,
    )

    await appendFile(join(backupsIn(world.directory), name), 'x')
    expect((await admin.command(world.stories, ['backup', 'verify'], { name })).content).toContain(
      `\`${name}\` cannot be restored: the file has changed since it was made`,
    )
    expect((await admin.command(world.stories, ['backup', 'list'])).content).toMatch(/^❌ .* has changed/u)
    const elsewhere = { name: '../skein.sqlite' }
    expect((await admin.command(world.stories, ['backup', 'verify'], elsewhere)).content).toMatch(
      /^There is no backup “/u,
    )
  })

  test('a player does not have the command', async () => {
    const { player, visitor } = await world.enter('player')
    expect(visitor.welcome.commands.map(({ name }) => name)).not.toContain('backup')
    await expect(player.command(world.stories, ['backup', 'now'])).rejects.toThrow('no command')
  })

  test.each(['now', 'list', 'verify'])(
    '%s is refused to a player whom the server lets use it',
    async (verb) => {
      await openToAll()
      const { player } = await world.enter('player')
      expect((await player.command(world.stories, ['backup', verb])).content).toBe(en.backup.adminsOnly)
      expect(await listBackups(world.directory)).toEqual([])
    },
  )
})
